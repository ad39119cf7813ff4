package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.NameRules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told of the outcomes of asynchronous channels, in which thread, and what at the close. */
class AsynchronousHandlersTest {

  private static final int ROUNDS = 2000;

  @TempDir Path folder;

  private final ExecutorService pool =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "the pool"));

  /** Notes in which thread it is told what. */
  private static final class Notes {

    private record Note(Thread thread, Object outcome) {}

    private final BlockingQueue<Note> notes = new LinkedBlockingQueue<>();

    private <T> CompletionHandler<T, Notes> handler() {
      return new CompletionHandler<>() {
        @Override
        public void completed(T result, Notes attachment) {
          attachment.notes.add(new Note(Thread.currentThread(), result));
        }

        @Override
        public void failed(Throwable failure, Notes attachment) {
          attachment.notes.add(new Note(Thread.currentThread(), failure.getClass()));
        }
      };
    }

    private Note next() throws InterruptedException {
      Note next = notes.poll(1, TimeUnit.MINUTES);
      assertTrue(next != null, "nobody was told");
      return next;
    }
  }

  @AfterEach
  void shutDown() {
    pool.shutdown();
  }

  private List<Path> files() throws IOException {
    Path ours = MemoryVolume.writable(NameRules.EXACT).mount().getPath("/file");
    return List.of(
        Files.write(ours, new byte[9]), Files.write(folder.resolve("file"), new byte[9]));
  }

  @Test
  void handlersRunInThePoolThatWasGiven() throws Exception {
    for (Path file : files()) {
      Notes notes = new Notes();
      AsynchronousFileChannel channel =
          AsynchronousFileChannel.open(file, Set.of(READ, WRITE), pool);
      for (int i = 0; i < ROUNDS; i++) {
        channel.read(ByteBuffer.allocate(3), i % 12, notes, notes.handler());
        channel.write(ByteBuffer.allocate(0), 0, notes, notes.handler());
        channel.lock(i, 1, true, notes, notes.handler());
      }
      for (int i = 0; i < 3 * ROUNDS; i++) {
        assertEquals("the pool", notes.next().thread().getName());
      }
      channel.close();
      channel.read(ByteBuffer.allocate(3), 0, notes, notes.handler());
      channel.write(ByteBuffer.allocate(3), 0, notes, notes.handler());
      channel.lock(0, 1, true, notes, notes.handler());
      for (int i = 0; i < 3; i++) {
        Notes.Note note = notes.next();
        assertEquals("the pool", note.thread().getName());
        assertEquals(ClosedChannelException.class, note.outcome());
      }
    }
  }

  @Test
  void aLockOfWhichNobodyIsToldIsGivenUp() throws Exception {
    pool.shutdown();
    for (Path file : files()) {
      try (AsynchronousFileChannel refused =
              AsynchronousFileChannel.open(file, Set.of(READ, WRITE), pool);
          FileChannel other = FileChannel.open(file, WRITE)) {
        assertThrows(RejectedExecutionException.class, () -> refused.lock());
        assertTrue(other.tryLock().isValid());
      }
    }
  }

  @Test
  void handlersOfChannelsWithoutAPoolNeverRunInTheCaller() throws Exception {
    for (Path file : files()) {
      Notes notes = new Notes();
      try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(file, READ)) {
        for (int i = 0; i < ROUNDS; i++) {
          channel.read(ByteBuffer.allocate(3), i % 12, notes, notes.handler());
        }
        for (int i = 0; i < ROUNDS; i++) {
          assertNotSame(Thread.currentThread(), notes.next().thread());
        }
      }
    }
  }

  @Test
  void whatIsPendingAtTheCloseFailsAsClosedMeanwhile() throws Exception {
    for (Path file : files()) {
      Notes notes = new Notes();
      CountDownLatch go = new CountDownLatch(1);
      Future<Boolean> busy = pool.submit(() -> go.await(1, TimeUnit.MINUTES));
      AsynchronousFileChannel channel =
          AsynchronousFileChannel.open(file, Set.of(READ, WRITE), pool);
      List<Future<?>> pending = new ArrayList<>();
      pending.add(channel.read(ByteBuffer.allocate(3), 0));
      pending.add(channel.write(ByteBuffer.allocate(3), 20));
      pending.add(channel.lock(0, 1, true));
      channel.read(ByteBuffer.allocate(3), 0, notes, notes.handler());
      channel.write(ByteBuffer.allocate(3), 20, notes, notes.handler());
      channel.lock(1, 1, false, notes, notes.handler());
      channel.close();
      go.countDown();
      assertTrue(busy.get());
      for (Future<?> operation : pending) {
        Throwable failure =
            assertThrows(ExecutionException.class, () -> operation.get(1, TimeUnit.MINUTES))
                .getCause();
        assertEquals(AsynchronousCloseException.class, failure.getClass());
      }
      for (int i = 0; i < 3; i++) {
        assertEquals(AsynchronousCloseException.class, notes.next().outcome());
      }
      assertEquals(9, Files.size(file));
    }
  }
}
