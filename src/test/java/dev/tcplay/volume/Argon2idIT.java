package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Argon2id fills up to a GiB, so these tests have a JVM of their own. */
class Argon2idIT {

  @TestFactory
  Stream<DynamicTest> genuineVolumesOpen() {
    return GenuineVolumes.trueCryptTable().stream()
        .filter(row -> row.get("prf").equals("argon2id"))
        .map(row -> dynamicTest(row.get("image"), () -> GenuineVolumesTest.check(row)));
  }

  @Test
  void aSmallHeapLeavesItOutOfABlindTrialAndSaysSo() throws Exception {
    assertEquals(
        "wrong password, PIM or keyfiles, or not a volume (tried VeraCrypt with sha512, sha256,"
            + " blake2s, whirlpool, ripemd160, streebog on the normal header;"
            + " not tried: Argon2id needs N MiB of heap, N MiB are free); the file looks like a"
            + " blank disk; no backup header opens either",
        inSmallHeap("blind"));
  }

  @Test
  void askedForByNameASmallHeapIsAnErrorThatStatesTheNeed() throws Exception {
    assertEquals("Argon2id needs N MiB of heap, N MiB are free", inSmallHeap("argon2id"));
  }

  @Test
  void volumesAreMadeAndOpenedAtOnceInAHeapThatHoldsOneComputation() throws Exception {
    assertEquals("opened opened", ChildJvm.main(List.of("-Xmx192m"), AtOnce.class).trim());
  }

  private static String inSmallHeap(String hash) throws Exception {
    String output = ChildJvm.main(List.of("-Xmx96m"), SmallHeap.class, hash);
    return output.trim().replaceAll("\\d+ MiB", "N MiB");
  }

  /** Run in a JVM with little heap: tries to open zeros, and prints why it cannot. */
  static final class SmallHeap {

    private SmallHeap() {}

    public static void main(String[] arguments) throws IOException {
      UnlockRequest.Builder builder =
          UnlockRequest.builder().password(new byte[] {1}).pim(3).hidden(false);
      if (!arguments[0].equals("blind")) {
        builder.hash(arguments[0]);
      }
      try (BlockDevice host = new MemoryDevice(1 << 20);
          UnlockRequest request = builder.build()) {
        Unlocker.open(host, "zeros", request);
      } catch (FileSystemException e) {
        System.out.println(e.getReason());
      }
    }
  }

  /** Two threads make a volume each and open it, three computations of 96 MiB for each of them. */
  static final class AtOnce {

    private AtOnce() {}

    public static void main(String[] arguments) throws Exception {
      Path folder = Files.createTempDirectory("volumes");
      Callable<String> first = () -> makeAndOpen(folder.resolve("first"));
      Callable<String> second = () -> makeAndOpen(folder.resolve("second"));
      ExecutorService threads = Executors.newFixedThreadPool(2);
      List<Future<String>> ends = threads.invokeAll(List.of(first, second));
      threads.shutdown();
      Files.delete(folder);
      System.out.println(ends.get(0).get() + " " + ends.get(1).get());
    }

    private static String makeAndOpen(Path file) throws IOException {
      byte[] password = {1};
      VolumeBuilder builder = new VolumeBuilder();
      builder.password(password).pim(2).hash("argon2id").create(file);
      try (BlockDevice host = FileDevice.open(file, HostOpen.reading());
          UnlockRequest request =
              UnlockRequest.builder().password(password).pim(2).hash("argon2id").build()) {
        Unlocker.open(host, "host", request).plaintext().close();
        return "opened";
      } finally {
        Files.delete(file);
      }
    }
  }
}
