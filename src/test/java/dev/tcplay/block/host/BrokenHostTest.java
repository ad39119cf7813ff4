package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.testing.PlainProvider;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Hosts that shrink, go away or throw while they are open. */
class BrokenHostTest extends PatternedHost {

  @Test
  void saysWhereAShrunkenHostEnds() throws IOException {
    Path host = host(pattern(10_000));
    BlockDevice device = FileDevice.open(host, HostOpen.writing());
    try (FileChannel other = FileChannel.open(host, StandardOpenOption.WRITE)) {
      other.truncate(6_000);
      IOException shrunk =
          assertThrows(IOException.class, () -> device.read(5_000, new byte[2_000], 0, 2_000));
      assertTrue(shrunk.getMessage().contains("ends at offset 6000"), shrunk.getMessage());
      IOException refused =
          assertThrows(IOException.class, () -> device.write(9_000, new byte[10], 0, 10));
      assertTrue(refused.getMessage().contains("offset 9000"), refused.getMessage());
      assertEquals(6_000, Files.size(host));
      device.read(0, new byte[6_000], 0, 6_000);
      assertThrows(IOException.class, device::close);
    }
  }

  @Test
  void aHostThatShrinksBetweenWritesIsFoundOutBeforeTheyAreForced() throws IOException {
    Path host = host(pattern(10_000));
    BlockDevice device = FileDevice.open(host, HostOpen.writing());
    try (FileChannel other = FileChannel.open(host, StandardOpenOption.WRITE)) {
      device.write(0, new byte[10], 0, 10);
      other.truncate(6_000);
      // The last byte would make the host as long as it was.
      assertThrows(IOException.class, () -> device.write(9_990, new byte[10], 0, 10));
      assertEquals(6_000, Files.size(host));
      device.write(100, new byte[10], 0, 10);
      FileSystemException forced = assertThrows(FileSystemException.class, device::flush);
      assertEquals("has shrunk from 10000 to 6000 bytes", forced.getReason());
      assertThrows(IOException.class, () -> device.write(100, new byte[10], 0, 10));
      assertThrows(IOException.class, device::close);
    }
  }

  @Test
  void whatAProviderThrowsUncheckedIsAnIOException() throws IOException {
    PlainProvider provider = new PlainProvider();
    BlockDevice device = FileDevice.open(provider.wrap(host(pattern(10_000))), HostOpen.writing());
    provider.breakDown();
    IOException read = assertThrows(IOException.class, () -> device.read(0, new byte[10], 0, 10));
    assertTrue(read.getMessage().contains("broken down"), read.getMessage());
    IOException written =
        assertThrows(IOException.class, () -> device.write(70, new byte[10], 0, 10));
    assertTrue(written.getMessage().contains("10 bytes at offset 70"), written.getMessage());
    device.close();
  }

  @Test
  void failsWithoutUncheckedExceptionsOnceTheHostsFileSystemIsClosed() throws IOException {
    FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix());
    Path host = Files.write(jimfs.getPath("/host"), new byte[1000]);
    try (BlockDevice device = FileDevice.open(host, HostOpen.reading())) {
      jimfs.close();
      assertThrows(IOException.class, () -> device.read(0, new byte[1], 0, 1));
    }
  }

  @Test
  void refusesToGoOnWithAnotherFileOfTheName() throws Exception {
    Path host = host(pattern(SIZE));
    try (BlockDevice device = FileDevice.open(host, HostOpen.reading())) {
      Files.delete(host);
      Files.write(host, pattern(SIZE / 2));
      AtomicReference<IOException> refused = new AtomicReference<>();
      Thread reader =
          new Thread(
              () -> {
                byte[] read = new byte[SIZE];
                while (refused.get() == null) {
                  try {
                    // What is open is the old file still, until an interrupt closes it.
                    device.read(0, read, 0, SIZE);
                  } catch (IOException e) {
                    refused.set(e);
                  }
                }
              });
      reader.start();
      while (reader.isAlive()) {
        reader.interrupt();
        Thread.onSpinWait();
      }
      String message = refused.get().getMessage();
      assertTrue(message.contains("is no longer the file once opened"), message);
    }
  }
}
