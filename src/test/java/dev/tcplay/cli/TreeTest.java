package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TreeTest {

  private final FileSystem volume = Jimfs.newFileSystem(Configuration.unix());

  @AfterEach
  void close() throws IOException {
    volume.close();
  }

  @Test
  void directoriesComeBeforeTheirEntriesAndNamesInOrder() throws IOException {
    Files.createDirectories(volume.getPath("/t/b/c"));
    Files.createFile(volume.getPath("/t/b/d"));
    Files.createFile(volume.getPath("/t/a"));
    Files.createFile(volume.getPath("/t/é"));
    List<String> seen = new ArrayList<>();
    List<IOException> failures = new ArrayList<>();
    Path top = volume.getPath("/t");
    Tree.walk(
        top,
        new FailureLog(failures::add),
        (path, found) -> seen.add(top.relativize(path).toString()));
    assertEquals(List.of("a", "b", "b/c", "b/d", "é"), seen);
    assertEquals(List.of(), failures);
  }

  @Test
  void aDirectoryThatTheVisitorDeclinesIsNotEntered() throws IOException {
    Files.createDirectories(volume.getPath("/t/b/c"));
    List<String> seen = new ArrayList<>();
    Tree.walk(
        volume.getPath("/t"),
        FailureLog.silent(),
        (path, found) -> {
          seen.add(path.toString());
          return false;
        });
    assertEquals(List.of("/t/b"), seen);
  }

  @Test
  void whatCannotBeReadIsNotedAndLeftOut() throws IOException {
    Files.createDirectories(volume.getPath("/t/b"));
    Files.createFile(volume.getPath("/t/c"));
    List<String> told = new ArrayList<>();
    FailureLog failures = new FailureLog(failure -> told.add(Failures.message(failure)));
    List<String> seen = new ArrayList<>();
    Tree.walk(
        volume.getPath("/t"),
        failures,
        (path, found) -> {
          seen.add(path.toString());
          Files.delete(path);
          return true;
        });
    assertEquals(List.of("/t/b", "/t/c"), seen);
    assertEquals(List.of("/t/b: no such file"), told);
    assertFalse(failures.isEmpty());
  }

  @Test
  void aDirectoryIsLeftBehindItsLastEntryIfItWasEntered() throws IOException {
    Files.createDirectories(volume.getPath("/t/a/b/c"));
    Files.createDirectories(volume.getPath("/t/shut/d"));
    Files.createFile(volume.getPath("/t/a/z"));
    List<String> seen = new ArrayList<>();
    Path top = volume.getPath("/t");
    Tree.Visitor visitor =
        new Tree.Visitor() {
          @Override
          public boolean visit(Path path, BasicFileAttributes attributes) {
            seen.add(top.relativize(path).toString());
            return !path.endsWith("shut");
          }

          @Override
          public void leave(Path directory) {
            seen.add("left " + top.relativize(directory));
          }
        };
    Tree.walk(top, FailureLog.silent(), visitor);
    assertEquals(
        List.of("a", "a/b", "a/b/c", "left a/b/c", "left a/b", "a/z", "left a", "shut"), seen);
  }

  @Test
  void pathsAreFoundWithAndWithoutALeadingSlashAndNeverAboveTheRoot() throws IOException {
    for (String path : List.of("a/b", "/a/b", "a/b/", "./a/c/../b", "../../a/b", "//a//b")) {
      assertEquals(volume.getPath("/a/b"), Tree.find(volume, path), path);
    }
    assertEquals(volume.getPath("/"), Tree.find(volume, ""));
    assertEquals(volume.getPath("/"), Tree.find(volume, "/"));
  }

  @Test
  void aNameThatNoVolumeCanHoldIsMissing() {
    NoSuchFileException error =
        assertThrows(NoSuchFileException.class, () -> Tree.find(volume, "a\0b"));
    assertEquals("a\0b", error.getFile());
  }
}
