package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.EncryptedScope;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.channels.NonWritableChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Drives made after the format: what is decrypted, what passes as it is, what is refused. */
class SystemDriveTest {

  private static final int DISK = 1 << 20;
  private static final int START = 1 << 18;
  private static final int LENGTH = 1 << 19;

  /** The start of an NTFS boot sector. */
  private static final byte[] NTFS = {
    (byte) 0xEB, 0x52, (byte) 0x90, 'N', 'T', 'F', 'S', ' ', ' ', ' ', ' ', 7
  };

  private final HeaderFamily family = HeaderFamily.TRUECRYPT_SYSTEM;
  private final byte[] clear = new byte[DISK];

  SystemDriveTest() {
    new Random(Seeds.of("SystemDriveTest")).nextBytes(clear);
  }

  private byte[] encrypted(EncryptedScope scope) {
    byte[] disk = clear.clone();
    SystemDrives.encrypt(disk, family, Prf.RIPEMD160, "AES-Twofish", scope);
    // The header replaces a sector in clear.
    System.arraycopy(disk, SystemLayout.HEADER, clear, SystemLayout.HEADER, 512);
    return disk;
  }

  private UnlockRequest.Builder request() {
    return SystemDrives.request(family, Prf.RIPEMD160, "AES-Twofish");
  }

  private OpenedVolume open(BlockDevice disk) throws IOException {
    try (UnlockRequest request = request().build()) {
      return Unlocker.open(disk, "disk", request);
    }
  }

  private static byte[] bytes(BlockDevice device) throws IOException {
    return StoredHeaders.bytes(device);
  }

  @Test
  void theScopeIsDecryptedAndTheRestPassesAsItIs() throws IOException {
    EncryptedScope scope = new EncryptedScope(START, LENGTH, LENGTH);
    OpenedVolume opened = open(StoredHeaders.device(encrypted(scope)));
    try (BlockDevice disk = opened.plaintext()) {
      assertArrayEquals(clear, bytes(disk));
      assertFalse(disk.isReadOnly());
    }
    VolumeInfo info = opened.info();
    assertEquals("system", info.kind());
    assertEquals(Optional.of(scope), info.scope());
    assertEquals(0, info.firstUnit());
    assertEquals(1000, info.encryption().orElseThrow().iterations());
  }

  @Test
  void whatIsWrittenOverTheEdgesIsReadAgain() throws IOException {
    BlockDevice host = StoredHeaders.device(encrypted(new EncryptedScope(START, LENGTH, LENGTH)));
    byte[] text = "across the edge of the scope".repeat(50).getBytes(StandardCharsets.US_ASCII);
    BlockDevice disk = open(host).plaintext();
    for (int at : new int[] {START - 700, START + LENGTH - 700}) {
      disk.write(at, text, 0, text.length);
      System.arraycopy(text, 0, clear, at, text.length);
    }
    assertArrayEquals(clear, bytes(disk));
    byte[] raw = bytes(host);
    assertArrayEquals(
        Arrays.copyOf(text, 700), Arrays.copyOfRange(raw, START - 700, START), "in clear");
    assertFalse(Arrays.equals(raw, START, START + 100, text, 700, 800), "encrypted");
    disk.close();
  }

  @Test
  void aPartlyEncryptedScopeIsReadOnlyAndDecryptedAsFarAsItIs() throws IOException {
    EncryptedScope scope = new EncryptedScope(START, LENGTH, LENGTH / 4);
    OpenedVolume opened = open(StoredHeaders.device(encrypted(scope)));
    try (BlockDevice disk = opened.plaintext()) {
      assertArrayEquals(clear, bytes(disk));
      assertTrue(disk.isReadOnly());
      assertThrows(NonWritableChannelException.class, () -> disk.write(0, new byte[1], 0, 1));
    }
    assertEquals(
        "only 131072 of the 524288 bytes of the scope, up to 393216, are encrypted: encryption or"
            + " decryption was not ended",
        opened.warnings().get(0));
  }

  @Test
  void nothingIsDecryptedWhereEncryptionHasNotBegun() throws IOException {
    try (BlockDevice disk =
        open(StoredHeaders.device(encrypted(new EncryptedScope(START, LENGTH, 0)))).plaintext()) {
      assertArrayEquals(clear, bytes(disk));
      assertTrue(disk.isReadOnly());
    }
  }

