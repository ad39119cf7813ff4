package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerOpener;
import dev.tcplay.OpenContainer;
import dev.tcplay.Tcplay;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.DataUnitCipher;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.EncryptedScope;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks with several partitions, made after the format: a hidden operating system, whose header is
 * that of a hidden volume in the partition behind the system's, and a drive encrypted as a whole.
 */
class HiddenSystemTest {

  private static final int DISK = 2 << 20;
  private static final int FIRST = 1 << 16;
  private static final int SECOND = 1 << 20;
  private static final int LENGTH = 1 << 19;
  private static final int HIDDEN_OFFSET = 200 * 512;
  private static final int HIDDEN_LENGTH = 1 << 17;

  @TempDir Path folder;
  private final byte[] disk = new byte[DISK];
  private byte[] system = {};

  @BeforeEach
  void makeDisk() {
    new Random(Seeds.of("HiddenSystemTest")).nextBytes(disk);
    Arrays.fill(disk, 0, 512, (byte) 0);
    partition(0, FIRST, LENGTH);
    partition(1, SECOND, LENGTH);
    disk[510] = 0x55;
    disk[511] = (byte) 0xAA;
  }

  private void partition(int index, int start, int length) {
    ByteBuffer entry = ByteBuffer.wrap(disk, 446 + 16 * index, 16).order(ByteOrder.LITTLE_ENDIAN);
    entry.putInt(0).putInt(7).putInt(start / 512).putInt(length / 512);
  }

  /** Writes a hidden volume with the flag of a system into the second partition. */
  private void hideSystem() {
    HeaderFamily family = HeaderFamily.TRUECRYPT;
    CipherSuite suite = family.suite(CipherMode.XTS, CipherChain.parse("Serpent"));
    byte[] keyArea = MasterKeys.create(suite, 256, new SecureRandom());
    VolumeHeader fields =
        new VolumeHeader(
            VolumeFormat.TRUECRYPT,
            5,
            0x0700,
            0,
            0,
            HIDDEN_LENGTH,
            HIDDEN_LENGTH,
            131_072 + HIDDEN_OFFSET,
            HIDDEN_LENGTH,
            VolumeHeader.FLAG_SYSTEM,
            512);
    byte[] header =
        SystemDrives.seal(family, Prf.SHA512, suite, family.codec().encode(fields, keyArea));
    System.arraycopy(header, 0, disk, SECOND + 65_536, header.length);
    int start = SECOND + 131_072 + HIDDEN_OFFSET;
    system = Arrays.copyOfRange(disk, start, start + HIDDEN_LENGTH);
    try (DataUnitCipher cipher = suite.dataCipher(keyArea, 0)) {
      long unit = (131_072 + HIDDEN_OFFSET) / 512;
      cipher.encrypt(unit, system, 0, disk, start, HIDDEN_LENGTH);
    }
  }

  private ContainerOpener opener() throws IOException {
    Path file = Files.write(folder.resolve("disk.img"), disk);
    return Tcplay.open(file)
        .password(SystemDrives.PASSWORD)
        .format("TrueCrypt")
        .system(true)
        .readOnly(true);
  }

  private static byte[] bytes(BlockDevice device) throws IOException {
    return StoredHeaders.bytes(device);
  }

  @Test
  void aHiddenSystemOpensInThePartitionThatHoldsIt() throws IOException {
    hideSystem();
    try (OpenContainer opened = opener().hidden(true).open()) {
      assertArrayEquals(system, bytes(opened.device()));
      VolumeInfo info = opened.info();
      assertEquals("hidden", info.kind());
      assertEquals(SECOND + 131_072 + HIDDEN_OFFSET, info.dataOffset());
      assertEquals((131_072 + HIDDEN_OFFSET) / 512, info.firstUnit());
    }
    try (OpenContainer opened = opener().hidden(true).partition(2).open()) {
      assertArrayEquals(system, bytes(opened.device()));
    }
    assertThrows(
        WrongPasswordException.class, () -> opener().hidden(true).partition(1).open().close());
    assertThrows(
        FileSystemException.class, () -> opener().hidden(true).partition(3).open().close());
  }

