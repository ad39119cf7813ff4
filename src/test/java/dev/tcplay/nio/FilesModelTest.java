package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.common.jimfs.PathNormalization;
import dev.tcplay.Tcplay;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.TypedVolumes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;

/**
 * Random operations through {@link Files}, by one to eight threads with the volume opened anew in
 * between, come out as in jimfs, and leave a volume that fsck has nothing against.
 *
 * <p>Each thread has a directory of its own, in which every single outcome is compared; and all
 * have one in common, in which the outcome does not depend on who comes first. The system property
 * {@code tcplay.model.sequences} sets how many sequences are tried of each type.
 */
class FilesModelTest {

  private static final int SEQUENCES = Integer.getInteger("tcplay.model.sequences", 8);
  private static final int ROUNDS = 3;
  private static final int STEPS = 60;
  private static final int RECORD = 37;

  @TempDir Path folder;
  private Path image;

  /** What is done in the directory that all threads share. */
  private static final class Shared {

    private final Path directory;
    private final int thread;
    private final Set<String> names = new TreeSet<>();
    private final List<String> records = new ArrayList<>();

    Shared(Path directory, int thread) {
      this.directory = directory;
      this.thread = thread;
    }

    void step(int number) throws IOException {
      String name = "thread %d made this as number %d".formatted(thread, number);
      switch (number % 4) {
        case 0 -> {
          Files.writeString(directory.resolve(name), name);
          names.add(name);
        }
        case 1 -> {
          String record = "%-36s\n".formatted(name);
          Files.writeString(
              directory.resolve("common"),
              record,
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND);
          records.add(record);
        }
        case 2 -> {
          String old = name.replace("number " + number, "number " + (number - 2));
          if (names.remove(old)) {
            Files.move(directory.resolve(old), directory.resolve(name));
            names.add(name);
          }
        }
        default -> {
          try (Stream<Path> entries = Files.list(directory)) {
            List<String> found = entries.map(entry -> entry.getFileName().toString()).toList();
            assertEquals(names, own(found));
          }
        }
      }
    }

    private Set<String> own(List<String> found) {
      Set<String> own = new TreeSet<>(found);
      own.removeIf(name -> !name.startsWith("thread " + thread + " "));
      return own;
    }
  }

  @ParameterizedTest
  @CsvSource({"FAT12, 6000", "FAT16, 16000", "FAT32, 40000", "exFAT, 16000"})
  void everyOutcomeIsThatOfTheModel(String type, int kib) throws Exception {
    Random seeds = new Random(Seeds.of("everyOutcomeIsThatOfTheModel " + type));
    image = folder.resolve("volume.img");
    for (int i = 0; i < SEQUENCES; i++) {
      long seed = seeds.nextLong();
      try {
        runSequence(type, kib, new Random(seed));
      } catch (TestAbortedException e) {
        throw e; // a judge is missing, which is no failure
      } catch (AssertionError | Exception e) {
        throw new AssertionError("sequence " + i + " of " + type + ", seed " + seed, e);
      }
    }
  }

  private void format(String type, int kib) throws IOException {
    Files.deleteIfExists(image);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(kib * 1024L);
    }
    try (BlockDevice device = FileDevice.open(image, HostOpen.writing())) {
      TypedVolumes.driver(type)
          .format(
              device,
              FormatOptions.DEFAULT
                  .withType(Optional.of(type))
                  .withCodePage(Charset.forName("IBM437")));
    }
  }

  private FileSystem mount(Random random) throws IOException {
    Duration interval = random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(5);
    return Tcplay.open(image)
        .format("plain")
        .zone(ZoneOffset.UTC)
        .cacheSize(random.nextBoolean() ? 0 : 4 << 20)
        .syncInterval(interval)
        .mount();
  }

  private static FileSystem model() {
    return Jimfs.newFileSystem(
        Configuration.unix().toBuilder()
            .setNameCanonicalNormalization(PathNormalization.CASE_FOLD_ASCII)
            .setPathEqualityUsesCanonicalForm(true)
            .setAttributeViews("basic", "dos")
            .build());
  }

  private void runSequence(String type, int kib, Random random) throws Exception {
    format(type, kib);
    int threads = 1 + random.nextInt(8);
    List<Random> randoms = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      randoms.add(new Random(random.nextLong()));
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (FileSystem model = model()) {
      List<PairedTrees> trees = new ArrayList<>();
      List<Set<String>> names = new ArrayList<>();
      List<String> records = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        try (FileSystem volume = mount(random)) {
          List<Shared> shared =
              work(pool, randoms, trees, names, volume, model.getPath("/"), round);
          shared.forEach(part -> records.addAll(part.records));
        }
        try (FileSystem volume = mount(random)) {
          compare(volume, model, names, records);
        }
        assertFsckIsContent(type);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static List<Shared> work(
      ExecutorService pool,
      List<Random> randoms,
      List<PairedTrees> trees,
      List<Set<String>> names,
      FileSystem volume,
      Path model,
      int round)
      throws Exception {
    Path common = volume.getPath("/common");
    Files.createDirectories(common);
    List<Shared> shared = new ArrayList<>();
    List<Future<?>> futures = new ArrayList<>();
    for (int thread = 0; thread < randoms.size(); thread++) {
      Path own = volume.getPath("/own" + thread);
      if (round == 0) {
        trees.add(
            new PairedTrees(
                Files.createDirectory(own),
                Files.createDirectory(model.resolve("own" + thread)),
                randoms.get(thread)));
        names.add(new TreeSet<>());
      } else {
        trees.set(thread, trees.get(thread).reopened(own));
      }
      Shared part = new Shared(common, thread);
      part.names.addAll(names.get(thread));
      shared.add(part);
      PairedTrees tree = trees.get(thread);
      futures.add(
          pool.submit(
              () -> {
                for (int step = 0; step < STEPS; step++) {
                  tree.step();
                  if (step % 3 == 0) {
                    part.step(round * STEPS + step / 3);
                  }
                }
                return null;
              }));
    }
    for (Future<?> future : futures) {
      future.get();
    }
    for (int thread = 0; thread < randoms.size(); thread++) {
      names.set(thread, shared.get(thread).names);
    }
    return shared;
  }

  private static void compare(
      FileSystem volume, FileSystem model, List<Set<String>> names, List<String> records)
      throws IOException {
    for (int thread = 0; thread < names.size(); thread++) {
      assertEquals(
          TreePicture.of(model.getPath("/own" + thread)),
          TreePicture.of(volume.getPath("/own" + thread)));
    }
    Set<String> expected = new TreeSet<>();
    names.forEach(expected::addAll);
    Path common = volume.getPath("/common");
    try (Stream<Path> entries = Files.list(common)) {
      Set<String> found = new TreeSet<>();
      entries.forEach(entry -> assertEquals(true, found.add(entry.getFileName().toString())));
      found.remove("common");
      assertEquals(expected, found);
    }
    String appended = Files.readString(common.resolve("common"), StandardCharsets.UTF_8);
    List<String> pieces = new ArrayList<>();
    for (int at = 0; at + RECORD <= appended.length(); at += RECORD) {
      pieces.add(appended.substring(at, at + RECORD));
    }
    assertEquals(records.stream().sorted().toList(), pieces.stream().sorted().toList());
    assertFalse(volume.isReadOnly());
  }

  private void assertFsckIsContent(String type) throws Exception {
    String tool = type.equals("exFAT") ? "fsck.exfat" : "fsck.fat";
    Judge.Verdict fsck = Judge.run(tool, "-n", image.toString());
    assertEquals(0, fsck.status(), fsck::output);
  }
}