  @Test
  void aPartitionKeptElsewhereIsCountedFromTheStartOfItsDisk() throws IOException {
    // The scope is the whole drive; the partition lies in it.
    int scopeStart = SystemLayout.FIRST_SCOPE;
    byte[] raw = encrypted(new EncryptedScope(scopeStart, DISK - scopeStart, DISK - scopeStart));
    byte[] partition = Arrays.copyOfRange(raw, START, START + LENGTH);
    try (BlockDevice disk = StoredHeaders.device(raw);
        UnlockRequest request = request().build();
        SystemDrive drive = SystemDrive.open(disk, "disk", request)) {
      OpenedVolume opened = drive.partition(StoredHeaders.device(partition), START, LENGTH);
      try (BlockDevice plaintext = opened.plaintext()) {
        assertArrayEquals(Arrays.copyOfRange(clear, START, START + LENGTH), bytes(plaintext));
        assertFalse(plaintext.isReadOnly());
      }
      assertEquals(START / 512, opened.info().firstUnit());
      assertEquals(0, opened.info().dataOffset());
      BlockDevice half = StoredHeaders.device(Arrays.copyOf(partition, LENGTH / 2));
      OpenedVolume cut = drive.partition(half, START, LENGTH);
      assertTrue(cut.plaintext().isReadOnly());
      assertTrue(cut.warnings().get(0).contains("cut at 262144 bytes: 262144 are missing"));
    }
  }

  @Test
  void anNtfsBootSectorInClearPassesAsItIs() throws IOException {
    byte[] raw = encrypted(new EncryptedScope(START, LENGTH, LENGTH));
    System.arraycopy(NTFS, 0, raw, START, NTFS.length);
    byte[] expected = clear.clone();
    System.arraycopy(raw, START, expected, START, 512);
    try (BlockDevice disk = open(StoredHeaders.device(raw)).plaintext()) {
      assertArrayEquals(expected, bytes(disk));
    }
  }

  @Test
  void aPartitionShowsTheSameAloneAndOnItsDisk() throws IOException {
    int scopeStart = SystemLayout.FIRST_SCOPE;
    byte[] raw = encrypted(new EncryptedScope(scopeStart, DISK - scopeStart, DISK - scopeStart));
    System.arraycopy(NTFS, 0, raw, START, NTFS.length);
    byte[] alone = Arrays.copyOfRange(raw, START, START + LENGTH);
    try (BlockDevice disk = StoredHeaders.device(raw);
        UnlockRequest request = request().build();
        SystemDrive drive = SystemDrive.open(disk, "disk", request);
        BlockDevice whole = drive.disk(disk).plaintext();
        BlockDevice part =
            drive.partition(StoredHeaders.device(alone), START, LENGTH).plaintext()) {
      assertArrayEquals(Arrays.copyOfRange(bytes(whole), START, START + LENGTH), bytes(part));
    }
  }

  @Test
  void aDiskThatWasCutIsReadOnlyAndSaysSo() throws IOException {
    byte[] raw = encrypted(new EncryptedScope(START, LENGTH, LENGTH));
    for (int size : new int[] {START + 1000, START, SystemLayout.FIRST_SCOPE + 512}) {
      OpenedVolume opened = open(StoredHeaders.device(Arrays.copyOf(raw, size)));
      try (BlockDevice disk = opened.plaintext()) {
        assertTrue(disk.isReadOnly());
        byte[] whole = Arrays.copyOf(bytes(disk), Math.min(size, START + 512));
        assertArrayEquals(Arrays.copyOf(clear, whole.length), whole);
      }
      assertTrue(opened.warnings().get(0).contains("was cut at " + size), opened::toString);
    }
  }

  @Test
  void wrongPasswordsAndOptionsThatNoSystemDriveHasAreRefused() throws IOException {
    BlockDevice disk = StoredHeaders.device(encrypted(new EncryptedScope(START, LENGTH, LENGTH)));
    try (UnlockRequest wrong = request().password("other").build()) {
      WrongPasswordException e =
          assertThrows(WrongPasswordException.class, () -> Unlocker.open(disk, "disk", wrong));
      assertTrue(e.getMessage().contains("header of the system drive"), e.getMessage());
    }
    assertRefused("backupHeader", request().backupHeader(true));
    assertRefused("at most 64 bytes", request().password("x".repeat(65)));
    UnlockRequest.Builder veraCrypt =
        UnlockRequest.builder().password("x").format("VeraCrypt").system(true);
    assertRefused("pim: expected at most 65535", veraCrypt.pim(65_536));
    assertRefused("no system drive has argon2id", veraCrypt.pim(1).hash("argon2id"));
    try (UnlockRequest request = request().build()) {
      assertThrows(
          IOException.class, () -> Unlocker.open(new MemoryDevice(32_255), "disk", request));
    }
  }

  private static void assertRefused(String text, UnlockRequest.Builder builder) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, builder::build);
    assertTrue(e.getMessage().contains(text), e.getMessage());
  }
}
