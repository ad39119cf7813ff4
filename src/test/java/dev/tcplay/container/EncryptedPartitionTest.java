package dev.tcplay.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerOpener;
import dev.tcplay.OpenContainer;
import dev.tcplay.Tcplay;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk in clear of which one partition is a container. */
class EncryptedPartitionTest {

  private static final int START = 1 << 20;
  private static final int LENGTH = 1 << 20;
  private static final int DISK = 3 << 20;

  @TempDir Path folder;
  private Path file = Path.of("");
  private byte[] disk = {};

  @BeforeEach
  void makeDisk() throws IOException {
    Path container = folder.resolve("container.hc");
    Tcplay.create(container).password("secret").pim(1).size(LENGTH).create();
    disk = new byte[DISK];
    new Random(Seeds.of("EncryptedPartitionTest")).nextBytes(disk);
    Arrays.fill(disk, 0, 512, (byte) 0);
    ByteBuffer table = ByteBuffer.wrap(disk).order(ByteOrder.LITTLE_ENDIAN).position(446 + 16);
    table.putInt(0).putInt(7).putInt(START / 512).putInt(LENGTH / 512);
    table.putShort(510, (short) 0xAA55);
    System.arraycopy(Files.readAllBytes(container), 0, disk, START, LENGTH);
    file = Files.write(folder.resolve("disk.img"), disk);
  }

  private ContainerOpener opener() {
    return Tcplay.open(file).password("secret").pim(1).hash("sha512").cipher("AES");
  }

  @Test
  void thePartitionOpensAndNothingOutsideOfItIsWritten() throws IOException {
    try (FileSystem volume = opener().partition(2).mount()) {
      Files.writeString(volume.getPath("/a.txt"), "inside");
    }
    byte[] after = Files.readAllBytes(file);
    assertArrayEquals(Arrays.copyOf(disk, START), Arrays.copyOf(after, START));
    assertArrayEquals(
        Arrays.copyOfRange(disk, START + LENGTH, DISK),
        Arrays.copyOfRange(after, START + LENGTH, DISK));
    // The partition alone is the same container, by its backup header too.
    Path alone =
        Files.write(folder.resolve("alone.hc"), Arrays.copyOfRange(after, START, START + LENGTH));
    try (FileSystem volume = Tcplay.open(alone).password("secret").pim(1).readOnly(true).mount()) {
      assertEquals("inside", Files.readString(volume.getPath("/a.txt")));
    }
    try (FileSystem volume = opener().partition(2).backupHeader(true).readOnly(true).mount()) {
      assertEquals("inside", Files.readString(volume.getPath("/a.txt")));
    }
  }

  @Test
  void theFactsCountFromTheStartOfTheDiskAndTheUnitsFromThatOfThePartition() throws IOException {
    try (OpenContainer opened = opener().partition(2).readOnly(true).open()) {
      VolumeInfo info = opened.info();
      assertEquals(START + 131_072, info.dataOffset());
      assertEquals(256, info.firstUnit());
      assertEquals(2, info.partition().orElseThrow().number());
    }
  }

  @Test
  void withoutTheOptionTheMessageTellsOfIt() {
    WrongPasswordException e =
        assertThrows(WrongPasswordException.class, () -> opener().open().close());
    assertTrue(e.getMessage().contains("the option partition opens a part"), e.getMessage());
    assertThrows(FileSystemException.class, () -> opener().partition(1).open().close());
    assertThrows(
        WrongPasswordException.class, () -> opener().partition(2).password("other").open().close());
  }
}
