package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spools keep what comes, in memory and then on disk, and leave nothing behind. */
class SpoolTest {

  private static final int BUDGET = 64 << 10;

  private final Random random = new Random(Seeds.of("SpoolTest"));
  @TempDir private Path folder;

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  @AfterEach
  void nothingIsLeftBehind() throws IOException {
    assertEquals(List.of(), files());
  }

  private byte[] fill(Spool spool, int length) throws IOException {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    for (int done = 0; done < length; ) {
      int count = Math.min(length - done, 1 + random.nextInt(20_000));
      spool.append(bytes, done, count);
      done += count;
    }
    return bytes;
  }

  private void check(byte[] expected, Spool spool) throws IOException {
    assertEquals(expected.length, spool.size());
    for (int i = 0; i < 200; i++) {
      int from = random.nextInt(expected.length);
      byte[] part = new byte[random.nextInt(expected.length - from)];
      spool.read(from, part, 0, part.length);
      assertArrayEquals(Arrays.copyOfRange(expected, from, from + part.length), part);
    }
    BlockDevice device = spool.device();
    byte[] all = new byte[expected.length];
    device.read(0, all, 0, all.length);
    assertArrayEquals(expected, all);
  }

  @Test
  void whatFitsIntoTheBudgetStaysInMemory() throws IOException {
    try (SpoolSpace space = new SpoolSpace(BUDGET, Long.MAX_VALUE, folder)) {
      try (Spool spool = space.spool()) {
        check(fill(spool, BUDGET), spool);
        assertEquals(BUDGET, space.inMemory());
        assertEquals(List.of(), files());
      }
      assertEquals(0, space.inMemory());
    }
  }

  @Test
  void whatDoesNotGoesIntoAFileThatHasNoNameWhereTheHostCan() throws IOException {
    try (SpoolSpace space = new SpoolSpace(BUDGET, Long.MAX_VALUE, folder);
        Spool spool = space.spool()) {
      check(fill(spool, 1 << 20), spool);
      assertEquals(0, space.inMemory());
      assertEquals(isPosix() ? 0 : 1, files().size());
    }
  }

  private boolean isPosix() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  @Test
  void theFileIsOneOfNoiseThatIsItsOwnersAlone() throws IOException {
    Path handles = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(handles), "only Linux leads to a file without a name");
    try (SpoolSpace space = new SpoolSpace(BUDGET, Long.MAX_VALUE, folder);
        Spool spool = space.spool()) {
      byte[] zeros = new byte[1 << 20];
      spool.append(zeros, 0, zeros.length);
      check(zeros, spool);
      Path file = spoolAmong(handles);
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      byte[] stored = Files.readAllBytes(file);
      int same = 0;
      for (int i = 0; i < zeros.length / 2; i++) {
        same += stored[i] == 0 ? 1 : 0;
      }
      // A byte of noise is zero once in 256.
      assertTrue(same < zeros.length / 2 / 128, "zeros: " + same);
    }
  }

  /** Returns the open file that was in the folder. */
  private Path spoolAmong(Path handles) throws IOException {
    try (Stream<Path> open = Files.list(handles)) {
      return open.filter(Files::isSymbolicLink).filter(this::wasInFolder).findFirst().orElseThrow();
    }
  }

  private boolean wasInFolder(Path handle) {
    try {
      return Files.readSymbolicLink(handle).startsWith(folder.toRealPath());
    } catch (IOException e) {
      return false; // The handle of the list itself is closed by now.
    }
  }

  @Test
  void bytesAreTheSameInMemoryAndOnDisk() throws IOException {
    try (SpoolSpace space = new SpoolSpace(BUDGET, Long.MAX_VALUE, folder)) {
      for (int length : List.of(1, 4096, 65_536, 65_537, 200_001, 5_000_000)) {
        try (Spool spool = space.spool()) {
          check(fill(spool, length), spool);
        }
      }
    }
  }

  @Test
  void spoolsShareTheBudgetAndTheSpaceClosesThemAll() throws IOException {
    Spool first;
    Spool second;
    try (SpoolSpace space = new SpoolSpace(BUDGET, Long.MAX_VALUE, folder)) {
      first = space.spool();
      second = space.spool();
      byte[] one = fill(first, BUDGET);
      byte[] other = fill(second, BUDGET);
      assertEquals(BUDGET, space.inMemory());
      check(one, first);
      check(other, second);
    }
    for (Spool spool : List.of(first, second)) {
      assertThrows(IOException.class, () -> spool.read(0, new byte[1], 0, 1));
      assertThrows(IOException.class, () -> spool.append(new byte[1], 0, 1));
    }
  }

  @Test
  void moreThanMayBeOnDiskIsRefused() throws IOException {
    try (SpoolSpace space = new SpoolSpace(BUDGET, 1 << 20, folder);
        Spool spool = space.spool()) {
      FileSystemException e = assertThrows(FileSystemException.class, () -> fill(spool, 4 << 20));
      assertTrue(e.getReason().contains("more than 1048576 bytes"), e::getReason);
    }
  }

  @Test
  void anInterruptLosesNothing() throws IOException {
    try (SpoolSpace space = new SpoolSpace(0, Long.MAX_VALUE, folder);
        Spool spool = space.spool()) {
      Thread.currentThread().interrupt();
      byte[] bytes = fill(spool, 300_000);
      check(bytes, spool);
      assertTrue(Thread.interrupted());
      assertFalse(Thread.currentThread().isInterrupted());
    }
  }

  @Test
  void interruptsInTheMidstOfCallsLoseNothing() throws Exception {
    try (SpoolSpace space = new SpoolSpace(0, Long.MAX_VALUE, folder);
        Spool spool = space.spool()) {
      Thread caller = Thread.currentThread();
      AtomicBoolean done = new AtomicBoolean();
      Thread nuisance =
          new Thread(
              () -> {
                while (!done.get()) {
                  caller.interrupt();
                  Thread.onSpinWait();
                }
              });
      nuisance.start();
      try {
        check(fill(spool, 2_000_000), spool);
      } finally {
        done.set(true);
        while (nuisance.isAlive()) {
          Thread.onSpinWait();
        }
        assertTrue(Thread.interrupted());
      }
    }
  }
}
