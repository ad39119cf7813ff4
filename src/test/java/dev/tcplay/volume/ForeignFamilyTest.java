package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.DataUnitCipher;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing outside of a family assumes sizes, places, modes or costs of the real ones. */
class ForeignFamilyTest {

  private static final byte[] PASSWORD = {7, 7, 7};
  private static final int HOST = 1 << 20;
  private static final int VOLUME = 64 * 512;

  private final HeaderFamily family = ForeignFamily.FAMILY;
  private final BlockDevice host = new MemoryDevice(HOST);
  private final byte[] plaintext = new byte[VOLUME];

  @BeforeEach
  void makeVolume() throws Exception {
    new SecureRandom().nextBytes(plaintext);
    CipherSuite suite = family.suites().get(0);
    byte[] keyArea = MasterKeys.create(suite, ForeignFamily.KEY_AREA, new SecureRandom());
    try (DataUnitCipher cipher = suite.dataCipher(keyArea, 0)) {
      byte[] data = new byte[VOLUME];
      cipher.encrypt(ForeignFamily.FIRST_UNIT, plaintext, 0, data, 0, VOLUME);
      host.write(ForeignFamily.DATA, data, 0, VOLUME);
    }
    VolumeHeader fields =
        new VolumeHeader(VolumeFormat.TRUECRYPT, 9, 1, 0, 0, 0, VOLUME, 0, VOLUME, 0, 512);
    HeaderSealer sealer =
        new HeaderSealer(
            family.costs().kdf(Prf.SHA256, 0), suite, ForeignFamily.SALT, new SecureRandom());
    byte[] header = sealer.seal(family.codec().encode(fields, keyArea), PASSWORD);
    assertEquals(ForeignFamily.HEADER, header.length);
    host.write(ForeignFamily.primary(host), header, 0, header.length);
  }

  private UnlockedHeader unlock(UnlockRequest.Builder builder) throws IOException {
    List<HeaderFamily> families = new ArrayList<>(HeaderFamily.all());
    families.add(family);
    try (UnlockRequest request = builder.build()) {
      return Unlocker.unlock(families, host, "host", request);
    }
  }

  @Test
  void aVolumeOfAnotherFamilyOpensBesideTheRealOnes() throws IOException {
    try (UnlockedHeader header =
        unlock(UnlockRequest.builder().password(PASSWORD).format("TrueCrypt"))) {
      assertEquals(
          "adding", header.info(header.locate(HOST, "host")).encryption().orElseThrow().mode());
      OpenedVolume volume = Unlocker.mount(host, "host", header);
      byte[] read = new byte[VOLUME];
      volume.plaintext().read(0, read, 0, VOLUME);
      assertArrayEquals(plaintext, read);
      assertEquals(ForeignFamily.FIRST_UNIT, volume.info().firstUnit());
      assertEquals(ForeignFamily.DATA, volume.info().dataOffset());
    }
  }

  @Test
  void aWrongPasswordOpensNothing() {
    WrongPasswordException e =
        assertThrows(
            WrongPasswordException.class,
            () -> unlock(UnlockRequest.builder().password(new byte[] {8}).format("TrueCrypt")));
    assertTrue(e.getMessage().contains("middle"), e.getMessage());
  }

  @Test
  void aDamagedHeaderIsToldFromAWrongPassword() throws IOException {
    byte[] one = new byte[1];
    long position = ForeignFamily.primary(host) + 30;
    host.read(position, one, 0, 1);
    one[0]++;
    host.write(position, one, 0, 1);
    assertThrows(
        CorruptHeaderException.class,
        () -> unlock(UnlockRequest.builder().password(PASSWORD).format("TrueCrypt")));
  }
}
