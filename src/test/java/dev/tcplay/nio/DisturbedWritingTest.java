package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.model.VolumeChannel;
import dev.tcplay.testing.PlainProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Writing while the host is full, and under interrupts. */
class DisturbedWritingTest extends PlainImage {

  @Test
  void aFullHostIsReportedByForceAndByCloseAndLosesNothing() throws IOException {
    PlainProvider provider = new PlainProvider();
    Path host = provider.wrap(container);
    try (VolumeChannel channel = opener(host).channel(READ, WRITE)) {
      channel.write(bytes(3000, 1));
      provider.full(true);
      IOException failure = assertThrows(IOException.class, channel::force);
      assertTrue(failure.getMessage().contains("no space left on device"), failure.getMessage());
      ByteBuffer read = ByteBuffer.allocate(3000);
      channel.position(0).read(read);
      assertArrayEquals(bytes(3000, 1).array(), read.array());
      provider.full(false);
      channel.force();
      assertArrayEquals(expected(0, 3000, 1), Files.readAllBytes(container));
    }
    VolumeChannel unlucky = opener(host).channel(WRITE);
    unlucky.write(bytes(10, 2));
    provider.full(true);
    IOException failure = assertThrows(IOException.class, unlucky::close);
    assertTrue(failure.getMessage().contains("no space left on device"), failure.getMessage());
    provider.full(false);
    // Closed all the same: the keys and the lock are gone.
    assertArrayEquals(expected(0, 3000, 1), Files.readAllBytes(container));
    opener(host).channel(WRITE).close();
  }

  @Test
  void anInterruptEndsOnlyTheFileChannelOfItsThread() throws IOException {
    try (FileSystem volume = opener().cacheSize(0).mount();
        SeekableByteChannel bystander =
            Files.newByteChannel(volume.getPath("/volume.img"), READ, WRITE)) {
      for (int round = 0; round < 20; round++) {
        FileChannel mine = FileChannel.open(volume.getPath("/volume.img"), WRITE);
        Thread.currentThread().interrupt();
        assertThrows(ClosedByInterruptException.class, () -> mine.write(bytes(10, 1), 0));
        assertFalse(mine.isOpen());
        // A byte channel does not mind, and keeps the interrupt.
        bystander.position(20_000).write(bytes(10_000, 2));
        ((VolumeChannel) bystander).force();
        assertTrue(Thread.interrupted());
      }
    } finally {
      Thread.interrupted();
    }
    assertArrayEquals(expected(20_000, 10_000, 2), Files.readAllBytes(container));
  }

  @Test
  void whatThreadsWriteUnderInterruptsArrives() throws Exception {
    try (FileSystem volume = opener().cacheSize(0).mount()) {
      Thread[] writers = new Thread[4];
      Throwable[] failures = new Throwable[writers.length];
      for (int i = 0; i < writers.length; i++) {
        int number = i;
        writers[i] =
            new Thread(
                () -> {
                  try (SeekableByteChannel channel =
                      Files.newByteChannel(volume.getPath("/volume.img"), WRITE, SYNC)) {
                    for (int round = 0; round < 50; round++) {
                      channel.position(number * 10_000L).write(bytes(10_000, number + round));
                    }
                  } catch (IOException | RuntimeException e) {
                    failures[number] = e;
                  }
                });
        writers[i].start();
      }
      while (Arrays.stream(writers).anyMatch(Thread::isAlive)) {
        for (Thread writer : writers) {
          writer.interrupt();
        }
        Thread.onSpinWait();
      }
      assertArrayEquals(new Throwable[writers.length], failures);
    }
    byte[] result = new byte[SIZE];
    for (int i = 0; i < 4; i++) {
      Arrays.fill(result, i * 10_000, (i + 1) * 10_000, (byte) (i + 49));
    }
    assertArrayEquals(result, Files.readAllBytes(container));
  }
}
