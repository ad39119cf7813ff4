package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Trials in several threads, and interrupts at any moment: all threads end, flags stay set. */
class UnlockThreadsTest {

  private static final int MOMENTS = 25;
  private static final long LATEST_MOMENT = TimeUnit.MILLISECONDS.toNanos(40);

  @Test
  void volumesOpenSideBySide() throws Exception {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      List<FutureTask<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        byte[] password = {(byte) i};
        Path file = memory.getPath("/volume" + i);
        FutureTask<Void> task = new FutureTask<>(() -> makeAndOpen(file, password));
        new Thread(task).start();
        tasks.add(task);
      }
      for (FutureTask<Void> task : tasks) {
        task.get(60, TimeUnit.SECONDS);
      }
    }
  }

  private static Void makeAndOpen(Path file, byte[] password) throws IOException {
    VolumeBuilder builder = new VolumeBuilder();
    builder.format(VolumeFormat.TRUECRYPT).password(password).create(file);
    try (BlockDevice host = FileDevice.open(file, HostOpen.reading())) {
      assertThrows(WrongPasswordException.class, () -> open(host, new byte[] {99}));
      OpenedVolume volume = open(host, password);
      assertEquals("sha512", volume.info().encryption().orElseThrow().prf());
      assertEquals("AES", volume.info().encryption().orElseThrow().cipher());
      volume.plaintext().close();
    }
    return null;
  }

  private static OpenedVolume open(BlockDevice host, byte[] password) throws IOException {
    try (UnlockRequest request =
        UnlockRequest.builder().password(password).format("TrueCrypt").build()) {
      return Unlocker.open(host, "host", request);
    }
  }

  @Test
  void aTrialEndsAtAnInterruptAtAnyMomentAndLeavesNoThread() throws Exception {
    try (BlockDevice zeros = new MemoryDevice(1 << 20);
        UnlockRequest blind = UnlockRequest.builder().password(new byte[] {1}).build()) {
      interruptAtAnyMoment(
          "trial",
          () -> {
            assertThrows(InterruptedIOException.class, () -> Unlocker.open(zeros, "zeros", blind));
            return null;
          });
    }
  }

  @Test
  void theMakingOfAVolumeEndsAtAnInterruptAtAnyMomentAndLeavesNothing() throws Exception {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      VolumeBuilder builder = new VolumeBuilder();
      Path folder = Files.createDirectory(memory.getPath("/volumes"));
      // Long enough that no interrupt comes too late.
      builder.password(new byte[] {1}).hash("whirlpool").pim(10_000);
      interruptAtAnyMoment(
          "making",
          () -> {
            assertThrows(
                InterruptedIOException.class, () -> builder.create(folder.resolve("volume")));
            return null;
          });
      try (Stream<Path> entries = Files.list(folder)) {
        assertEquals(List.of(), entries.toList());
      }
    }
  }

  /** Runs work again and again in a thread of its own, and interrupts it ever later. */
  private static void interruptAtAnyMoment(String name, Callable<Void> work) throws Exception {
    Random random = new Random(Seeds.of("interruptAtAnyMoment " + name));
    for (int i = 0; i < MOMENTS; i++) {
      ThreadGroup group = new ThreadGroup(name);
      CountDownLatch begun = new CountDownLatch(1);
      FutureTask<Void> task =
          new FutureTask<>(
              () -> {
                begun.countDown();
                work.call();
                assertTrue(Thread.currentThread().isInterrupted(), "the flag stays set");
                return null;
              });
      Thread caller = new Thread(group, task);
      caller.start();
      begun.await();
      long moment = System.nanoTime() + (long) (random.nextDouble() * LATEST_MOMENT);
      while (System.nanoTime() < moment) {
        Thread.onSpinWait();
      }
      caller.interrupt();
      task.get(10, TimeUnit.SECONDS);
      assertAllEnd(group);
    }
  }

  private static void assertAllEnd(ThreadGroup group) throws InterruptedException {
    Thread[] left = new Thread[100];
    int count = group.enumerate(left);
    for (int i = 0; i < count; i++) {
      left[i].join(10_000);
      assertFalse(left[i].isAlive(), left[i].getName());
    }
  }
}
