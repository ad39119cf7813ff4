package dev.tcplay.nio;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.fs.NameRules;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Files are copied and moved whole or not at all, between volumes and providers too. */
class WholeChangesTest extends ChangedVolume {

  @Test
  void anInterruptBeforeAnyStepLeavesItsResultWhole() throws IOException {
    AtomicInteger left = new AtomicInteger();
    volume.hook(
        operation -> {
          if (left.getAndDecrement() == 0) {
            Thread.currentThread().interrupt();
          }
        });
    for (int step = 0; step < 8; step++) {
      Path directory = fileSystem.getPath("/" + step);
      left.set(step);
      Files.createDirectory(directory);
      Files.createFile(directory.resolve("a"), attribute("dos:hidden", true));
      Files.write(directory.resolve("a"), new byte[5], APPEND);
      Files.copy(directory.resolve("a"), directory.resolve("b"));
      Files.move(directory.resolve("a"), directory.resolve("c"));
      Files.delete(directory.resolve("b"));
      assertTrue(Thread.interrupted(), "step " + step);
      assertEquals(List.of("c"), names(directory));
      assertEquals(5, Files.size(directory.resolve("c")));
    }
  }

  @Test
  void aCopyThatFailsHalfWayLeavesNothing() throws IOException {
    Files.write(file, new byte[600_000]);
    volume.capacity(1_000_000);
    IOException full = assertThrows(IOException.class, () -> Files.copy(file, fresh));
    assertEquals("no space left on the volume", full.getMessage());
    assertEquals(List.of("file"), names(fileSystem.getPath("/")));
    assertEquals(0, volume.openFiles.get());
  }

  @Test
  void filesMoveToAnotherVolumeAndDirectoriesWhenEmpty() throws IOException {
    FileSystem other = MemoryVolume.writable(NameRules.EXACT).mount();
    Path there = other.getPath("/there");
    Files.write(file, new byte[300_000]);
    Files.setLastModifiedTime(file, WHEN);
    Files.setAttribute(file, "dos:hidden", true);
    assertThrows(
        AtomicMoveNotSupportedException.class, () -> provider.move(file, there, ATOMIC_MOVE));
    provider.move(file, there);
    assertFalse(Files.exists(file));
    assertArrayEquals(new byte[300_000], Files.readAllBytes(there));
    assertEquals(WHEN, Files.getLastModifiedTime(there));
    assertTrue(Files.isHidden(there));
    Files.createDirectories(fresh.resolve("sub"));
    DirectoryNotEmptyException full =
        assertThrows(
            DirectoryNotEmptyException.class, () -> provider.move(fresh, there, REPLACE_EXISTING));
    assertEquals("fresh", full.getFile());
    Files.delete(fresh.resolve("sub"));
    assertThrows(FileAlreadyExistsException.class, () -> provider.move(fresh, there));
    provider.move(fresh, there, REPLACE_EXISTING);
    assertTrue(Files.isDirectory(there));
    assertEquals(List.of(), names(fileSystem.getPath("/")));
  }

  @Test
  void filesAreCopiedAndMovedFromAndToOtherProvidersWithTheirTimes() throws IOException {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
      Path there = jimfs.getPath("/there");
      Files.write(there, new byte[70_000]);
      Files.setLastModifiedTime(there, WHEN);
      Files.copy(there, file, COPY_ATTRIBUTES);
      assertEquals(WHEN, Files.getLastModifiedTime(file));
      assertEquals(70_000, Files.size(file));
      Files.setLastModifiedTime(file, FileTime.fromMillis(8000));
      Files.move(file, there, REPLACE_EXISTING);
      assertFalse(Files.exists(file));
      assertEquals(FileTime.fromMillis(8000), Files.getLastModifiedTime(there));
      Files.move(there, file);
      assertFalse(Files.exists(there));
      assertEquals(FileTime.fromMillis(8000), Files.getLastModifiedTime(file));
      Files.copy(Files.createDirectory(fresh), there);
      assertTrue(Files.isDirectory(there));
    }
  }
}