  @Test
  void aPartitionThatIsTooShortEndsNoSearch() throws IOException {
    hideSystem();
    partition(0, FIRST, 512);
    partition(2, FIRST + 4096, 512);
    try (OpenContainer opened = opener().hidden(true).open()) {
      assertArrayEquals(system, bytes(opened.device()));
    }
    WrongPasswordException wrong =
        assertThrows(
            WrongPasswordException.class,
            () -> opener().hidden(true).password("other").open().close());
    assertTrue(wrong.getMessage().contains("partition 2: wrong password"), wrong::getMessage);
    FileSystemException tooShort =
        assertThrows(
            FileSystemException.class, () -> opener().hidden(true).partition(1).open().close());
    assertTrue(tooShort.getMessage().contains("512 bytes are too short"), tooShort::getMessage);
    FileSystemException none =
        assertThrows(
            FileSystemException.class, () -> opener().hidden(true).partition(9).open().close());
    assertTrue(none.getMessage().contains("no partition 9"), none::getMessage);
  }

  @Test
  void ofSeveralEncryptedPartitionsOneMustBeChosen() throws IOException {
    byte[] clear = disk.clone();
    SystemDrives.encrypt(
        disk,
        HeaderFamily.TRUECRYPT_SYSTEM,
        Prf.RIPEMD160,
        "AES",
        new EncryptedScope(32_256, DISK - 32_256, DISK - 32_256));
    System.arraycopy(disk, SystemLayout.HEADER, clear, SystemLayout.HEADER, 512);
    FileSystemException several =
        assertThrows(FileSystemException.class, () -> opener().open().close());
    assertTrue(several.getMessage().contains("1 (") && several.getMessage().contains("2 ("));
    try (OpenContainer opened = opener().partition(2).open()) {
      assertArrayEquals(Arrays.copyOfRange(clear, SECOND, SECOND + LENGTH), bytes(opened.device()));
      assertEquals(SECOND, opened.info().dataOffset());
      assertEquals(SECOND / 512, opened.info().firstUnit());
    }
    try (OpenContainer opened = opener().fde(true).open()) {
      assertArrayEquals(clear, bytes(opened.device()));
    }
    Path head = Files.write(folder.resolve("head.img"), Arrays.copyOf(disk, 64 * 512));
    byte[] raw = Arrays.copyOfRange(disk, FIRST, FIRST + LENGTH);
    Path alone = Files.write(folder.resolve("partition.img"), raw);
    ContainerOpener byHead =
        Tcplay.open(alone)
            .password(SystemDrives.PASSWORD)
            .format("TrueCrypt")
            .readOnly(true)
            .systemDisk(head);
    assertThrows(FileSystemException.class, () -> byHead.open().close());
    try (OpenContainer opened = byHead.partition(1).open()) {
      assertArrayEquals(Arrays.copyOfRange(clear, FIRST, FIRST + LENGTH), bytes(opened.device()));
    }
    FileSystemException none =
        assertThrows(FileSystemException.class, () -> byHead.partition(4).open().close());
    assertTrue(none.getMessage().contains("partition 4 is not one"), none::getMessage);
    // The first 63 sectors are enough.
    Files.write(head, Arrays.copyOf(disk, SystemLayout.FIRST_SCOPE));
    try (OpenContainer opened = byHead.partition(1).open()) {
      assertArrayEquals(Arrays.copyOfRange(clear, FIRST, FIRST + LENGTH), bytes(opened.device()));
    }
  }

  @Test
  void whatIsWrittenToAnEncryptedPartitionIsThereAgain() throws IOException {
    SystemDrives.encrypt(
        disk,
        HeaderFamily.TRUECRYPT_SYSTEM,
        Prf.RIPEMD160,
        "AES",
        new EncryptedScope(SECOND, LENGTH, LENGTH));
    byte[] text = "written by us".repeat(100).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    Path file = Files.write(folder.resolve("disk.img"), disk);
    try (OpenContainer opened =
        Tcplay.open(file).password(SystemDrives.PASSWORD).format("TrueCrypt").system(true).open()) {
      opened.device().write(1000, text, 0, text.length);
    }
    byte[] after = Files.readAllBytes(file);
    assertArrayEquals(Arrays.copyOf(disk, SECOND), Arrays.copyOf(after, SECOND));
    assertArrayEquals(
        Arrays.copyOfRange(disk, SECOND + LENGTH, DISK),
        Arrays.copyOfRange(after, SECOND + LENGTH, DISK));
    System.arraycopy(after, 0, disk, 0, DISK);
    try (OpenContainer opened = opener().open()) {
      byte[] read = new byte[text.length];
      opened.device().read(1000, read, 0, read.length);
      assertArrayEquals(text, read);
    }
  }
}
