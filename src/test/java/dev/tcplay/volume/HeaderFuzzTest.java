package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.InsufficientMemoryException;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.channels.NonWritableChannelException;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Headers with right CRCs and wild numbers: all that is unlawful is refused by name. */
class HeaderFuzzTest {

  private static final byte[] PASSWORD = {1, 2, 3};
  private static final long HOST = 400_384;
  private static final HeaderKdf KDF = KeyCosts.TRUECRYPT.kdf(Prf.SHA512, 0);
  private static final HeaderCodec CODEC = HeaderFamily.TRUECRYPT.codec();
  private static final CipherSuite SUITE =
      HeaderFamily.TRUECRYPT.suite(CipherMode.XTS, CipherChain.parse("AES"));

  @Test
  void everyAreaThatIsAcceptedLiesInTheHostBetweenItsHeadersOrIsCut() {
    Random random =
        new Random(Seeds.of("everyAreaThatIsAcceptedLiesInTheHostBetweenItsHeadersOrIsCut"));
    int whole = 0;
    BlockDevice none = new MemoryDevice(512);
    int accepted = 0;
    for (int i = 0; i < 50_000; i++) {
      long host = random.nextBoolean() ? HOST : random.nextLong() & Long.MAX_VALUE;
      VolumeHeader header = wild(random, host);
      HeaderSlot slot = slot(random, none);
      try {
        DataArea area = TrueCryptFields.locate(header, slot, host, "host");
        assertTrue(area.offset() >= 512 && area.length() >= 0, header::toString);
        long kept = header.version() < 4 ? 0 : 131_072;
        boolean fits = area.offset() <= host - kept - header.scopeLength();
        assertEquals(fits, area.cut() == null, header::toString);
        assertTrue(area.length() == 0 || area.offset() <= host - area.length(), header::toString);
        assertTrue(area.length() <= header.scopeLength(), header::toString);
        whole += fits ? 1 : 0;
        assertEquals(0, area.offset() % 512, header::toString);
        assertEquals(0, area.length() % 512, header::toString);
        accepted++;
      } catch (CorruptHeaderException e) {
        assertTrue(e.getMessage().startsWith("host: "), e.getMessage());
      }
    }
    assertTrue(whole > 500 && accepted > whole + 500, "only " + accepted + ", whole " + whole);
  }

  @Test
  void openingAWildHeaderWorksOrNamesTheField() throws Exception {
    Random random = new Random(Seeds.of("openingAWildHeaderWorksOrNamesTheField"));
    for (int i = 0; i < 300; i++) {
      VolumeHeader header = wild(random, HOST);
      try {
        BlockDevice plaintext = open(header);
        if (plaintext.size() > 0) {
          plaintext.read(plaintext.size() - 512, new byte[512], 0, 512);
        }
        plaintext.close();
      } catch (CorruptHeaderException e) {
        assertEquals("host", e.getFile());
      }
    }
  }

  @Test
  void eachUnlawfulFieldIsNamed() {
    long data = HOST - 262_144;
    assertNames("header version 6", header(6, 0, data, 131_072, data, 0, 512));
    assertNames("header version 2", header(2, 0, data, 131_072, data, 0, 512));
    assertNames("hidden volume size 512", header(5, 512, data, 131_072, data, 0, 512));
    assertNames("flags 0x4", header(5, 0, data, 131_072, data, 4, 512));
    assertNames("flags 0x1", header(5, 0, data, 131_072, data, 1, 512));
    assertNames("sector size 0", header(5, 0, data, 131_072, data, 0, 0));
    assertNames("sector size 513", header(5, 0, data, 131_072, data, 0, 513));
    assertNames("sector size 8192", header(5, 0, data, 131_072, data, 0, 8192));
    assertNames("sector size -512", header(5, 0, data, 131_072, data, 0, -512));
    assertNames("encrypted area length 0", header(5, 0, 0, 131_072, 0, 0, 512));
    assertNames("encrypted area length -512", header(5, 0, -512, 131_072, -512, 0, 512));
    assertNames("encrypted area length 1000", header(5, 0, 1000, 131_072, 1000, 0, 512));
    assertNames("volume size 512", header(5, 0, 512, 131_072, data, 0, 512));
    assertNames("encrypted area start 512", header(5, 0, data, 512, data, 0, 512));
    assertNames("encrypted area start -512", header(5, 0, data, -512, data, 0, 512));
    assertNames("encrypted area start 131073", header(5, 0, data, 131_073, data, 0, 512));
    assertNames("encrypted area start 131072", header(3, 0, data, 131_072, data, 0, 0));
    assertNames("encrypted area of", header(5, 0, data, Long.MAX_VALUE - 511, data, 0, 512));
  }

