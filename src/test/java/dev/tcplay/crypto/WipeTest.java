package dev.tcplay.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.crypto.kernel.BlockKernel;
import dev.tcplay.crypto.kernel.HmacKernel;
import dev.tcplay.crypto.kernel.Kernels;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.testing.Seeds;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What has been wiped holds nothing in any array that we can reach, the platform's own aside. */
final class WipeTest {

  private final Random random = new Random(Seeds.of("WipeTest"));

  @ParameterizedTest
  @EnumSource(
      value = BlockCipher.class,
      names = {"SERPENT", "TWOFISH", "CAMELLIA", "KUZNYECHIK"})
  void wipedKernelsHoldNothing(BlockCipher cipher) throws IllegalAccessException {
    byte[] key = random(cipher.keyBytes());
    BlockKernel kernel = Kernels.create(cipher, key, 0);
    byte[] source = random(37 * BlockCipher.BLOCK_BYTES);
    kernel.encrypt(source, new byte[source.length], source.length);
    kernel.decrypt(source, new byte[source.length], source.length);
    assertTrue(secrets(kernel).size() >= 3, "arrays that hold something before");
    kernel.wipe();
    assertEquals(List.of(), secrets(kernel));
  }

  @ParameterizedTest
  @CsvSource({
    "xts, AES",
    "xts, AES-Twofish-Serpent",
    "xts, Kuznyechik-Serpent-Camellia",
    "lrw, AES",
    "lrw, Blowfish",
    "lrw, AES-Twofish-Serpent",
    "cbc, AES",
    "cbc, Triple DES",
    "cbc, AES-Twofish-Serpent",
    "cbc, AES-Blowfish-Serpent"
  })
  void closedCiphersAndTheirWorkersHoldNothing(String mode, String chain)
      throws IllegalAccessException {
    CipherSuite suite =
        CipherMode.all().stream()
            .filter(each -> each.id().equals(mode))
            .map(each -> new CipherSuite(each, CipherChain.parse(chain)))
            .findFirst()
            .orElseThrow();
    DataUnitCipher cipher = suite.dataCipher(random(suite.keyBytes()), 0);
    Object worker = worker(cipher);
    byte[] data = random(200 * DataUnitCipher.DATA_UNIT);
    cipher.encrypt(5, data, 0, data, 0, data.length);
    cipher.decrypt(5, data, 0, data, 0, data.length);
    assertTrue(secrets(worker).size() >= 5, "arrays that hold something before");
    cipher.close();
    assertEquals(List.of(), secrets(worker));
    assertEquals(List.of(), secrets(cipher));
  }

  /** Returns the one worker that waits in a cipher. */
  private static Object worker(DataUnitCipher cipher) throws IllegalAccessException {
    for (Field field : cipher.getClass().getDeclaredFields()) {
      if (field.getType() == AtomicReferenceArray.class) {
        field.setAccessible(true);
        return Objects.requireNonNull(((AtomicReferenceArray<?>) field.get(cipher)).get(0));
      }
    }
    throw new AssertionError("no workers in " + cipher.getClass());
  }

  @ParameterizedTest
  @EnumSource(
      value = Prf.class,
      names = {"SHA512", "SHA256", "WHIRLPOOL", "STREEBOG", "BLAKE2S", "RIPEMD160"})
  void wipedMacsHoldNothing(Prf prf) throws IllegalAccessException {
    HmacKernel kernel = Kernels.hmac(prf, random(40));
    byte[] u = random(prf.digestBytes());
    kernel.mac(u, u);
    kernel.iterate(u, u.clone(), 100);
    assertTrue(secrets(kernel).size() >= 2, "arrays that hold something before");
    kernel.wipe();
    assertEquals(List.of(), secrets(kernel));
    HmacKernel unused = Kernels.hmac(prf, u);
    unused.wipe();
    assertEquals(List.of(), secrets(unused), "a kernel that only has its key");
  }

  @Test
  void theSearchFindsWhatIsNested() throws IllegalAccessException {
    int[] inner = {0, 7};
    assertEquals(List.of("int[]"), secrets(new Object[] {new int[2], new Object[] {inner}}));
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Returns the types of all primitive arrays within an object that are not zero throughout. */
  private static List<String> secrets(Object object) throws IllegalAccessException {
    List<String> found = new ArrayList<>();
    collect(object, found);
    return found;
  }

  private static void collect(Object object, List<String> found) throws IllegalAccessException {
    Class<?> type = object.getClass();
    if (type.isArray()) {
      for (int i = 0; i < Array.getLength(object); i++) {
        Object element = Array.get(object, i);
        if (!type.getComponentType().isPrimitive()) {
          collect(element, found);
        } else if (((Number) element).longValue() != 0) {
          found.add(type.getSimpleName());
          return;
        }
      }
    } else if (type.getPackageName().startsWith("dev.tcplay.crypto") && !type.isEnum()) {
      for (Class<?> part = type; part != Object.class; part = part.getSuperclass()) {
        for (Field field : part.getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers())) {
            field.setAccessible(true);
            Object value = field.get(object);
            if (value != null && !field.getType().isPrimitive()) {
              collect(value, found);
            }
          }
        }
      }
    }
  }
}
