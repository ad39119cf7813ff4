package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Headers of TrueCrypt 1 to 4 with right CRCs and wild numbers, which have next to no lawful
 * values: they open, or the field is named.
 */
class OldHeaderFuzzTest {

  private static final int HEADERS = Integer.getInteger("tcplay.fuzz.headers", 1000);
  private static final int HOST = 40_960;
  private static final byte[] PASSWORD = {1, 2, 3};
  private static final HeaderFamily FAMILY = HeaderFamily.TRUECRYPT_1_TO_4;
  private static final CipherChain AES = CipherChain.parse("AES");
  private static final HeaderKdf KDF = FAMILY.costs().kdf(Prf.SHA512, 0);

  /** A header to be tried, and the place to put it. */
  private record Wild(VolumeHeader fields, VolumeKind place, CipherMode mode, int host) {

    static Wild of(Random random) {
      int host = HOST - (random.nextInt(4) > 0 ? 0 : random.nextInt(HOST - 2560));
      VolumeKind place = random.nextBoolean() ? VolumeKind.NORMAL : VolumeKind.HIDDEN;
      boolean suits = random.nextInt(8) > 0;
      boolean hidden = (place == VolumeKind.HIDDEN) == suits;
      long size =
          !hidden ? 0 : random.nextInt(4) > 0 ? 512L * (1 + random.nextInt(80)) : any(random);
      long length = hidden ? size : 512L * ((host - 512) / 512);
      long start = hidden ? host - 1536 - size : 512;
      int version = random.nextInt(4) > 0 ? 1 + random.nextInt(2) : random.nextInt(65_536);
      VolumeHeader fields =
          header(
              version,
              size,
              implied(random, length),
              implied(random, start),
              implied(random, length),
              random.nextInt(8) > 0 ? 0 : random.nextInt());
      return new Wild(fields, place, random.nextBoolean() ? CipherMode.CBC : CipherMode.LRW, host);
    }

    private static long implied(Random random, long value) {
      return switch (random.nextInt(16)) {
        case 0 -> any(random);
        case 1, 2 -> value;
        default -> 0;
      };
    }

    private static long any(Random random) {
      long[] edges = {0, 512, HOST, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32, HOST - 1536};
      long edge = edges[random.nextInt(edges.length)];
      return random.nextBoolean() ? edge + random.nextInt(1025) - 512 : random.nextLong();
    }
  }

  private static VolumeHeader header(
      int version, long hidden, long size, long start, long length, int flags) {
    return new VolumeHeader(
        VolumeFormat.TRUECRYPT, version, 0x0100, 1, 2, hidden, size, start, length, flags, 0);
  }

  @Test
  void aWildHeaderOpensOrItsFieldIsNamed() throws Exception {
    Random random = new Random(Seeds.of("aWildHeaderOpensOrItsFieldIsNamed"));
    int opened = 0;
    for (int i = 0; i < HEADERS; i++) {
      Wild wild = Wild.of(random);
      try (BlockDevice plaintext = open(wild)) {
        opened++;
        assertTrue(
            plaintext.size() >= 512 && plaintext.size() <= wild.host() - 512, wild::toString);
        plaintext.read(plaintext.size() - 512, new byte[512], 0, 512);
      } catch (CorruptHeaderException e) {
        assertEquals("host", e.getFile());
        assertTrue(
            e.getReason()
                .matches(
                    "(header version|hidden volume size|volume size|flags"
                        + "|encrypted area (start|length)) [-0-9a-fx]+[: ].*"),
            e.getReason());
      }
    }
    assertTrue(opened > HEADERS / 10 && opened < HEADERS, opened + " of " + HEADERS + " opened");
  }

