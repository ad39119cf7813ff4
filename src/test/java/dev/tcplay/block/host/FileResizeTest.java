package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.testing.PlainProvider;
import java.io.IOException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A file grows and shrinks under its device. */
class FileResizeTest extends PatternedHost {

  private static void growsAndShrinks(Path host) throws IOException {
    byte[] content = pattern(4096);
    Files.write(host, content);
    try (FileDevice device = FileDevice.open(host, HostOpen.writing());
        FileDevice reader = FileDevice.open(host, HostOpen.reading().unlocked())) {
      device.write(0, content, 0, 512);
      device.resize(10_000);
      assertEquals(10_000, device.size());
      assertEquals(10_000, Files.size(host));
      assertEquals(4096, reader.size());
      device.write(9_000, content, 0, 1000);
      device.flush();
      byte[] expected = Arrays.copyOf(content, 10_000);
      System.arraycopy(content, 0, expected, 9_000, 1000);
      assertArrayEquals(expected, Files.readAllBytes(host));
      device.resize(4096);
      assertThrows(IOException.class, () -> device.write(4096, content, 0, 1));
      device.write(4095, content, 0, 1);
      device.flush();
      assertEquals(4096, Files.size(host));
    }
  }

  @Test
  void aFileGrowsAndShrinks() throws IOException {
    growsAndShrinks(folder.resolve("host"));
  }

  @Test
  void soDoesOneOfAnotherProvider() throws IOException {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
      growsAndShrinks(jimfs.getPath("/host"));
    }
    growsAndShrinks(new PlainProvider().wrap(folder.resolve("host")));
  }

  @Test
  void aWindowToTheEndGrowsWithTheFile() throws IOException {
    Path host = host(pattern(4096));
    try (FileDevice file = FileDevice.open(host, HostOpen.writing());
        BlockDevice window = LinearDevice.toEnd(file, 1024)) {
      file.resize(8192);
      assertEquals(7168, window.size());
      window.write(7167, new byte[] {7}, 0, 1);
    }
    assertEquals(7, Files.readAllBytes(host)[8191]);
  }

  /** The JDK closes the channel under an interrupted thread; the file it opens again is longer. */
  @Test
  void anInterruptEndsNothing() throws IOException {
    Path host = host(pattern(4096));
    try (FileDevice device = FileDevice.open(host, HostOpen.writing())) {
      for (long size : new long[] {8192, 4096, 12_288}) {
        Thread.currentThread().interrupt();
        device.resize(size);
        device.write(size - 1, new byte[1], 0, 1);
        device.flush();
        assertTrue(Thread.interrupted());
        assertEquals(size, Files.size(host));
      }
    }
  }

  /** Who keeps the lock compares the file with what it was after our own last write. */
  @Test
  void ourOwnResizingIsNotTakenForAnotherPrograms() throws IOException {
    Path host = host(pattern(4096));
    try (FileDevice device = FileDevice.open(host, HostOpen.writing())) {
      device.flush();
      device.resize(8192);
      device.write(8000, new byte[100], 0, 100);
      device.flush();
      device.resize(4096);
      device.checkLock(true);
      device.flush();
      Files.write(host, pattern(5000)); // another one's is found out
      assertThrows(IOException.class, () -> device.write(0, new byte[1], 0, 1));
      assertThrows(IOException.class, device::close);
    }
  }

  @Test
  void aReaderIsRefused() throws IOException {
    Path host = host(pattern(4096));
    try (FileDevice device = FileDevice.open(host, HostOpen.reading())) {
      assertThrows(NonWritableChannelException.class, () -> device.resize(8192));
    }
    assertEquals(4096, Files.size(host));
  }

  @Test
  void whatCannotGrowKeepsItsSize() throws IOException {
    try (FileSystem jimfs =
        Jimfs.newFileSystem(Configuration.unix().toBuilder().setMaxSize(1 << 16).build())) {
      Path host = jimfs.getPath("/host");
      Files.write(host, pattern(4096));
      try (FileDevice device = FileDevice.open(host, HostOpen.writing())) {
        assertThrows(IOException.class, () -> device.resize(1 << 20));
        assertEquals(4096, device.size());
        device.write(4095, new byte[1], 0, 1);
        device.flush();
      }
    }
  }
}
