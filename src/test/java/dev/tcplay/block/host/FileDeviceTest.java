package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.testing.PlainProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A device over a file of any provider reads, writes and refuses. */
class FileDeviceTest extends PatternedHost {

  private static void readsAndWrites(Path host) throws IOException {
    byte[] content = pattern(SIZE);
    Files.write(host, content);
    try (BlockDevice device = FileDevice.open(host, HostOpen.writing())) {
      assertEquals(SIZE, device.size());
      assertFalse(device.isReadOnly());
      byte[] read = new byte[700_000];
      device.read(12_345, read, 3, 600_000);
      assertArrayEquals(
          Arrays.copyOfRange(content, 12_345, 612_345), Arrays.copyOfRange(read, 3, 600_003));
      device.write(999, read, 5, 300_000);
      System.arraycopy(read, 5, content, 999, 300_000);
      device.flush();
    }
    assertArrayEquals(content, Files.readAllBytes(host));
  }

  @Test
  void readsAndWritesAtAnyPosition() throws IOException {
    readsAndWrites(folder.resolve("host"));
  }

  @Test
  void readsAndWritesInAnotherProvider() throws IOException {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
      readsAndWrites(jimfs.getPath("/host"));
    }
  }

  @Test
  void readsAndWritesWhereTheProviderHasNoFileChannel() throws IOException {
    readsAndWrites(new PlainProvider().wrap(folder.resolve("host")));
  }

  @Test
  void refusesWhatDoesNotLieInside() throws IOException {
    try (BlockDevice device = FileDevice.open(host(new byte[1000]), HostOpen.reading())) {
      byte[] buffer = new byte[1000];
      IOException beyond = assertThrows(IOException.class, () -> device.read(1, buffer, 0, 1000));
      assertEquals("1000 bytes at 1 are not inside a device of 1000 bytes", beyond.getMessage());
      assertThrows(IOException.class, () -> device.read(-1, buffer, 0, 1));
      assertThrows(IOException.class, () -> device.read(Long.MAX_VALUE, buffer, 0, 2));
      assertThrows(IndexOutOfBoundsException.class, () -> device.read(0, buffer, 999, 2));
      device.read(1000, buffer, 1000, 0);
    }
  }

  @Test
  void refusesWritesToAReadOnlyDevice() throws IOException {
    Path host = host(new byte[1000]);
    try (BlockDevice device = FileDevice.open(host, HostOpen.reading())) {
      assertTrue(device.isReadOnly());
      assertThrows(NonWritableChannelException.class, () -> device.write(0, new byte[1], 0, 1));
      assertThrows(NonWritableChannelException.class, () -> device.discard(0, 1000));
      device.flush();
    }
  }

  @Test
  void refusesADirectoryAndAMissingFile() {
    FileSystemException directory =
        assertThrows(FileSystemException.class, () -> FileDevice.open(folder, HostOpen.reading()));
    assertEquals("is a directory", directory.getReason());
    Path missing = folder.resolve("missing");
    assertThrows(NoSuchFileException.class, () -> FileDevice.open(missing, HostOpen.reading()));
  }

  @Test
  void isClosedForGood() throws IOException {
    BlockDevice device = FileDevice.open(host(new byte[1000]), HostOpen.writing());
    device.close();
    device.close();
    assertThrows(ClosedChannelException.class, () -> device.read(0, new byte[1], 0, 1));
    assertThrows(ClosedChannelException.class, () -> device.write(0, new byte[1], 0, 1));
    assertThrows(ClosedChannelException.class, device::flush);
    assertThrows(ClosedChannelException.class, () -> device.discard(0, 1));
  }

  @Test
  void streamsReadFilesOfAnyKind() throws IOException {
    byte[] content = pattern(100_000);
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      for (Path file : List.of(host(content), Files.write(memory.getPath("/host"), content))) {
        try (InputStream stream = FileDevice.newInputStream(file)) {
          assertEquals(content[0] & 0xFF, stream.read());
          assertArrayEquals(Arrays.copyOfRange(content, 1, content.length), stream.readAllBytes());
          assertEquals(-1, stream.read());
        }
      }
    }
    try (InputStream empty = FileDevice.newInputStream(host(new byte[0]))) {
      assertEquals(-1, empty.read());
    }
    Path grown = Path.of("/proc/self/status");
    if (Files.isReadable(grown)) {
      assertEquals(0, Files.size(grown));
      try (InputStream stream = FileDevice.newInputStream(grown)) {
        assertTrue(stream.readAllBytes().length > 0);
      }
    }
    Path absent = folder.resolve("absent");
    assertThrows(NoSuchFileException.class, () -> FileDevice.newInputStream(absent).close());
  }
}
