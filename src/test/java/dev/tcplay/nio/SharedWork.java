package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A folder in which many threads work at once. A log has every line that was appended, whole; a
 * counter, which is changed under a lock, has counted every change; a name that is replaced all the
 * time is always there, with one writer's bytes; a name that all make and delete has one maker at a
 * time.
 */
final class SharedWork {

  private static final int LINE = 24;
  private static final int PIECE = 5000;

  private final Path log;
  private final Path counter;
  private final Path replaced;
  private final Path contested;
  private final AtomicLong lines = new AtomicLong();
  private final AtomicLong changes = new AtomicLong();
  private final AtomicInteger present = new AtomicInteger();

  SharedWork(Path folder) throws IOException {
    Files.createDirectory(folder);
    this.log = Files.createFile(folder.resolve("the log of all"));
    this.counter = Files.write(folder.resolve("counter"), new byte[Long.BYTES]);
    this.replaced = Files.write(folder.resolve("replaced"), new byte[PIECE]);
    this.contested = folder.resolve("contested");
  }

  /** Does something in the folder, for a thread by its number. */
  void step(int thread, Random random) throws IOException {
    switch (random.nextInt(5)) {
      case 0 -> {
        byte[] line = "%-23d\n".formatted(thread).getBytes(StandardCharsets.US_ASCII);
        Files.write(log, line, StandardOpenOption.APPEND);
        lines.incrementAndGet();
      }
      case 1 -> count();
      case 2 -> replace(thread);
      case 3 -> contest();
      default -> look();
    }
  }

  /** Adds one to the counter if nobody else is at it. */
  private void count() throws IOException {
    try (FileChannel channel =
            FileChannel.open(counter, StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertTrue(lock.isValid());
      ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
      channel.read(number, 0);
      channel.write(ByteBuffer.allocate(Long.BYTES).putLong(0, number.getLong(0) + 1), 0);
      changes.incrementAndGet();
    } catch (OverlappingFileLockException e) {
      // Another thread is.
    }
  }

  private void replace(int thread) throws IOException {
    byte[] bytes = new byte[PIECE];
    Arrays.fill(bytes, (byte) thread);
    Path fresh = replaced.resolveSibling("fresh " + thread);
    Files.write(fresh, bytes);
    Files.move(fresh, replaced, StandardCopyOption.ATOMIC_MOVE);
  }

  private void contest() throws IOException {
    try {
      Files.createFile(contested);
      assertEquals(1, present.incrementAndGet());
    } catch (FileAlreadyExistsException e) {
      return;
    }
    present.decrementAndGet();
    Files.delete(contested);
  }

  private void look() throws IOException {
    byte[] bytes = Files.readAllBytes(replaced);
    assertEquals(PIECE, bytes.length);
    for (byte each : bytes) {
      assertEquals(bytes[0], each);
    }
    assertEquals(0, Files.size(log) % LINE);
    try (Stream<Path> entries = Files.list(log.getParent())) {
      List<Path> found = entries.toList();
      assertTrue(found.contains(log) && found.contains(counter), found::toString);
    }
  }

  /** Checks what is there when all have ended. */
  void check() throws IOException {
    assertEquals(lines.get() * LINE, Files.size(log));
    assertEquals(lines.get(), Files.readAllLines(log).size());
    assertEquals(changes.get(), ByteBuffer.wrap(Files.readAllBytes(counter)).getLong());
    assertTrue(Files.notExists(contested));
  }
}