  @Test
  void eachUnlawfulFieldIsNamed() {
    long data = HOST - 512;
    assertNames("header version 0", header(0, 0, 0, 0, 0, 0));
    assertNames("header version 3", header(3, 0, data, 0, data, 0));
    assertNames("hidden volume size 512", header(2, 512, 0, 0, 0, 0));
    assertNames("volume size 512", header(2, 0, 512, 0, 0, 0));
    assertNames("encrypted area start 1024", header(1, 0, 0, 1024, 0, 0));
    assertNames("encrypted area length -1", header(1, 0, 0, 0, -1, 0));
    assertNames("flags 0x4", header(2, 0, 0, 0, 0, 4));
    assertNames("flags 0x1", header(2, 0, 0, 0, 0, 1));
  }

  @Test
  void eachUnlawfulSizeOfAHiddenVolumeIsNamed() {
    for (long size : new long[] {-512, 1, 1000, HOST - 1536, Long.MAX_VALUE, Long.MIN_VALUE}) {
      Wild wild = new Wild(header(2, size, 0, 0, 0, 0), VolumeKind.HIDDEN, CipherMode.LRW, HOST);
      assertNames("hidden volume size " + size, wild);
    }
    Wild none = new Wild(header(2, 0, 0, 0, 0, 0), VolumeKind.HIDDEN, CipherMode.LRW, HOST);
    assertNames("hidden volume size 0", none);
  }

  @Test
  void whatFollowsFromTheHostMayBeSaid() throws Exception {
    long data = HOST - 512;
    for (int version : new int[] {1, 2}) {
      open(normal(header(version, 0, 0, 0, 0, 0))).close();
      BlockDevice plaintext = open(normal(header(version, 0, data, 512, data, 0)));
      assertEquals(data, plaintext.size());
      plaintext.close();
    }
  }

  @Test
  void aHostOfNoWholeSectorsEndsWithItsLastWholeOne() throws Exception {
    Wild wild = new Wild(header(1, 0, 0, 0, 0, 0), VolumeKind.NORMAL, CipherMode.CBC, HOST - 1);
    try (BlockDevice plaintext = open(wild)) {
      assertEquals(HOST - 1024, plaintext.size());
    }
  }

  @Test
  void ofAHostWithoutDataOnlyTheFactsOpen() throws Exception {
    HeaderSlot slot = new HeaderSlot("header in the file", new MemoryDevice(512), 0, null, 1, 2);
    DataArea area = TrueCryptFields.locate(header(1, 0, 0, 0, 0, 0), slot, 1023, "host");
    assertEquals(
        new DataArea(512, 0, "the container was cut at 1023 bytes: its data are missing"), area);
  }

  private static Wild normal(VolumeHeader header) {
    return new Wild(header, VolumeKind.NORMAL, CipherMode.CBC, HOST);
  }

  private static void assertNames(String field, VolumeHeader header) {
    assertNames(field, normal(header));
  }

  private static void assertNames(String field, Wild wild) {
    CorruptHeaderException e = assertThrows(CorruptHeaderException.class, () -> open(wild));
    assertTrue(e.getReason().startsWith(field), e.getReason());
  }

  private static BlockDevice open(Wild wild) throws Exception {
    CipherSuite suite = FAMILY.suite(wild.mode(), AES);
    byte[] plaintext = FAMILY.codec().encode(wild.fields(), new byte[256]);
    byte[] header = new HeaderSealer(KDF, suite, 64, new SecureRandom()).seal(plaintext, PASSWORD);
    boolean hidden = wild.place() == VolumeKind.HIDDEN;
    BlockDevice host = new MemoryDevice(wild.host());
    host.write(hidden ? wild.host() - 1536 : 0, header, 0, header.length);
    return open(host, hidden);
  }

  private static BlockDevice open(BlockDevice host, boolean hidden) throws IOException {
    try (UnlockRequest request =
        UnlockRequest.builder()
            .password(PASSWORD)
            .format("TrueCrypt")
            .hash("sha512")
            .cipher("AES")
            .hidden(hidden)
            .build()) {
      return Unlocker.open(host, "host", request).plaintext();
    }
  }
}
