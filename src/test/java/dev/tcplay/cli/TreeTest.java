package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
    FirstError errors = new FirstError();
    Path top = volume.getPath("/t");
    Tree.walk(top, errors, (path, found) -> seen.add(top.relativize(path).toString()));
    assertEquals(List.of("a", "b", "b/c", "b/d", "é"), seen);
    errors.check();
  }

  @Test
  void aDirectoryThatTheVisitorDeclinesIsNotEntered() throws IOException {
    Files.createDirectories(volume.getPath("/t/b/c"));
    List<String> seen = new ArrayList<>();
    Tree.walk(
        volume.getPath("/t"),
        new FirstError(),
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
    FirstError errors = new FirstError();
    List<String> seen = new ArrayList<>();
    Tree.walk(
        volume.getPath("/t"),
        errors,
        (path, found) -> {
          seen.add(path.toString());
          Files.delete(path);
          return true;
        });
    assertEquals(List.of("/t/b", "/t/c"), seen);
    IOException error = assertThrows(NoSuchFileException.class, errors::check);
    assertEquals("/t/b: no such file", Failures.message(error));
  }

  @Test
  void severalErrorsAreTheFirstAndACount() {
    FirstError errors = new FirstError();
    errors.add(new NoSuchFileException("/a"));
    errors.add(new NoSuchFileException("/b"));
    errors.add(new NoSuchFileException("/c"));
    IOException error = assertThrows(IOException.class, errors::check);
    assertEquals("/a: no such file (and 2 more)", Failures.message(error));
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
