package dev.tcplay.nio;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Changes that are refused, and what they are refused with. */
class RefusedChangesTest extends ChangedVolume {

  @Test
  void aReadOnlyFileIsNeitherWrittenNorDeletedNorReplaced() throws IOException {
    Files.writeString(file, "kept");
    Files.writeString(fresh, "other");
    Files.setAttribute(file, "dos:readonly", true);
    Path away = new RefusedChangesTest().fileSystem.getPath("/away");
    for (Executable refused :
        new Executable[] {
          () -> Files.writeString(file, "x"),
          () -> Files.newByteChannel(file, APPEND),
          () -> Files.newByteChannel(file, DELETE_ON_CLOSE),
          () -> Files.delete(file),
          () -> Files.copy(fresh, file, REPLACE_EXISTING),
          () -> Files.move(fresh, file, REPLACE_EXISTING),
          () -> Files.move(fresh, file, ATOMIC_MOVE),
          () -> provider.move(file, away)
        }) {
      assertThrows(AccessDeniedException.class, refused);
    }
    assertFalse(Files.isWritable(file));
    assertFalse(Files.exists(away));
    assertEquals("kept", Files.readString(file));
    Files.move(file, fileSystem.getPath("/renamed"));
    Path directory = Files.createDirectory(file, attribute("dos:readonly", true));
    assertTrue(Files.isWritable(directory));
    Files.createFile(directory.resolve("inside"));
  }

  @Test
  void aNameThatCannotBeStoredIsAnIoExceptionThatQuotesTheRule() throws IOException {
    MemoryVolume strict =
        MemoryVolume.writable(
            new dev.tcplay.fs.WindowsNameRules(dev.tcplay.fs.UpcaseTable.standard()));
    FileSystem windows = strict.mount();
    Files.createFile(windows.getPath("good"));
    Path bad = windows.getPath("bad:name");
    for (Executable refused :
        new Executable[] {
          () -> Files.createFile(bad),
          () -> Files.createDirectory(bad),
          () -> Files.copy(windows.getPath("good"), bad),
          () -> Files.move(windows.getPath("good"), bad)
        }) {
      FileSystemException e = assertThrows(FileSystemException.class, refused);
      assertEquals(
          "the volume cannot store the name \"bad:name\": Forbidden character at index 3",
          e.getReason());
    }
    Files.move(windows.getPath("good"), windows.getPath("GOOD"));
    assertEquals(List.of("GOOD"), names(windows.getPath("/")));
    Files.move(windows.getPath("good"), windows.getPath("./good"), ATOMIC_MOVE);
    assertEquals(List.of("good"), names(windows.getPath("/")));
  }

  @Test
  void theRootIsNeitherDeletedNorMovedNorReplaced() throws IOException {
    Path root = fileSystem.getPath("/");
    Files.createFile(file);
    assertThrows(FileSystemException.class, () -> Files.delete(root));
    assertThrows(FileSystemException.class, () -> Files.delete(fileSystem.getPath("")));
    assertThrows(FileSystemException.class, () -> Files.move(root, fresh));
    assertThrows(FileSystemException.class, () -> Files.move(file, root, REPLACE_EXISTING));
    assertThrows(FileSystemException.class, () -> Files.copy(file, root, REPLACE_EXISTING));
    assertThrows(FileAlreadyExistsException.class, () -> Files.createDirectory(root));
    assertThrows(FileAlreadyExistsException.class, () -> Files.createFile(root));
    Files.move(root, root);
    assertEquals(List.of("file"), names(root));
  }

  @Test
  void aClosedFileSystemChangesNothing() throws IOException {
    Files.createFile(file);
    BasicFileAttributeView view = Files.getFileAttributeView(file, BasicFileAttributeView.class);
    fileSystem.close();
    for (Executable refused :
        new Executable[] {
          () -> Files.createFile(fresh),
          () -> Files.createDirectory(fresh),
          () -> Files.delete(file),
          () -> Files.deleteIfExists(file),
          () -> Files.copy(file, fresh),
          () -> Files.move(file, fresh),
          () -> Files.newByteChannel(file, WRITE),
          () -> Files.setAttribute(file, "dos:hidden", true),
          () -> Files.setAttribute(file, "tcplay:label", "X"),
          () -> view.setTimes(WHEN, null, null)
        }) {
      assertThrows(ClosedFileSystemException.class, refused);
    }
  }

  @Test
  void aVolumeThatBecomesReadOnlyRefusesWritesWithAnIoException() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file, CREATE, WRITE)) {
      volume.readOnly(true);
      FileSystemException refused =
          assertThrows(FileSystemException.class, () -> channel.write(ByteBuffer.allocate(1)));
      assertEquals("the volume has become read-only", refused.getReason());
      assertEquals("/file", refused.getFile());
    }
  }
}
