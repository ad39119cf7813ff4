package dev.tcplay.nio;

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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that uses a container while memory is scarce, for {@link ScarceMemoryTest}: it takes
 * all memory itself, again and again. A journal says what was done without an exception, in records
 * of 32 bytes.
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
  private static final int SESSIONS = 10;
  private static final int STEPS = 60;
  private static final int THREADS = 2;
  private static final int STACK = 1 << 18;
  private static final int MOST_KEPT = 1 << 16;

  private final FileChannel journal;

  /** Outside of the heap, so that writing it needs no memory. */
  private final ByteBuffer entry = ByteBuffer.allocateDirect(32);

  private final Object[] kept = new Object[MOST_KEPT];
  private int keptCount;
  private volatile boolean scarce;
  private volatile boolean holding;
  private volatile boolean done;

  private ScarceMemory(FileChannel journal) {
    this.journal = journal;
  }

  /**
   * Runs the program.
   *
   * @param arguments the container, the journal, the seed, and heap or direct
   */
  public static void main(String[] arguments) throws Exception {
    Random random = new Random(Long.parseLong(arguments[2]));
    try (FileChannel journal =
        FileChannel.open(
            Path.of(arguments[1]), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      new ScarceMemory(journal).run(Path.of(arguments[0]), arguments[3], random);
    }
  }

  private void run(Path container, String kind, Random random) throws Exception {
    Random hoards = new Random(random.nextLong());
    Thread hoarder = new Thread(() -> hoard(kind.equals("direct"), hoards), "hoarder");
    hoarder.setDaemon(true);
    hoarder.start();
    session(container, kind, random, WARM_UP);
    // A lack of direct memory takes the JDK half a second to tell.
    int sessions = kind.equals("direct") ? 1 : SESSIONS;
    for (int i = 0; i < sessions; i++) {
      session(container, kind, random, 0);
    }
    done = true;
    hoarder.join();
  }

  private void session(Path container, String kind, Random random, int warmUp) throws Exception {
    FileSystem volume = FileSystems.newFileSystem(container, ENV);
    CountDownLatch started = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int first = i;
      Random ours = new Random(random.nextLong());
      Runnable use =
          () -> {
            awaitQuietly(started);
            use(volume, first, ours, kind, warmUp);
          };
      Thread thread = new Thread(null, use, "user", STACK);
      threads.add(thread);
      thread.start();
    }
    started.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    if (random.nextBoolean()) {
      release();
    }
    long end = FAILED;
    try {
      volume.close();
      end = ENDED;
    } catch (IOException | RuntimeException | Error e) {
      // It says that something went wrong.
    }
    release();
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

  /** Returns once there is memory again. */
  private void release() throws InterruptedException {
    scarce = false;
    while (holding) {
      Thread.sleep(1);
    }
  }

  /** Takes all memory, and gives a little of it back, again and again. */
  private void hoard(boolean direct, Random random) {
    while (!done) {
      try {
        holding = true;
        if (scarce) {
          take(direct, random);
        }
        Thread.sleep(1 + random.nextInt(5));
      } catch (InterruptedException | Error e) {
        // That is what we are here for.
      }
      while (keptCount > 0 && (random.nextInt(200) != 0 || !scarce)) {
        kept[--keptCount] = null;
      }
      holding = keptCount > 0;
      LockSupport.parkNanos(1_000_000);
    }
    Arrays.fill(kept, null);
  }

  private void take(boolean direct, Random random) {
    int smallest = direct ? 1 << 16 : 16 << random.nextInt(10);
    for (int size = 1 << 20; size >= smallest; size /= 8) {
      try {
        while (keptCount < MOST_KEPT) {
          kept[keptCount] = direct ? ByteBuffer.allocateDirect(size) : new byte[size];
          keptCount++;
        }
      } catch (OutOfMemoryError e) {
        // Now less.
      }
    }
  }

  private void use(FileSystem volume, int first, Random random, String kind, int warmUp) {
    int steps = kind.equals("direct") ? STEPS / 5 : STEPS;
    for (int i = 0; i < warmUp + steps && !volume.isReadOnly(); i++) {
      if (i == warmUp) {
        scarce = true;
      }
      try {
        step(volume, first, random);
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

  private void step(FileSystem volume, int first, Random random) throws IOException {
    int number = number(first, random);
    Path path = volume.getPath(path(number));
    switch (random.nextInt(6)) {
      case 0 -> {
        write(CHANGES, number, 0, 0);
        Files.deleteIfExists(path);
      }
      case 1 -> {
        int other = number(first, random);
        write(CHANGES, number, 0, 0);
        write(CHANGES, other, 0, 0);
        Files.move(path, volume.getPath(path(other)), StandardCopyOption.REPLACE_EXISTING);
      }
      case 2 -> Files.readAttributes(path, "*");
      default -> put(path, number, random);
    }
  }

  private void put(Path path, int number, Random random) throws IOException {
    long seed = random.nextLong();
    int length = random.nextInt(random.nextInt(6) == 0 ? 200_000 : 9000);
    boolean force = random.nextBoolean();
    byte[] bytes = contents(seed, length);
    write(CHANGES, number, 0, 0);
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
    write(force ? FORCED : CLOSED, number, seed, length);
  }

  static byte[] contents(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
