package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.OwnThread;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Directories of the host, with links in their place, take nothing elsewhere. */
class TargetDirectoryTest extends TargetPlaces {

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
      assertThrows(
          FileSystemException.class, () -> b.write("file", 4, Optional.empty(), text("text")));
      assertThrows(FileSystemException.class, () -> b.enter("c"));
      assertThrows(
          FileSystemException.class, () -> a.write("file", 4, Optional.empty(), text("text")));
      assertThrows(FileSystemException.class, () -> a.enter("d"));
      top.write("file", 4, Optional.empty(), text("text"));
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
      top.write("file", 3, Optional.empty(), text("new"));
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
        assertThrows(
            FileSystemException.class,
            () -> top.write(name, 3, Optional.empty(), text("new")),
            name);
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
      assertThrows(
          NoSuchFileException.class, () -> top.write("file", 8, Optional.empty(), failing));
    }
    assertEquals(List.of(), names(target));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theTopStaysTheSameDirectoryWhateverTakesItsName() throws IOException {
    try (TargetDirectory top = Kind.BY_HANDLES.open(target, container)) {
      replaceByLink(target);
      try (TargetDirectory made = top.enter("made")) {
        made.write("file", 1, Optional.empty(), text("x"));
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
        made.write("file", 1, Optional.empty(), text("x"));
      }
      top.write(
          "old",
          1,
          Optional.empty(),
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
          directory.write("f", 1, Optional.empty(), text("x"));
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

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void othersMayOpenAndCloseFilesMeanwhile() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    FutureTask<Void> other =
        new FutureTask<>(
            () -> {
              while (!done.get()) {
                try (InputStream in = Files.newInputStream(container)) {
                  in.read();
                }
              }
              return null;
            });
    OwnThread.run(other);
    try {
      for (int i = 0; i < 1000; i++) {
        TargetDirectory.outside(target, container).close();
      }
    } finally {
      done.set(true);
    }
    other.get();
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
}
