package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerOpener;
import dev.tcplay.OpenContainer;
import dev.tcplay.Tcplay;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.EncryptedScope;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.PartitionInfo;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partition in a file of its own, whose header is on a system drive in another. */
class SystemDiskTest {

  private static final int DISK = 3 << 20;
  private static final int START = 1 << 20;
  private static final int LENGTH = 1 << 20;

  @TempDir Path folder;
  private final byte[] clear = new byte[DISK];
  private Path disk = Path.of("");
  private Path partition = Path.of("");

  @BeforeEach
  void makeDisk() throws IOException {
    new Random(Seeds.of("SystemDiskTest")).nextBytes(clear);
    Arrays.fill(clear, 0, 512, (byte) 0);
    ByteBuffer table = ByteBuffer.wrap(clear).order(ByteOrder.LITTLE_ENDIAN).position(446);
    table.putInt(0).putInt(7).putInt(START / 512).putInt(LENGTH / 512);
    table.putShort(510, (short) 0xAA55);
    encrypt(LENGTH);
  }

  /** Writes a drive of which so many bytes of the partition are encrypted. */
  private void encrypt(int encrypted) throws IOException {
    byte[] raw = clear.clone();
    SystemDrives.encrypt(
        raw,
        HeaderFamily.TRUECRYPT_SYSTEM,
        Prf.RIPEMD160,
        "AES",
        new EncryptedScope(START, LENGTH, encrypted));
    disk = Files.write(folder.resolve("disk.img"), raw);
    partition =
        Files.write(folder.resolve("part.img"), Arrays.copyOfRange(raw, START, START + LENGTH));
  }

  private static ContainerOpener opener(Path file) {
    return Tcplay.open(file).password(SystemDrives.PASSWORD).format("TrueCrypt");
  }

  @Test
  void theDiskIsAnotherFileThanThePartition() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), disk);
    byte[] before = Files.readAllBytes(disk);
    for (Path same : new Path[] {disk, link}) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> opener(disk).systemDisk(same).open().close());
      assertTrue(e.getMessage().startsWith("systemDisk"), e::getMessage);
    }
    assertThrows(
        NoSuchFileException.class,
        () -> opener(partition).systemDisk(folder.resolve("none")).open().close());
    assertArrayEquals(before, Files.readAllBytes(disk));
  }

  @Test
  void whatAFileHasBehindThePartitionIsNeitherShownNorWritten() throws IOException {
    byte[] longer = Arrays.copyOf(Files.readAllBytes(partition), LENGTH + 4096);
    Path file = Files.write(folder.resolve("longer.img"), longer);
    try (OpenContainer opened = opener(file).systemDisk(disk).open()) {
      assertEquals(LENGTH, opened.info().dataLength());
      assertArrayEquals(
          Arrays.copyOfRange(clear, START, START + LENGTH), StoredHeaders.bytes(opened.device()));
      assertTrue(opened.device().isReadOnly());
      assertEquals(
          "the host is 4096 bytes longer than the partition, so it may be another one",
          opened.warnings().get(0));
    }
  }

  @Test
  void thePartitionIsDescribedByWhatItHoldsDecrypted() throws IOException {
    opener(partition).systemDisk(disk).makeFileSystem(new NewFileSystem());
    try (OpenContainer opened = opener(partition).systemDisk(disk).readOnly(true).open()) {
      PartitionInfo info = opened.partitions().get(0);
      assertEquals(START, info.start());
      assertEquals(Optional.of("FAT12"), info.fileSystem());
    }
    try (FileSystem volume = opener(partition).systemDisk(disk).mount()) {
      Files.writeString(volume.getPath("/a.txt"), "inside");
    }
    try (FileSystem volume = opener(partition).systemDisk(disk).readOnly(true).mount()) {
      assertEquals("inside", Files.readString(volume.getPath("/a.txt")));
    }
  }

  @Test
  void nothingIsWrittenWhereEncryptionWasNotEnded() throws IOException {
    encrypt(LENGTH / 2);
    byte[] before = Files.readAllBytes(disk);
    byte[] part = Files.readAllBytes(partition);
    for (ContainerOpener opener :
        new ContainerOpener[] {
          opener(partition).systemDisk(disk), opener(disk).system(true), opener(disk).fde(true)
        }) {
      assertThrows(AccessDeniedException.class, () -> opener.makeFileSystem(new NewFileSystem()));
      try (OpenContainer opened = opener.open()) {
        assertTrue(opened.device().isReadOnly());
      }
    }
    assertArrayEquals(before, Files.readAllBytes(disk));
    assertArrayEquals(part, Files.readAllBytes(partition));
  }

  @Test
  void afterAFailureTheHostsAreFree() throws IOException {
    assertThrows(
        IOException.class, () -> opener(partition).systemDisk(disk).partition(4).open().close());
    assertThrows(IOException.class, () -> opener(disk).system(true).partition(4).open().close());
    assertThrows(
        IOException.class, () -> opener(disk).system(true).hidden(true).partition(4).open());
    assertThrows(IOException.class, () -> opener(disk).fde(true).partition(4).open().close());
    for (Path file : new Path[] {partition, disk}) {
      try (OpenContainer opened = Tcplay.open(file).format("plain").open()) {
        opened.device().write(0, new byte[512], 0, 512);
      }
    }
  }
}
