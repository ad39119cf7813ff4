package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.testing.KernelLocks;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On POSIX systems whoever closes a descriptor of a file drops the process's locks of it. The other
 * process is a real one.
 */
class HostLockRenewalTest {

  private static final int SIZE = 10_000;

  @TempDir Path folder;

  private Path host;

  @BeforeEach
  void makeHost() throws IOException {
    host = Files.write(folder.resolve("host"), new byte[SIZE]);
  }

  /** Has this process lose its locks, as any program may without knowing. */
  private void dropLocks() throws IOException {
    assertEquals(SIZE, Files.readAllBytes(host).length);
  }

  /** Drops the locks and has the other process come in before they are renewed. */
  private void letIn(OtherProcess other) throws IOException {
    do {
      dropLocks();
    } while (!other.write().equals(OtherProcess.DONE));
  }

  private static void put(BlockDevice device, int value) throws IOException {
    device.write(0, new byte[] {(byte) value}, 0, 1);
  }

  private static int get(BlockDevice device) throws IOException {
    byte[] one = new byte[1];
    device.read(0, one, 0, 1);
    return one[0];
  }

  private static FileSystemException lost(BlockDevice device) {
    return assertThrows(FileSystemException.class, device::flush);
  }

  @Test
  void aDroppedLockComesBackByItself() throws Exception {
    KernelLocks.require();
    try (OtherProcess other = new OtherProcess(host)) {
      try (BlockDevice writer = FileDevice.open(host, HostOpen.writing())) {
        dropLocks();
        KernelLocks.await(host);
        assertEquals(OtherProcess.IN_USE, other.read());
        put(writer, 1);
      }
      assertEquals(OtherProcess.DONE, other.write());
    }
  }

  /** As when the timer has come to a file that is closed at that moment. */
  @Test
  void aFileThatIsClosedIsNotLockedAnew() throws IOException {
    HostFile file = HostFile.open(host, false, key());
    file.lock(HostFile.Lock.EXCLUSIVE);
    file.close();
    file.keepLock();
    FileDevice.open(host, HostOpen.writing()).close();
  }

  private Object key() throws IOException {
    return Files.readAttributes(host, BasicFileAttributes.class).fileKey();
  }

  @Test
  void aDroppedLockComesBackWhateverTheSyncInterval() throws Exception {
    KernelLocks.require();
    try (OtherProcess other = new OtherProcess(host);
        BlockDevice writer =
            new CachedDevice(FileDevice.open(host, HostOpen.writing()), 1 << 20, Duration.ZERO)) {
      put(writer, 1);
      dropLocks();
      KernelLocks.await(host);
      assertEquals(OtherProcess.IN_USE, other.write());
    }
  }

  @Test
  void aDroppedLockOfReadersComesBack() throws Exception {
    KernelLocks.require();
    try (OtherProcess other = new OtherProcess(host);
        BlockDevice first = FileDevice.open(host, HostOpen.reading());
        BlockDevice second = FileDevice.open(host, HostOpen.reading())) {
      dropLocks();
      KernelLocks.await(host);
      assertEquals(OtherProcess.IN_USE, other.write());
      assertEquals(OtherProcess.DONE, other.read());
      first.read(0, new byte[1], 0, 1);
      second.read(0, new byte[1], 0, 1);
    }
  }

  @Test
  void aDroppedLockIsTakenAgainBeforeACommit() throws Exception {
    try (OtherProcess other = new OtherProcess(host);
        BlockDevice writer = FileDevice.open(host, HostOpen.writing())) {
      put(writer, 1);
      writer.flush();
      dropLocks();
      put(writer, 2);
      assertEquals(OtherProcess.IN_USE, other.write());
    }
  }

  @Test
  void aDroppedLockIsTakenAgainWhenSomebodyElseIsRefused() throws Exception {
    try (OtherProcess other = new OtherProcess(host);
        BlockDevice writer = FileDevice.open(host, HostOpen.writing())) {
      dropLocks();
      assertThrows(HostInUseException.class, () -> FileDevice.open(host, HostOpen.writing()));
      assertEquals(OtherProcess.IN_USE, other.write());
      put(writer, 1);
    }
  }

