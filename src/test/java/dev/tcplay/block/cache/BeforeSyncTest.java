package dev.tcplay.block.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.FlakeyDevice;
import dev.tcplay.block.FlakeyDevice.Fault;
import dev.tcplay.block.FlakeyDevice.Operation;
import dev.tcplay.block.GuardDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A cache asks for what belongs to a commit before it commits. */
class BeforeSyncTest extends CachedMebibyte {

  @Test
  void asksForWhatBelongsToACommitInTheBackground() throws Exception {
    MemoryDevice host = new MemoryDevice(SIZE);
    CountDownLatch flushed = new CountDownLatch(1);
    BlockDevice lower =
        new FlakeyDevice(
            host,
            (number, operation, position, length) -> {
              if (operation == Operation.FLUSH) {
                flushed.countDown();
              }
              return Fault.NONE;
            });
    BlockDevice cache = new CachedDevice(lower, SIZE, Duration.ofMillis(1));
    try (BlockDevice device = new GuardDevice(cache, SIZE - 512, 512, refusal -> {})) {
      AtomicInteger asked = new AtomicInteger();
      device.beforeSync(
          () -> {
            if (asked.getAndIncrement() == 0) {
              WriteBatch batch = new WriteBatch().write(Group.FIRST, 1024, ones(32), 0, 32);
              try {
                device.submit(batch);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          });
      device.write(0, ones(1), 0, 1);
      assertTrue(flushed.await(30, TimeUnit.SECONDS));
      byte[] read = new byte[32];
      host.read(1024, read, 0, 32);
      assertArrayEquals(ones(32), read);
    }
  }

  @Test
  void asksAgainThoughItsAskingFailed() throws Exception {
    CountDownLatch asked = new CountDownLatch(2);
    try (BlockDevice device =
        new CachedDevice(new MemoryDevice(SIZE), SIZE, Duration.ofMillis(1))) {
      device.beforeSync(
          () -> {
            asked.countDown();
            throw new IllegalStateException("refused");
          });
      for (int i = 0; i < 30_000 && !asked.await(1, TimeUnit.MILLISECONDS); i++) {
        device.write(i, ones(1), 0, 1);
      }
      assertEquals(0, asked.getCount());
    }
  }

  @Test
  void asksThoughAnotherCommitCameFirst() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (BlockDevice device =
        new CachedDevice(new MemoryDevice(SIZE), SIZE, Duration.ofMillis(1))) {
      device.beforeSync(asked::countDown);
      device.write(0, ones(1), 0, 1);
      device.flush();
      assertTrue(asked.await(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void closesWhileItAsks() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    CompletableFuture<IOException> refusal = new CompletableFuture<>();
    BlockDevice device = new CachedDevice(new MemoryDevice(SIZE), SIZE, Duration.ofMillis(1));
    device.beforeSync(
        () -> {
          asked.countDown();
          try {
            closed.await();
            device.write(0, ones(1), 0, 1);
          } catch (IOException e) {
            refusal.complete(e);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    device.write(0, ones(1), 0, 1);
    assertTrue(asked.await(30, TimeUnit.SECONDS));
    device.close();
    closed.countDown();
    assertInstanceOf(ClosedChannelException.class, refusal.get(30, TimeUnit.SECONDS));
  }
}
