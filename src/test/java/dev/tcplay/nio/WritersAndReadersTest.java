package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerOpener;
import dev.tcplay.block.host.HostInUseException;
import dev.tcplay.model.VolumeChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may write a container, and who else reads it. */
class WritersAndReadersTest extends PlainImage {

  @Test
  void oneWritesOrManyReadAndConflictsNameTheFileSystem() throws IOException {
    try (FileSystem writer = opener().mount()) {
      HostInUseException refused = assertThrows(HostInUseException.class, () -> opener().mount());
      assertEquals("in use by the file system " + writer, refused.getReason());
      assertThrows(HostInUseException.class, () -> opener().channel());
      // Nor does a file system that was refused take the writer's lock with it.
      assertThrows(
          HostInUseException.class,
          () -> FileSystems.newFileSystem(container, Map.of("format", "plain")));
      try (FileSystem careless = opener().lock(false).mount()) {
        assertFalse(careless.isReadOnly());
      }
    }
    try (VolumeChannel first = opener().channel();
        VolumeChannel second = opener().channel()) {
      assertEquals(first.size(), second.size());
      assertThrows(HostInUseException.class, () -> opener().channel(WRITE));
    }
  }

  @Test
  void whatCannotBeWrittenOpensReadOnly() throws IOException {
    assertThrows(AccessDeniedException.class, () -> opener().readOnly(true).channel(WRITE));
    // Nobody asked for raw, so what is not recognised is left alone, and open to others.
    Map<String, ?> env = Map.of("format", "plain");
    Map<String, ?> reading = Map.of("format", "plain", "readOnly", true);
    try (FileSystem first = FileSystems.newFileSystem(container, env);
        FileSystem second = FileSystems.newFileSystem(container, reading)) {
      assertTrue(first.isReadOnly() && second.isReadOnly());
      assertThrows(
          ReadOnlyFileSystemException.class,
          () -> Files.newByteChannel(first.getPath("/volume.img"), WRITE));
    }
    Files.setPosixFilePermissions(container, Set.of());
    Files.setPosixFilePermissions(
        container, java.nio.file.attribute.PosixFilePermissions.fromString("r--r--r--"));
    if (!Files.isWritable(container)) {
      try (FileSystem volume = opener().mount()) {
        assertTrue(volume.isReadOnly());
      }
      AccessDeniedException denied =
          assertThrows(AccessDeniedException.class, () -> opener().channel(WRITE));
      assertEquals(container.toString(), denied.getFile());
    }
  }

  @Test
  void anOverlayTakesTheWritesAndIsGoneAtTheEnd() throws IOException {
    Path file = folder.resolve("changes");
    for (ContainerOpener opener :
        new ContainerOpener[] {opener().overlayInMemory(), opener().overlay(file)}) {
      try (VolumeChannel channel = opener.channel(READ, WRITE);
          // The container is only read, so others may read it too.
          VolumeChannel other = opener().channel()) {
        channel.write(bytes(6000, 5));
        channel.force();
        ByteBuffer read = ByteBuffer.allocate(6000);
        channel.position(0).read(read);
        assertArrayEquals(bytes(6000, 5).array(), read.array());
        other.read(read.clear());
        assertArrayEquals(bytes(6000, 9).array(), read.array());
      }
      assertArrayEquals(expected(0, 0, 0), Files.readAllBytes(container));
    }
    assertFalse(Files.exists(file));
    Files.writeString(file, "mine");
    assertThrows(
        FileAlreadyExistsException.class, () -> opener().overlay(file).channel(READ, WRITE));
    assertEquals("mine", Files.readString(file));
    try (VolumeChannel reader = opener().overlay(file).channel()) {
      assertEquals(SIZE, reader.size());
    }
  }
}