  @Test
  void whoeverCameInMeanwhileKeepsWhatItWrites() throws Exception {
    try (OtherProcess other = new OtherProcess(host)) {
      BlockDevice writer =
          new CachedDevice(FileDevice.open(host, HostOpen.writing()), 1 << 20, Duration.ZERO);
      put(writer, 1);
      letIn(other);
      assertEquals(OtherProcess.DONE, other.put(7));
      lost(writer);
      assertEquals(OtherProcess.DONE, other.put(8));
      // No later write is taken, not even into memory, and reading goes on.
      assertThrows(FileSystemException.class, () -> put(writer, 2));
      writer.read(0, new byte[1], 0, 1);
      assertThrows(FileSystemException.class, writer::close);
      assertEquals(OtherProcess.DONE, other.put(9));
      assertEquals(OtherProcess.DONE, other.leave());
    }
    assertEquals(9, Files.readAllBytes(host)[0]);
  }

  @Test
  void whoeverCameInAndLeftKeepsWhatItWrote() throws Exception {
    try (OtherProcess other = new OtherProcess(host)) {
      BlockDevice writer = FileDevice.open(host, HostOpen.writing());
      put(writer, 1);
      writer.flush();
      letIn(other);
      assertEquals(OtherProcess.DONE, other.put(7));
      assertEquals(OtherProcess.DONE, other.leave());
      assertThrows(FileSystemException.class, () -> put(writer, 2));
      lost(writer);
      assertThrows(FileSystemException.class, writer::close);
    }
    assertEquals(7, Files.readAllBytes(host)[0]);
  }

  @Test
  void aWriteWithoutForceIsToldFromThatOfSomebodyElse() throws Exception {
    try (OtherProcess other = new OtherProcess(host)) {
      BlockDevice writer = FileDevice.open(host, HostOpen.writing());
      put(writer, 1);
      letIn(other);
      assertEquals(OtherProcess.DONE, other.put(7));
      assertEquals(OtherProcess.DONE, other.leave());
      lost(writer);
      assertThrows(FileSystemException.class, writer::close);
    }
    assertEquals(7, Files.readAllBytes(host)[0]);
  }

  @Test
  void readersReadNoMoreOnceAWriterHasComeIn() throws Exception {
    try (OtherProcess other = new OtherProcess(host)) {
      BlockDevice first = FileDevice.open(host, HostOpen.reading());
      BlockDevice second = FileDevice.open(host, HostOpen.reading());
      BlockDevice unlocked = FileDevice.open(host, HostOpen.reading().unlocked());
      letIn(other);
      LockKeeper.keepAll();
      for (BlockDevice reader : List.of(first, second)) {
        FileSystemException refused = assertThrows(FileSystemException.class, () -> get(reader));
        assertTrue(refused.getReason().contains("opened the container for writing"));
      }
      assertEquals(0, get(unlocked));
      assertThrows(HostInUseException.class, () -> FileDevice.open(host, HostOpen.reading()));
      assertEquals(OtherProcess.DONE, other.put(7));
      assertEquals(OtherProcess.DONE, other.leave());
      // For who reads from now on all is well.
      try (BlockDevice third = FileDevice.open(host, HostOpen.reading())) {
        assertEquals(7, get(third));
        assertEquals(OtherProcess.IN_USE, other.write());
        assertThrows(FileSystemException.class, () -> get(first));
        assertThrows(FileSystemException.class, first::close);
        assertEquals(OtherProcess.IN_USE, other.write());
        assertEquals(7, get(third));
      }
      assertThrows(FileSystemException.class, second::close);
      unlocked.close();
    }
    assertEquals(7, Files.readAllBytes(host)[0]);
  }

  @Test
  void aReaderReadsNoMoreOnceAWriterHasComeInAndAnInterruptHasClosedItsChannel() throws Exception {
    try (OtherProcess other = new OtherProcess(host)) {
      BlockDevice reader = FileDevice.open(host, HostOpen.reading());
      letIn(other);
      assertThrows(FileSystemException.class, () -> readAndBeInterrupted(reader));
      assertEquals(OtherProcess.DONE, other.leave());
      FileSystemException refused = assertThrows(FileSystemException.class, () -> get(reader));
      assertTrue(refused.getReason().contains("opened the container for writing"));
      assertThrows(FileSystemException.class, reader::close);
    }
  }

  /** Has the JDK close the channel, and so drop the lock, when an interrupt comes during a read. */
  private static void readAndBeInterrupted(BlockDevice device) throws Exception {
    Thread reader = Thread.currentThread();
    AtomicBoolean done = new AtomicBoolean();
    Thread interrupter =
        new Thread(
            () -> {
              while (!done.get()) {
                reader.interrupt();
                Thread.onSpinWait();
              }
            });
    byte[] bytes = new byte[SIZE];
    interrupter.start();
    try {
      while (true) {
        device.read(0, bytes, 0, SIZE);
      }
    } finally {
      done.set(true);
      while (interrupter.isAlive()) {
        Thread.onSpinWait();
      }
      Thread.interrupted();
    }
  }

