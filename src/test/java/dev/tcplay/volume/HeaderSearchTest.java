package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.UnlockProgress;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which blocks are derived, how often and in which order; the derivations are invented. */
class HeaderSearchTest {

  private static final int HOST_BYTES = 1 << 20;

  /** One block that was asked for. */
  private record Asked(HeaderKdf kdf, List<Byte> salt, int index) {}

  private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
  private final List<UnlockProgress> news = new ArrayList<>();

  /** Every block of the right function is full of its number; of others, of 0x55. */
  private BlockDeriver deriver(Prf right) {
    return (format, kdf, salt, index, target, offset) -> {
      asked.add(new Asked(kdf, IntStream.range(0, 64).mapToObj(i -> salt[i]).toList(), index));
      byte filler = kdf.prf() == right ? (byte) index : 0x55;
      Arrays.fill(target, offset, offset + kdf.blockBytes(), filler);
    };
  }

  private static TrialPlan plan(BlockDevice host, UnlockRequest.Builder builder)
      throws IOException {
    try (UnlockRequest request = builder.build()) {
      return TrialPlan.of(
          HeaderFamily.all(),
          family ->
              family.layout().headers(host).stream()
                  .filter(slot -> slot.suits(request.kind()))
                  .toList(),
          request);
    }
  }

  /** A host of noise, in which no header opens. */
  private static BlockDevice noise() throws IOException {
    BlockDevice host = new MemoryDevice(HOST_BYTES);
    byte[] bytes = new byte[HOST_BYTES];
    new SecureRandom().nextBytes(bytes);
    host.write(0, bytes, 0, bytes.length);
    return host;
  }

