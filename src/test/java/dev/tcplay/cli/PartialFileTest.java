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

  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rw-------");

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
  void aNewFileIsItsOwnersAlone() throws IOException {
    try (PartialFile file = PartialFile.create(target)) {
      assertEquals(OWNERS, Files.getPosixFilePermissions(folder.resolve(names().get(0))));
      file.finish(false);
    }
    assertEquals(OWNERS, Files.getPosixFilePermissions(target));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void theWholeFileTakesOverThePermissionsOfWhatItReplaces() throws IOException {
    Files.writeString(target, "old");
    Set<PosixFilePermission> old = PosixFilePermissions.fromString("r--r-----");
    Files.setPosixFilePermissions(target, old);
    try (PartialFile file = PartialFile.create(target)) {
      assertEquals(2, names().size());
      assertEquals(OWNERS, Files.getPosixFilePermissions(folder.resolve(names().get(0))));
      file.finish(true);
    }
    assertEquals(old, Files.getPosixFilePermissions(target));
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
