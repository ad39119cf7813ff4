package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A tree is copied while somebody else puts links in the place of its directories. */
class LinkSwapsTest extends TargetPlaces {

  private static final int DIRECTORIES = 4;
  private static final int FILES = 1;
  private static final int SWAPS = Integer.getInteger("tcplay.swaps", 400);
  private static final int MOST_RUNS = 10 * SWAPS;

  @ParameterizedTest
  @EnumSource(names = "BY_HANDLES")
  @DisabledOnOs(OS.WINDOWS)
  void nothingGetsOutWhileLinksComeAndGo(Kind kind) throws Exception {
    Path victim = Files.writeString(elsewhere.resolve("victim"), "kept");
    for (int i = 0; i < DIRECTORIES; i++) {
      Files.createDirectories(elsewhere.resolve("d" + i + "/e"));
    }
    List<String> before = tree(elsewhere);
    Swapper swapper = new Swapper(new Random(Seeds.of("nothingGetsOutWhileLinksComeAndGo")));
    Thread thread = new Thread(swapper, "swapper");
    thread.start();
    try {
      for (int run = 0; swapper.swaps.get() < SWAPS && run < MOST_RUNS; run++) {
        copyTree(kind);
        assertEquals(before, tree(elsewhere));
        assertEquals("kept", Files.readString(victim));
      }
    } finally {
      swapper.stopped = true;
      thread.join();
    }
    assertEquals(List.of("container", "elsewhere", "target"), names(folder));
  }

  /** Copies a small tree; what is refused is left out. */
  private void copyTree(Kind kind) throws IOException {
    try (TargetDirectory top = kind.open(target, container)) {
      for (int i = 0; i < DIRECTORIES; i++) {
        try (TargetDirectory d = top.enter("d" + i);
            TargetDirectory e = d.enter("e")) {
          for (int k = 0; k < FILES; k++) {
            d.write("f" + k, 6, Optional.empty(), text("secret"));
            e.write("f" + k, 6, Optional.empty(), text("secret"));
          }
        } catch (FileSystemException e) {
          // The swapper was in the way.
        }
      }
    }
  }

  /** Returns everything below a directory, without following links. */
  private static List<String> tree(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.map(Path::toString).sorted().toList();
    }
  }

  /** Puts links in the place of directories and files, and takes them away. */
  private final class Swapper implements Runnable {

    private final AtomicInteger swaps = new AtomicInteger();
    private final Random random;
    private volatile boolean stopped;

    Swapper(Random random) {
      this.random = random;
    }

    @Override
    public void run() {
      for (int i = 0; !stopped; i++) {
        Path d = target.resolve("d" + random.nextInt(DIRECTORIES));
        Path e = d.resolve("e");
        Path directory = random.nextBoolean() ? d : e;
        try {
          switch (random.nextInt(4)) {
            case 0 -> swap(directory.resolve("f" + random.nextInt(FILES)), "victim", i);
            case 1 -> delete(directory);
            default -> swap(directory, target.relativize(directory).toString(), i);
          }
        } catch (IOException ignored) {
          // Not there yet, or filled, or made again meanwhile.
        }
      }
    }

    /** Deletes an empty directory, or a link. */
    private void delete(Path place) throws IOException {
      if (!leadsThroughLink(place)) {
        Files.deleteIfExists(place);
      }
    }

    /** Nobody else makes links, so that the swapper never leaves the target itself. */
    private boolean leadsThroughLink(Path place) {
      Path above = place.getParent();
      while (!above.equals(target) && !Files.isSymbolicLink(above)) {
        above = above.getParent();
      }
      return !above.equals(target);
    }

    /** Moves what is at a place aside, inside of the target, and puts a link there. */
    private void swap(Path place, String other, int number) throws IOException {
      if (leadsThroughLink(place)) {
        return;
      }
      if (Files.isSymbolicLink(place)) {
        Files.delete(place);
        return;
      }
      Files.move(place, target.resolve("aside" + number));
      Files.createSymbolicLink(place, elsewhere.resolve(other));
      swaps.incrementAndGet();
    }
  }
}
