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
import dev.tcplay.model.EncryptedScope;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Headers of system drives with right CRCs and wild numbers: opened, or refused by name. */
class SystemFieldsFuzzTest {

  private static final int DISK = 1 << 20;
  private static final HeaderFamily FAMILY = HeaderFamily.TRUECRYPT_SYSTEM;
  private static final CipherSuite SUITE = FAMILY.suite(CipherMode.XTS, CipherChain.parse("AES"));

  private static VolumeHeader header(
      int version, long hidden, EncryptedScope scope, int flags, int sector) {
    return new VolumeHeader(
        VolumeFormat.TRUECRYPT,
        version,
        0x0700,
        0,
        0,
        hidden,
        scope.length(),
        scope.start(),
        scope.encrypted(),
        flags,
        sector);
  }

  private static VolumeHeader wild(Random random) {
    return header(
        random.nextInt(3) > 0 ? 3 + random.nextInt(3) : random.nextInt(65_536),
        random.nextInt(4) > 0 ? 0 : random.nextLong(),
        new EncryptedScope(number(random), number(random), number(random)),
        random.nextInt(4) > 0 ? 1 : random.nextInt(),
        random.nextInt(4) > 0 ? 512 << random.nextInt(4) : random.nextInt());
  }

  private static long number(Random random) {
    long[] edges = {0, DISK, 32_256, DISK - 32_256, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40};
    return switch (random.nextInt(4)) {
      case 0 -> edges[random.nextInt(edges.length)];
      case 1 -> edges[random.nextInt(edges.length)] + 512L * (random.nextInt(9) - 4);
      case 2 -> 512L * random.nextInt(DISK / 512);
      default -> random.nextLong();
    };
  }

  @Test
  void aWildHeaderOpensToADiskOfTheSameLengthOrIsRefusedByName() throws IOException {
    Random random = new Random(Seeds.of("aWildHeaderOpens"));
    HeaderSlot slot = new SystemLayout().headers(new MemoryDevice(DISK)).get(0);
    int opened = 0;
    for (int i = 0; i < 50_000; i++) {
      VolumeHeader header = wild(random);
      byte[] plaintext = FAMILY.codec().encode(header, new byte[256]);
      HeaderTrial.Candidate found = new HeaderTrial.Candidate(FAMILY, slot, SUITE);
      HeaderKdf kdf = FAMILY.costs().kdf(Prf.RIPEMD160, 0);
      MemoryDevice host = new MemoryDevice(random.nextInt(4) > 0 ? DISK : 40_000);
      try (UnlockRequest request = SystemDrives.request(FAMILY, Prf.RIPEMD160, "AES").build();
          UnlockedHeader unlocked =
              new UnlockedHeader(found, kdf, request, HeaderCodec.Verdict.INTACT, plaintext)) {
        SystemFields.locate(unlocked.fields(), slot, host.size(), "disk");
        EncryptedScope scope = SystemFields.scope(unlocked.fields(), slot, "disk");
        assertTrue(scope.start() >= 32_256 && scope.end() > scope.start(), header::toString);
        assertTrue(scope.encryptedUpTo() <= scope.end(), header::toString);
        try (BlockDevice disk = new SystemDrive(unlocked, scope).disk(host).plaintext()) {
          assertEquals(host.size(), disk.size());
          disk.read(disk.size() - 700, new byte[700], 0, 700);
        }
        opened++;
      } catch (CorruptHeaderException e) {
        assertTrue(e.getMessage().startsWith("disk: "), e.getMessage());
      }
    }
    assertTrue(opened > 1000, "only " + opened);
  }

  @Test
  void eachUnlawfulFieldIsNamed() {
    EncryptedScope good = new EncryptedScope(32_256, 512, 512);
    assertNames("header version 2", header(2, 0, good, 1, 512));
    assertNames("header version 6", header(6, 0, good, 1, 512));
    assertNames("hidden volume size 512", header(5, 512, good, 1, 512));
    assertNames("flags 0x0: no system encryption", header(5, 0, good, 0, 512));
    assertNames("flags 0x5: unknown bits", header(5, 0, good, 5, 512));
    assertNames("sector size 100", header(5, 0, good, 1, 100));
    assertNames("encrypted area start 31744", header(5, 0, scope(31_744, 512, 512), 1, 512));
    assertNames("encrypted area start 32257", header(5, 0, scope(32_257, 512, 512), 1, 512));
    assertNames("volume size 0", header(5, 0, scope(32_256, 0, 512), 1, 512));
    assertNames("volume size 1000", header(5, 0, scope(32_256, 1000, 512), 1, 512));
    assertNames("volume of", header(5, 0, scope(1L << 62, 3L << 61, 512), 1, 512));
    assertNames("encrypted area length -512", header(5, 0, scope(32_256, 512, -512), 1, 512));
    assertNames("encrypted area length 5", header(5, 0, scope(32_256, 512, 5), 1, 512));
  }

  private static EncryptedScope scope(long start, long length, long encrypted) {
    return new EncryptedScope(start, length, encrypted);
  }

  private static void assertNames(String text, VolumeHeader header) {
    HeaderSlot slot = new SystemLayout().headers(new MemoryDevice(DISK)).get(0);
    CorruptHeaderException e =
        assertThrows(CorruptHeaderException.class, () -> SystemFields.scope(header, slot, "disk"));
    assertTrue(String.valueOf(e.getReason()).startsWith(text), e.getReason());
  }
}
