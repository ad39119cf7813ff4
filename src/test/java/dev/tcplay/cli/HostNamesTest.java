package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "a b", "...", "..a", "aux.txt", "a:b", "é你", "a\\b", "con", "end."})
  void ordinaryNamesLieDirectlyInTheDirectoryOnUnix(String name) throws IOException {
    try (FileSystem unix = Jimfs.newFileSystem(Configuration.unix())) {
      Path directory = unix.getPath("/home/out");
      assertEquals(directory.resolve(name), HostNames.resolve(directory, name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../a", "a/b", "/etc/passwd", "a/", "a/../../b", "nul\0"})
  void namesThatLeadElsewhereAreRefusedOnUnix(String name) throws IOException {
    try (FileSystem unix = Jimfs.newFileSystem(Configuration.unix())) {
      Path directory = unix.getPath("/home/out");
      assertThrows(FileSystemException.class, () -> HostNames.resolve(directory, name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a b", "..a", "console", "com10", "xcon", "lpt.txt", "auxiliary.c"})
  void ordinaryNamesLieDirectlyInTheDirectoryOnWindows(String name) throws IOException {
    try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
      Path directory = windows.getPath("C:\\work\\out");
      assertEquals(directory.resolve(name), HostNames.resolve(directory, name));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "..\\a",
        "a\\b",
        "a/b",
        "\\a",
        "C:\\a",
        "D:",
        "file:stream",
        "con",
        "NUL",
        "Aux.txt",
        "com1",
        "LPT9.tar.gz",
        "COM\u00b9",
        "prn .x",
        "end.",
        "end ",
        "conin$"
      })
  void namesThatMeanSomethingElseAreRefusedOnWindows(String name) throws IOException {
    try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
      Path directory = windows.getPath("C:\\work\\out");
      assertThrows(FileSystemException.class, () -> HostNames.resolve(directory, name));
    }
  }
}