  /** Writing there would destroy the backup headers, or what the host holds in their place. */
  @Test
  void anAreaThatReachesIntoTheBackupHeadersIsNotWritten() throws Exception {
    for (int version : new int[] {4, 5}) {
      for (long start : new long[] {131_072, 200_192}) {
        long most = HOST - 131_072 - start;
        BlockDevice volume = open(header(version, 0, most, start, most, 0, 512));
        assertEquals(most, volume.size());
        assertFalse(volume.isReadOnly());
        volume.close();
        for (long more : new long[] {512, 65_536, 131_072, 131_584}) {
          VolumeHeader header = header(version, 0, most + more, start, most + more, 0, 512);
          BlockDevice cut = open(header);
          assertEquals(Math.min(most + more, HOST - start), cut.size());
          assertTrue(cut.isReadOnly());
          assertThrows(
              NonWritableChannelException.class, () -> cut.write(0, new byte[512], 0, 512));
          cut.close();
        }
      }
    }
  }

  @Test
  void whatACutHostLacksIsSaid() throws Exception {
    HeaderSlot normal = new HeaderSlot("normal header", new MemoryDevice(512), 0, null, 3, 5);
    long data = HOST - 262_144;
    assertCut(HOST - 1, data, "the backup headers, which begin at 269312, are not whole", normal);
    assertCut(HOST - 131_072, data, "the backup headers, which begin at 269312", normal);
    assertCut(
        200_000,
        68_608,
        "69632 of the 138240 bytes of its data area, which begins at 131072, are missing, and its"
            + " backup headers",
        normal);
    assertCut(131_072, 0, "138240 of the 138240 bytes", normal);
    assertCut(131_583, 0, "138240 of the 138240 bytes", normal);
  }

  private static void assertCut(long host, long length, String missing, HeaderSlot slot)
      throws CorruptHeaderException {
    DataArea area = TrueCryptFields.locate(lawful(), slot, host, "host");
    assertEquals(131_072, area.offset());
    assertEquals(length, area.length());
    String cut = String.valueOf(area.cut());
    assertTrue(cut.startsWith("the container was cut at " + host + " bytes: " + missing), cut);
  }

  @Test
  void aHiddenVolumeMayBeThereInPart() throws Exception {
    HeaderSlot slot =
        new HeaderSlot("hidden header", new MemoryDevice(512), 0, VolumeKind.HIDDEN, 4, 5);
    long most = HOST - 131_072 - 200_192;
    VolumeHeader hidden = header(5, most, most, 200_192, most, 0, 512);
    assertEquals(
        new DataArea(200_192, most, null), TrueCryptFields.locate(hidden, slot, HOST, "host"));
    DataArea part = TrueCryptFields.locate(hidden, slot, 201_000, "host");
    assertEquals(512, part.length());
    assertTrue(String.valueOf(part.cut()).contains("which begins at 200192"), part::toString);
    assertEquals(0, TrueCryptFields.locate(hidden, slot, 150_000, "host").length());
  }

  @Test
  void theLayoutWithoutSlotsHasNoBackupHeadersToMiss() throws Exception {
    HeaderSlot slot = new HeaderSlot("normal header", new MemoryDevice(512), 0, null, 3, 5);
    VolumeHeader old = header(3, 0, HOST - 512, 0, HOST - 512, 0, 0);
    assertEquals(
        new DataArea(512, HOST - 512, null), TrueCryptFields.locate(old, slot, HOST, "host"));
    DataArea part = TrueCryptFields.locate(old, slot, 1536, "host");
    assertEquals(1024, part.length());
    assertFalse(String.valueOf(part.cut()).contains("backup"), part::toString);
  }

  private static void assertNames(String field, VolumeHeader header) {
    CorruptHeaderException e = assertThrows(CorruptHeaderException.class, () -> open(header));
    assertTrue(e.getReason().startsWith(field), e.getReason());
  }

