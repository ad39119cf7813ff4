package dev.tcplay.nio;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.TypedVolumes;
import example.tablefs.TableDriver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * While a file is replaced, again and again, who asks for it by its name gets one of those that it
 * was, whole, and never hears that there is none. The system property {@code tcplay.moves} sets how
 * often each test replaces it.
 */
class ReplacingMovesTest {

  private static final int MOVES = Integer.getInteger("tcplay.moves", 400);
  private static final int READERS = 3;
  private static final int LEAST = 100;
  private static final int STEP = 300;

  /** Replaces the file once more. */
  private interface Replacement {
    void by(byte[] version) throws IOException;
  }

  /** Returns contents that show by each byte how many they must be. */
  private static byte[] version(int number) {
    byte[] bytes = new byte[LEAST + number % 7 * STEP];
    Arrays.fill(bytes, (byte) (number % 7));
    return bytes;
  }

  private static void assertWhole(byte[] found) {
    assertTrue(found.length > 0, "empty");
    assertEquals(ByteBuffer.wrap(version(found[0])), ByteBuffer.wrap(found));
  }

  private static void assertSizeOfOne(long size) {
    assertTrue(size >= LEAST && (size - LEAST) % STEP == 0, () -> "size " + size);
  }

  private static TcplayFileSystem mount(String type) throws IOException {
    FileSystemDriver driver = type.equals("table") ? new TableDriver() : TypedVolumes.driver(type);
    Optional<String> kind = type.equals("table") ? Optional.empty() : Optional.of(type);
    return DrivenVolumes.mount(driver, kind, type.equals("FAT32") ? 36 << 20 : 6 << 20);
  }

  @ParameterizedTest
  @CsvSource({"FAT16", "FAT32", "exFAT", "table"})
  void anAtomicMoveLeavesNoMomentWithoutTheFile(String type) throws Exception {
    try (TcplayFileSystem volume = mount(type)) {
      Path target = volume.getPath("/the file of which all is about");
      Path next = volume.getPath("/next");
      check(
          target,
          version -> {
            Files.write(next, version);
            Files.move(next, target, ATOMIC_MOVE);
          });
    }
  }

  @ParameterizedTest
  @CsvSource({"FAT12", "FAT32", "exFAT"})
  void aMoveFromAnotherDirectoryReplacesTheFileInOneStep(String type) throws Exception {
    try (TcplayFileSystem volume = mount(type)) {
      Path directory = Files.createDirectories(volume.getPath("/a directory/in another"));
      Path target = directory.resolve("target");
      Path next = Files.createDirectory(volume.getPath("/made here")).resolve("next.tmp");
      check(
          target,
          version -> {
            Files.write(next, version);
            Files.move(next, target, REPLACE_EXISTING);
          });
    }
  }

  @ParameterizedTest
  @CsvSource({"FAT12", "FAT32", "exFAT"})
  void aNewSpellingLeavesNoMomentWithoutTheFile(String type) throws Exception {
    Random random = new Random(Seeds.of("aNewSpelling " + type));
    List<String> spellings =
        List.of("file.txt", "FILE.TXT", "File.Txt", "fILE.tXT", "file.TXT", "FILE.txt");
    try (TcplayFileSystem volume = mount(type)) {
      Path directory = Files.createDirectory(volume.getPath("/The Directory"));
      check(
          directory.resolve("file.txt"),
          version -> {
            Path target = directory.resolve(spellings.get(random.nextInt(spellings.size())));
            if (random.nextBoolean() || !Files.exists(target)) {
              Files.write(directory.resolve("next"), version);
              Files.move(directory.resolve("next"), target, ATOMIC_MOVE);
            } else {
              Files.move(target, target, ATOMIC_MOVE);
            }
            String name = random.nextBoolean() ? "The Directory" : "THE DIRECTORY";
            Files.move(directory, directory.resolveSibling(name));
          });
    }
  }

  private static void check(Path target, Replacement replacement) throws Exception {
    replacement.by(version(0));
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    List<Future<Integer>> readers = new ArrayList<>();
    try {
      for (int i = 0; i < READERS; i++) {
        Path copy = target.getRoot().resolve("copy of reader " + i);
        readers.add(threads.submit(reader(target, copy, done)));
      }
      for (int i = 1; i <= MOVES && readers.stream().noneMatch(Future::isDone); i++) {
        replacement.by(version(i));
      }
    } finally {
      done.set(true);
      threads.shutdown();
    }
    for (Future<Integer> reader : readers) {
      assertTrue(reader.get(1, TimeUnit.MINUTES) > 0);
    }
  }

  private static Callable<Integer> reader(Path target, Path copy, AtomicBoolean done) {
    return () -> {
      int rounds = 0;
      do {
        assertWhole(Files.readAllBytes(target));
        assertSizeOfOne(Files.size(target));
        assertTrue(Files.exists(target) && Files.isReadable(target));
        assertTrue(Files.readAttributes(target, BasicFileAttributes.class).isRegularFile());
        assertSizeOfOne((Long) Files.getAttribute(target, "size"));
        try (FileChannel channel = FileChannel.open(target, READ, WRITE)) {
          assertSizeOfOne(channel.size());
        }
        assertEquals(target, target.toRealPath());
        Files.copy(target, copy, REPLACE_EXISTING);
        assertWhole(Files.readAllBytes(copy));
        try (Stream<Path> entries = Files.list(target.getParent())) {
          assertTrue(entries.anyMatch(target::equals), "not listed");
        }
        rounds++;
      } while (!done.get());
      return rounds;
    };
  }
}
