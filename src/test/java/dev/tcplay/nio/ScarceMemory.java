package dev.tcplay.nio;

import dev.tcplay.testing.ScarceStack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * A program that uses a container while memory is scarce, for {@link ScarceMemoryTest}: it takes
 * all memory itself, again and again, or works near the ends of its stacks. A journal says what was
 * done without an exception, in records of 32 bytes.
 */
final class ScarceMemory {

  static final Map<String, ?> ENV =
      Map.of("password", FatImages.PASSWORD, "pim", 1, "hash", "sha512", "cacheSize", 1L << 19);

  static final int PATHS = 24;

  /** What a record says of a path: it is about to change, was closed, was closed after a force. */
  static final long CHANGES = 1;

  static final long CLOSED = 2;
  static final long FORCED = 3;

  /** The container was closed without an exception. */
  static final long ENDED = 4;

  /** Closing it said that something was lost. */
  static final long FAILED = 5;

  private static final int WARM_UP = 150;
  private static final int STEPS = 60;
  private static final int THREADS = 2;
  private static final int MOST_CALLS_LEFT = 400;
  private static final int LEAST_STACK = 1 << 18;

  private final FileChannel journal;

  /** Outside of the heap, so that writing it needs no memory. */
  private final ByteBuffer entry = ByteBuffer.allocateDirect(32);

  private final String kind;
  private final Hoard hoard;
  private final int sessions;

  private ScarceMemory(FileChannel journal, String kind, Random random, int sessions) {
    this.journal = journal;
    this.kind = kind;
    this.hoard = new Hoard(kind.equals("direct"), new Random(random.nextLong()));
    this.sessions = sessions;
  }

  /**
   * Runs the program.
   *
   * @param arguments the container, the journal, the seed, heap, direct or stack, and how many
   *     sessions there are after the first
   */
  public static void main(String[] arguments) throws Exception {
    Random random = new Random(Long.parseLong(arguments[2]));
    try (FileChannel journal =
        FileChannel.open(
            Path.of(arguments[1]), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      new ScarceMemory(journal, arguments[3], random, Integer.parseInt(arguments[4]))
          .run(Path.of(arguments[0]), random);
    }
  }

  private void run(Path container, Random random) throws Exception {
    if (!kind.equals("stack")) {
      hoard.start();
    }
    session(container, random, WARM_UP);
    for (int i = 0; i < sessions; i++) {
      session(container, random, 0);
    }
    hoard.end();
  }

  private void session(Path container, Random random, int warmUp) throws Exception {
    FileSystem volume = FileSystems.newFileSystem(container, ENV);
    CountDownLatch started = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int first = i;
      Random ours = new Random(random.nextLong());
      Runnable use =
          () -> {
            awaitQuietly(started);
            use(volume, first, ours, warmUp);
          };
      Thread thread = new Thread(null, use, "user", LEAST_STACK << random.nextInt(3));
      threads.add(thread);
      thread.start();
    }
    started.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    if (random.nextBoolean()) {
      hoard.release();
    }
    long end = FAILED;
    try {
      volume.close();
      end = ENDED;
    } catch (IOException | RuntimeException | Error e) {
      // It says that something went wrong.
    }
    hoard.release();
    volume.close();
    write(end, 0, 0, 0);
  }

  private synchronized void write(long what, long path, long seed, long length) throws IOException {
    entry.clear();
    entry.putLong(what).putLong(path).putLong(seed).putLong(length).flip();
    while (entry.hasRemaining()) {
      journal.write(entry);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      // Nobody does.
    }
  }

  private void use(FileSystem volume, int first, Random random, int warmUp) {
    ScarceStack.Runner shallow = ScarceStack.Action::run;
    ScarceStack.Runner deep =
        kind.equals("stack") ? new ScarceStack(random, MOST_CALLS_LEFT)::run : shallow;
    for (int i = 0; i < warmUp + STEPS && !volume.isReadOnly(); i++) {
      if (i == warmUp) {
        hoard.take();
      }
      try {
        step(volume, first, random, i < warmUp ? shallow : deep);
      } catch (IOException | RuntimeException | Error e) {
        // The journal says so by having no more of it.
      }
    }
  }

  static String path(long number) {
    return "/" + (number % 4 < 2 ? "a long name " : "F") + number;
  }

  private int number(int first, Random random) {
    return first + THREADS * random.nextInt(PATHS / THREADS);
  }

  private void step(FileSystem volume, int first, Random random, ScarceStack.Runner runner)
      throws IOException {
    int number = number(first, random);
    Path path = volume.getPath(path(number));
    switch (random.nextInt(6)) {
      case 0 -> {
        write(CHANGES, number, 0, 0);
        runner.run(() -> Files.deleteIfExists(path));
      }
      case 1 -> {
        int other = number(first, random);
        Path target = volume.getPath(path(other));
        write(CHANGES, number, 0, 0);
        write(CHANGES, other, 0, 0);
        runner.run(() -> Files.move(path, target, StandardCopyOption.REPLACE_EXISTING));
      }
      case 2 -> runner.run(() -> Files.readAttributes(path, "*"));
      default -> put(path, number, random, runner);
    }
  }

  private void put(Path path, int number, Random random, ScarceStack.Runner runner)
      throws IOException {
    long seed = random.nextLong();
    int length = random.nextInt(random.nextInt(6) == 0 ? 200_000 : 9000);
    boolean force = random.nextBoolean();
    byte[] bytes = contents(seed, length);
    write(CHANGES, number, 0, 0);
    runner.run(() -> put(path, bytes, force));
    write(force ? FORCED : CLOSED, number, seed, length);
  }

  private static void put(Path path, byte[] bytes, boolean force) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      if (force) {
        channel.force(true);
      }
    }
  }

  static byte[] contents(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
