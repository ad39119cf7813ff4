package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.testing.KernelLocks;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
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
import org.junit.jupiter.api.Test;

/** Locks that this process dropped come back, and nobody comes in meanwhile. */
class HostLockRenewalTest extends DroppedLocks {

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
    file.lock().change(HostLock.Kind.EXCLUSIVE);
    file.close();
    file.lock().keepLock();
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
                  LocksNow.keepAll();
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
