package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.TypedVolumes;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * 64 threads do everything that {@code Files} does at once, with locks and watchers, and find what
 * they wrote: each knows what its own files hold, and what all share follows rules. Afterwards, and
 * after a closing, the volume holds it, and fsck has nothing against it. The system property {@code
 * tcplay.mixed.seconds} sets for how long.
 */
class MixedWorkTest {

  private static final int THREADS = 64;
  private static final int SECONDS = Integer.getInteger("tcplay.mixed.seconds", 2);

  /** How long nobody may be stuck. */
  private static final int PATIENCE = 120;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"FAT32, fsck.fat, 100", "exFAT, fsck.exfat, 60"})
  void whatManyThreadsWroteIsThere(String type, String fsck, int mib) throws Exception {
    Random seeds = new Random(Seeds.of("whatManyThreadsWroteIsThere " + type));
    Path image =
        TypedVolumes.image(folder.resolve("volume.img"), type, (long) mib << 20).toRealPath();
    List<MixedWorker> workers = new ArrayList<>();
    try (FileSystem volume = mount(image)) {
      SharedWork shared = new SharedWork(volume.getPath("/shared"));
      for (int i = 0; i < THREADS; i++) {
        workers.add(
            new MixedWorker(volume.getPath("/own" + i), shared, i, new Random(seeds.nextLong())));
      }
      work(workers);
      shared.check();
    }
    try (FileSystem volume = mount(image)) {
      for (MixedWorker worker : workers) {
        worker.check(volume);
      }
    }
    Judge.Verdict verdict = Judge.run(fsck, "-n", image.toString());
    assertEquals(0, verdict.status(), verdict::output);
    long steps = workers.stream().mapToLong(MixedWorker::steps).sum();
    System.out.println("whatManyThreadsWroteIsThere " + type + ": " + steps + " steps");
  }

  private static FileSystem mount(Path image) throws Exception {
    return FileSystems.newFileSystem(
        URI.create("tcplay:" + image.toUri()), Map.of("format", "plain"));
  }

  private static void work(List<MixedWorker> workers) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    ExecutorService threads = Executors.newFixedThreadPool(workers.size());
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (MixedWorker worker : workers) {
        futures.add(threads.submit(() -> worker.work(end)));
      }
      for (Future<?> future : futures) {
        future.get(SECONDS + PATIENCE, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertTrue(workers.stream().allMatch(worker -> worker.steps() > 0));
  }
}