  /** A host whose normal header opens by the invented derivation. */
  private static BlockDevice host(Prf prf, CipherChain chain) throws IOException {
    BlockDevice host = noise();
    HeaderKdf kdf = KeyCosts.VERACRYPT.kdf(prf, 0);
    byte[] key = new byte[192 + 64];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (i / kdf.blockBytes());
    }
    long data = HOST_BYTES - 262_144;
    VolumeHeader fields =
        new VolumeHeader(VolumeFormat.VERACRYPT, 5, 0x010b, 0, 0, 0, data, 131_072, data, 0, 512);
    byte[] plaintext =
        HeaderFamily.VERACRYPT.codec().encode(fields, new byte[TrueCryptHeader.KEY_AREA_BYTES]);
    byte[] header =
        HeaderFamily.VERACRYPT.suite(CipherMode.XTS, chain).encryptedHeader(key, plaintext, 64);
    host.write(0, header, 0, header.length);
    return host;
  }

  private UnlockedHeader search(TrialPlan plan, Prf right) throws InterruptedException {
    return new HeaderSearch(plan, deriver(right), news::add).run();
  }

  @Test
  void aWrongPasswordCostsEachDerivationOnce() throws Exception {
    try (BlockDevice host = noise()) {
      TrialPlan plan = plan(host, UnlockRequest.builder());
      assertNull(search(plan, Prf.ARGON2ID));
      Set<Asked> different = new HashSet<>(asked);
      assertEquals(different.size(), asked.size());
      // 192 bytes in blocks of 64, 32, 32, 64, 20, 64 and, of Argon2id, 192 bytes. TrueCrypt 1 to 5
      // have their hidden header in a place of its own; SHA-1, of TrueCrypt 1 to 4, gives 152
      // bytes.
      int veraCrypt = 3 + 6 + 6 + 3 + 10 + 3 + 1;
      int trueCrypt = 3 + 3 + 10;
      int sha1 = 8;
      assertEquals(2 * veraCrypt + 3 * trueCrypt + 2 * sha1, asked.size());
    }
  }

  @Test
  void progressCountsEveryCombination() throws Exception {
    try (BlockDevice host = noise()) {
      search(plan(host, UnlockRequest.builder()), Prf.ARGON2ID);
      // Two headers, 7 functions, 15 chains; TrueCrypt: three headers, 3 functions, 8 chains;
      // TrueCrypt 1 to 4: two headers, 4 functions, 11 chains in LRW and 13 in CBC.
      int total = 2 * 7 * 15 + 3 * 3 * 8 + 2 * 4 * (11 + 13);
      for (int i = 0; i < news.size(); i++) {
        assertEquals(total, news.get(i).total());
        assertTrue(i == 0 || news.get(i - 1).tried() <= news.get(i).tried());
      }
      assertEquals(total, news.get(news.size() - 1).tried());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SHA512, AES, 1",
    "SHA512, AES-Twofish, 2",
    "SHA512, Serpent-Twofish-AES, 3",
    "SHA256, Kuznyechik, 2",
    "RIPEMD160, Twofish, 4",
    "RIPEMD160, Serpent-AES, 7",
    "BLAKE2S, AES-Twofish-Serpent, 6",
    "ARGON2ID, Camellia, 1"
  })
  void noMoreBytesAreDerivedThanTheChainNeeds(Prf prf, String cipher, int blocks) throws Exception {
    CipherChain chain = CipherChain.parse(cipher);
    try (BlockDevice host = host(prf, chain)) {
      UnlockRequest.Builder hints =
          UnlockRequest.builder().format("VeraCrypt").hash(prf.id()).hidden(false);
      try (UnlockedHeader header = search(plan(host, hints), prf)) {
        assertNotNull(header);
      }
      assertEquals(
          IntStream.range(0, blocks).boxed().collect(Collectors.toSet()),
          asked.stream().map(Asked::index).collect(Collectors.toSet()));
      assertEquals(blocks, asked.size());
    }
  }

  @Test
  void theFirstHitStopsTheRestAndADefaultVolumeNeedsOnly64Bytes() throws Exception {
    BlockDeriver endlessButForSha512 =
        (format, kdf, salt, index, target, offset) -> {
          deriver(Prf.SHA512).derive(format, kdf, salt, index, target, offset);
          if (kdf.prf() != Prf.SHA512) {
            new CountDownLatch(1).await();
          }
        };
    try (BlockDevice host = host(Prf.SHA512, CipherChain.parse("AES"))) {
      TrialPlan plan = plan(host, UnlockRequest.builder().format("VeraCrypt"));
      try (UnlockedHeader header = new HeaderSearch(plan, endlessButForSha512, news::add).run()) {
        assertNotNull(header);
      }
    }
    assertTrue(asked.stream().allMatch(a -> a.index() * a.kdf().blockBytes() < 64));
    assertEquals(1, asked.stream().filter(a -> a.kdf().prf() == Prf.SHA512).count());
    assertTrue(asked.size() <= Runtime.getRuntime().availableProcessors(), asked::toString);
  }

  @Test
  void stagesAndShortKeysComeFirstAndArgon2idLastAndAlone() throws Exception {
    AtomicInteger running = new AtomicInteger();
    List<String> crowds = new ArrayList<>();
    BlockDeriver counting =
        (format, kdf, salt, index, target, offset) -> {
          int beside = running.getAndIncrement();
          if (kdf.isMemoryHard() && beside > 0) {
            synchronized (crowds) {
              crowds.add(kdf + " beside " + beside);
            }
          }
          deriver(Prf.ARGON2ID).derive(format, kdf, salt, index, target, offset);
          running.getAndDecrement();
        };
    try (BlockDevice host = noise()) {
      TrialPlan plan = plan(host, UnlockRequest.builder());
      assertNull(new HeaderSearch(plan, counting, news::add).run());
    }
    assertEquals(List.of(), crowds);
    List<Asked> order = List.copyOf(asked);
    assertTrue(order.subList(0, order.size() - 2).stream().noneMatch(a -> a.kdf().isMemoryHard()));
    assertEquals(1000, order.get(0).kdf().iterations(), "TrueCrypt first");
  }

  @Test
  void theKeysOfASearchAreWipedWhenItEnds() throws Exception {
    Queue<byte[]> keys = new ConcurrentLinkedQueue<>();
    BlockDeriver keeping =
        (format, kdf, salt, index, target, offset) -> {
          Arrays.fill(target, offset, offset + kdf.blockBytes(), (byte) index);
          keys.add(target);
        };
    try (BlockDevice host = host(Prf.SHA512, CipherChain.parse("Serpent"))) {
      TrialPlan plan = plan(host, UnlockRequest.builder().hash("sha512"));
      try (UnlockedHeader header = new HeaderSearch(plan, keeping, news::add).run()) {
        assertNotNull(header);
      }
    }
    assertFalse(keys.isEmpty());
    keys.forEach(key -> assertArrayEquals(new byte[key.length], key));
  }

  @Test
  void whatAListenerThrowsEndsTheSearch() throws Exception {
    IllegalStateException thrown = new IllegalStateException("enough");
    try (BlockDevice host = noise()) {
      TrialPlan plan = plan(host, UnlockRequest.builder());
      HeaderSearch search =
          new HeaderSearch(
              plan,
              deriver(Prf.ARGON2ID),
              progress -> {
                throw thrown;
              });
      assertSame(thrown, assertThrows(IllegalStateException.class, search::run));
    }
  }

  @Test
  void anErrorOfADerivationIsPassedOn() throws Exception {
    OutOfMemoryError error = new OutOfMemoryError("invented");
    try (BlockDevice host = noise()) {
      TrialPlan plan = plan(host, UnlockRequest.builder());
      HeaderSearch search =
          new HeaderSearch(
              plan,
              (format, kdf, salt, index, target, offset) -> {
                throw error;
              },
              news::add);
      assertSame(error, assertThrows(OutOfMemoryError.class, search::run));
    }
  }
}
