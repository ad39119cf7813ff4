package dev.tcplay.testing;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What Linux says of this process's locks of a file, as nobody else can tell. */
public final class KernelLocks {

  private static final Path TABLE = Path.of("/proc/locks");
  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(60);

  private KernelLocks() {}

  /** Skips the test where there is no such table. */
  public static void require() {
    assumeTrue(Files.isReadable(TABLE), "no " + TABLE);
  }

  /** Counts the locks that this process has of a file: ranges that touch count as one. */
  public static long count(Path file) throws IOException {
    String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
    String process = " " + ProcessHandle.current().pid() + " ";
    return Files.readAllLines(TABLE).stream()
        .filter(line -> line.contains(inode) && line.contains(process))
        .count();
  }

  /** Waits until this process has a lock of a file. */
  public static void await(Path file) throws IOException {
    long start = System.nanoTime();
    while (count(file) == 0) {
      assertTrue(System.nanoTime() - start < LONGEST_WAIT, "the lock never came back");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }
}