  @Test
  void aDamagedHeaderIsToldFromAWrongPassword() throws Exception {
    byte[] plaintext = CODEC.encode(lawful(), new byte[256]);
    for (int at : new int[] {70, 80, 131, 251, 252, 256, 511}) {
      byte[] damaged = plaintext.clone();
      damaged[at] ^= 1;
      CorruptHeaderException e =
          assertThrows(CorruptHeaderException.class, () -> open(seal(damaged)));
      assertEquals(
          "wrong CRC in the normal header, over its %s; no backup header opens either; as a last"
                  .formatted(at < 256 ? "fields" : "key area")
              + " resort it opens read-only all the same (ignoreHeaderCrc, in the command --ignore-header-crc)",
          e.getReason());
    }
    open(seal(plaintext)).close();
  }

  @Test
  void beforeVersion4TheHeaderHasNoCrcOfItsOwn() throws Exception {
    long length = HOST - 512;
    byte[] plaintext = CODEC.encode(header(3, 0, length, 0, length, 0, 0), new byte[256]);
    plaintext[252] = 99;
    BlockDevice volume = open(seal(plaintext));
    assertEquals(length, volume.size());
    volume.close();
  }

  @Test
  void decodingUndoesEncoding() {
    Random random = new Random(Seeds.of("decodingUndoesEncoding"));
    for (int i = 0; i < 10_000; i++) {
      VolumeHeader header = wild(random, HOST);
      byte[] plaintext = CODEC.encode(header, new byte[256]);
      assertEquals(HeaderCodec.Verdict.INTACT, CODEC.judge(plaintext));
      assertEquals(header, CODEC.decode(plaintext));
    }
  }

  private static VolumeHeader lawful() {
    long data = HOST - 262_144;
    return header(5, 0, data, 131_072, data, 0, 512);
  }

  private static VolumeHeader header(
      int version, long hidden, long size, long start, long length, int flags, int sector) {
    return new VolumeHeader(
        VolumeFormat.TRUECRYPT, version, 0x0700, 0, 0, hidden, size, start, length, flags, sector);
  }

  /** A header of which each field is lawful as often as not. */
  private static VolumeHeader wild(Random random, long host) {
    int version = random.nextBoolean() ? 3 + random.nextInt(3) : random.nextInt(65_536);
    long length = random.nextBoolean() ? 512L * random.nextInt(800) : number(random, host);
    return header(
        version,
        random.nextBoolean() ? 0 : random.nextBoolean() ? length : number(random, host),
        random.nextInt(4) > 0 ? length : number(random, host),
        random.nextBoolean() ? (version == 3 ? 0 : 131_072) : number(random, host),
        length,
        random.nextInt(4) > 0 ? 0 : random.nextInt(),
        random.nextInt(4) > 0 ? 512 << random.nextInt(4) : random.nextInt());
  }

  /** A number near one of the edges, or any. */
  private static long number(Random random, long host) {
    long[] edges = {0, host, Long.MAX_VALUE, Long.MIN_VALUE, 131_072, host - 262_144, 1L << 32};
    long edge = edges[random.nextInt(edges.length)];
    return switch (random.nextInt(3)) {
      case 0 -> edge;
      case 1 -> edge + 512L * (random.nextInt(9) - 4);
      default -> random.nextLong();
    };
  }

  private static HeaderSlot slot(Random random, BlockDevice none) {
    return switch (random.nextInt(3)) {
      case 0 -> new HeaderSlot("normal header", none, 0, VolumeKind.NORMAL, 3, 5);
      case 1 -> new HeaderSlot("hidden header", none, 0, VolumeKind.HIDDEN, 4, 5);
      default -> new HeaderSlot("header in the file", none, 0, null, 3, 5);
    };
  }

  private static BlockDevice open(VolumeHeader header)
      throws IOException, InterruptedException, InsufficientMemoryException {
    return open(seal(CODEC.encode(header, new byte[256])));
  }

  private static byte[] seal(byte[] plaintext)
      throws InterruptedException, InsufficientMemoryException {
    return new HeaderSealer(KDF, SUITE, 64, new SecureRandom()).seal(plaintext, PASSWORD);
  }

  private static BlockDevice open(byte[] header) throws IOException {
    BlockDevice host = new MemoryDevice(HOST);
    host.write(0, header, 0, header.length);
    try (UnlockRequest request =
        UnlockRequest.builder()
            .password(PASSWORD)
            .format("TrueCrypt")
            .hash("sha512")
            .cipher("AES")
            .hidden(false)
            .build()) {
      return Unlocker.open(host, "host", request).plaintext();
    }
  }
}