  @Test
  void aReaderIsToldWhenItIsClosedThatAWriterCameInAndLeft() throws Exception {
    try (OtherProcess other = new OtherProcess(host)) {
      BlockDevice reader = FileDevice.open(host, HostOpen.reading());
      letIn(other);
      assertEquals(OtherProcess.DONE, other.put(7));
      assertEquals(OtherProcess.DONE, other.leave());
      FileSystemException late = assertThrows(FileSystemException.class, reader::close);
      // That it has opened the container, if the lock was kept while it was there.
      assertTrue(late.getReason().startsWith("another program has"), late.getReason());
    }
  }

  @Test
  void aReaderIsNotDisturbedByNewLinksAndPermissionsNorByAWriterBesideIt() throws Exception {
    try (BlockDevice reader = FileDevice.open(host, HostOpen.reading());
        BlockDevice reckless = FileDevice.open(host, HostOpen.writing().unlocked())) {
      Files.createLink(folder.resolve("link"), host);
      LockKeeper.keepAll();
      assertEquals(0, get(reader));
      put(reckless, 3);
      LockKeeper.keepAll();
      assertEquals(3, get(reader));
    }
  }

  @Test
  void nobodyComesInWhileALockIsRenewed() throws Exception {
    int attempts = 2_000;
    try (OtherProcess other = new OtherProcess(host);
        FileDevice writer = FileDevice.open(host, HostOpen.writing())) {
      other.begin("try " + attempts);
      Future<String> refused;
      ExecutorService waiter = Executors.newSingleThreadExecutor();
      try {
        refused = waiter.submit(other::answer);
        int renewals = 0;
        while (!refused.isDone()) {
          put(writer, renewals++);
          writer.flush();
        }
        assertEquals(Integer.toString(attempts), refused.get());
      } finally {
        waiter.shutdown();
      }
    }
  }

  @Test
  void earlierReleasesAreKeptOutAndKeepOut() throws Exception {
    try (OtherProcess other = new OtherProcess(host)) {
      try (BlockDevice writer = FileDevice.open(host, HostOpen.writing())) {
        for (int i = 0; i < 3; i++) {
          assertEquals(OtherProcess.IN_USE, other.lockAsEarlier());
          put(writer, i);
          writer.flush();
        }
      }
      assertEquals(OtherProcess.DONE, other.leave());
      assertEquals(OtherProcess.DONE, other.lockAsEarlier());
      assertThrows(HostInUseException.class, () -> FileDevice.open(host, HostOpen.reading()));
    }
  }

  @Test
  void whoKeepsTheLockWhileTheFileIsClosedDoesNotOpenItAgain() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService keeper = Executors.newSingleThreadExecutor();
    try {
      Future<?> kept =
          keeper.submit(
              () -> {
                while (!done.get()) {
                  LockKeeper.keepAll();
                }
              });
      for (int i = 0; i < 1000; i++) {
        FileDevice.open(host, HostOpen.writing()).close();
      }
      done.set(true);
      kept.get();
    } finally {
      done.set(true);
      keeper.shutdown();
    }
    try (OtherProcess other = new OtherProcess(host)) {
      assertEquals(OtherProcess.DONE, other.write());
    }
  }

  @Test
  void nothingOfOurOwnIsTakenForSomebodyElses() throws Exception {
    Random seeds = new Random(Seeds.of("nothingOfOurOwnIsTakenForSomebodyElses"));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (BlockDevice reckless = FileDevice.open(host, HostOpen.writing().unlocked());
        BlockDevice writer = FileDevice.open(host, HostOpen.writing())) {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        Random random = new Random(seeds.nextLong());
        work.add(() -> change(writer, reckless, random));
      }
      for (Future<Integer> done : threads.invokeAll(work)) {
        assertEquals(500, done.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  private int change(BlockDevice writer, BlockDevice reckless, Random random) throws IOException {
    int done = 0;
    for (; done < 500; done++) {
      int length = 1 + random.nextInt(SIZE);
      byte[] bytes = new byte[length];
      switch (random.nextInt(6)) {
        case 0 -> writer.flush();
        case 1 -> reckless.write(SIZE - length, bytes, 0, length);
        case 2 -> writer.read(0, bytes, 0, length);
        case 3 -> dropLocks();
        default -> writer.write(0, bytes, 0, length);
      }
    }
    return done;
  }
}
