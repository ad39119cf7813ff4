package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PartialFileTest {

  @TempDir private Path folder;
  private Path target;

  @BeforeEach
  void name() {
    target = folder.resolve("target");
  }

  private static void write(PartialFile file, String text) throws IOException {
    file.channel().write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theNameAppearsWithTheWholeFile() throws IOException {
    try (PartialFile file = PartialFile.create(target)) {
      write(file, "whole");
      assertFalse(Files.exists(target));
      file.finish(false);
    }
    assertEquals("whole", Files.readString(target));
    assertEquals(List.of("target"), names());
  }

  @Test
  void nothingIsLeftOfAFileThatIsNotFinished() throws IOException {
    try (PartialFile file = PartialFile.create(target)) {
      write(file, "part");
    }
    assertEquals(List.of(), names());
  }

  @Test
  void aFileThatCameInTheMeantimeIsKept() throws IOException {
    try (PartialFile file = PartialFile.create(target)) {
      Files.writeString(target, "other");
      assertThrows(FileAlreadyExistsException.class, () -> file.finish(false));
    }
    assertEquals("other", Files.readString(target));
    assertEquals(List.of("target"), names());
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void whoMayNotReadAFileMayNotReadWhatReplacesIt() throws IOException {
    Files.writeString(target, "old");
    Set<PosixFilePermission> few = PosixFilePermissions.fromString("rw-------");
    Files.setPosixFilePermissions(target, few);
    try (PartialFile file = PartialFile.create(target)) {
      for (String name : names()) {
        assertEquals(few, Files.getPosixFilePermissions(folder.resolve(name)), name);
      }
      assertEquals(2, names().size());
      file.finish(true);
    }
    assertEquals(few, Files.getPosixFilePermissions(target));
  }

  @Test
  void replacingTakesTheLinkNotWhatItLeadsTo() throws IOException {
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "kept");
    Files.createSymbolicLink(target, elsewhere);
    try (PartialFile file = PartialFile.create(target)) {
      write(file, "new");
      file.finish(true);
    }
    assertEquals("kept", Files.readString(elsewhere));
    assertEquals("new", Files.readString(target));
    assertTrue(Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS));
  }
}
