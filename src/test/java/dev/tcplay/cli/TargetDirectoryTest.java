package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Directories of the host while somebody else puts links in their place. */
class TargetDirectoryTest {

  /** The ways of keeping inside. */
  enum Kind {
    BY_HANDLES,
    BY_CHECKS;

    TargetDirectory open(Path directory, Path container) throws IOException {
      if (this == BY_CHECKS) {
        return CheckedDirectory.of(directory, container);
      }
      TargetDirectory opened = TargetDirectory.outside(directory, container);
      assumeTrue(opened instanceof SecureDirectory, "the host has no handles of directories");
      return opened;
    }
  }

  private static final int DIRECTORIES = 4;
  private static final int FILES = 1;
  private static final int SWAPS = Integer.getInteger("tcplay.swaps", 400);
  private static final int MOST_RUNS = 10 * SWAPS;

  @TempDir private Path folder;
  private Path target;
  private Path elsewhere;
  private Path container;

  @BeforeEach
  void makePlaces() throws IOException {
    target = Files.createDirectory(folder.resolve("target"));
    elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    container = Files.writeString(folder.resolve("container"), "sealed");
  }

  private static TargetDirectory.Content text(String text) {
    return channel -> channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  /** Puts a link to another place where a directory is, which is moved away. */
  private void replaceByLink(Path directory) throws IOException {
    Files.move(directory, folder.resolve("moved away"));
    Files.createSymbolicLink(directory, elsewhere);
  }

  @ParameterizedTest
  @EnumSource
  @DisabledOnOs(OS.WINDOWS)
  void aDirectoryThatWasReplacedByALinkTakesNothing(Kind kind) throws IOException {
    try (TargetDirectory top = kind.open(target, container);
        TargetDirectory a = top.enter("a");
        TargetDirectory b = a.enter("b")) {
      replaceByLink(target.resolve("a"));
      Files.createDirectory(elsewhere.resolve("b"));
      assertThrows(FileSystemException.class, () -> b.write("file", 4, text("text")));
      assertThrows(FileSystemException.class, () -> b.enter("c"));
      assertThrows(FileSystemException.class, () -> a.write("file", 4, text("text")));
      assertThrows(FileSystemException.class, () -> a.enter("d"));
      top.write("file", 4, text("text"));
    }
    assertEquals(List.of("b"), names(elsewhere));
    assertEquals(List.of(), names(elsewhere.resolve("b")));
    assertEquals(List.of("a", "file"), names(target));
  }

  @ParameterizedTest
  @EnumSource
  @DisabledOnOs(OS.WINDOWS)
  void linksThatAreThereAreNotEnteredAndFilesTakeTheirPlace(Kind kind) throws IOException {
    Path victim = Files.writeString(elsewhere.resolve("victim"), "kept");
    Files.createSymbolicLink(target.resolve("directory"), elsewhere);
    Files.createSymbolicLink(target.resolve("file"), victim);
    try (TargetDirectory top = kind.open(target, container)) {
      assertThrows(FileAlreadyExistsException.class, () -> top.enter("directory"));
      top.write("file", 3, text("new"));
    }
    assertEquals("kept", Files.readString(victim));
    assertEquals(List.of("victim"), names(elsewhere));
    assertTrue(Files.isRegularFile(target.resolve("file"), LinkOption.NOFOLLOW_LINKS));
  }

  @ParameterizedTest
  @EnumSource
  void theContainerAndDirectoriesAreNotReplaced(Kind kind) throws IOException {
    try (TargetDirectory top = kind.open(folder, container)) {
      for (String name : List.of("container", "target")) {
        assertThrows(FileSystemException.class, () -> top.write(name, 3, text("new")), name);
      }
    }
    assertEquals("sealed", Files.readString(container));
    assertEquals(List.of("container", "elsewhere", "target"), names(folder));
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLeftOfAFileThatFails(Kind kind) throws IOException {
    try (TargetDirectory top = kind.open(target, container)) {
      TargetDirectory.Content failing =
          channel -> {
            text("half").writeTo(channel);
            throw new NoSuchFileException("source");
          };
      assertThrows(NoSuchFileException.class, () -> top.write("file", 8, failing));
    }
    assertEquals(List.of(), names(target));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theTopStaysTheSameDirectoryWhateverTakesItsName() throws IOException {
    try (TargetDirectory top = Kind.BY_HANDLES.open(target, container)) {
      replaceByLink(target);
      try (TargetDirectory made = top.enter("made")) {
        made.write("file", 1, text("x"));
      }
    }
    assertEquals(List.of(), names(elsewhere));
    assertEquals(List.of("made"), names(folder.resolve("moved away")));
    assertEquals(List.of("file"), names(folder.resolve("moved away/made")));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void whatIsMadeIsItsOwnersAloneUnlessItReplacesAFile() throws IOException {
    Path old = Files.writeString(target.resolve("old"), "old");
    Set<PosixFilePermission> more = PosixFilePermissions.fromString("rw-r--r--");
    Files.setPosixFilePermissions(old, more);
    Set<PosixFilePermission> owners = PosixFilePermissions.fromString("rw-------");
    try (TargetDirectory top = Kind.BY_HANDLES.open(target, container)) {
      try (TargetDirectory made = top.enter("made")) {
        made.write("file", 1, text("x"));
      }
      top.write(
          "old",
          1,
          channel -> {
            for (String name : names(target)) {
              if (name.endsWith(".part")) {
                assertEquals(owners, Files.getPosixFilePermissions(target.resolve(name)));
              }
            }
            text("x").writeTo(channel);
          });
    }
    assertEquals(owners, Files.getPosixFilePermissions(target.resolve("made/file")));
    assertEquals(more, Files.getPosixFilePermissions(old));
    assertEquals(
        PosixFilePermissions.fromString("rwx------"),
        Files.getPosixFilePermissions(target.resolve("made")));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDeepTreeTakesFewHandles() throws IOException {
    int depth = 150;
    try (TargetDirectory top = Kind.BY_HANDLES.open(target, container)) {
      Deque<TargetDirectory> entered = new ArrayDeque<>(List.of(top));
      for (int i = 0; i < depth; i++) {
        entered.push(entered.peek().enter("d"));
      }
      assertTrue(handlesBelow(target) < depth, "handles: " + handlesBelow(target));
      // On the way back those that were closed are opened again.
      while (entered.size() > 1) {
        try (TargetDirectory directory = entered.pop()) {
          directory.write("f", 1, text("x"));
        }
      }
      assertTrue(handlesBelow(target) < depth, "handles: " + handlesBelow(target));
    }
    assertEquals(0, handlesBelow(target));
    Path path = target;
    for (int i = 0; i < depth; i++) {
      path = path.resolve("d");
      assertEquals(i < depth - 1 ? List.of("d", "f") : List.of("f"), names(path));
    }
  }

  private static long handlesBelow(Path directory) throws IOException {
    try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
      return handles.filter(handle -> leadsBelow(handle, directory)).count();
    }
  }

  private static boolean leadsBelow(Path handle, Path directory) {
    try {
      return Files.readSymbolicLink(handle).startsWith(directory.toRealPath());
    } catch (IOException e) {
      return false; // closed meanwhile, as the one of the listing
    }
  }

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
            d.write("f" + k, 6, text("secret"));
            e.write("f" + k, 6, text("secret"));
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
