package dev.tcplay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.model.Keys;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * A disk that is full ends a step by an exception that names the file, and leaves all as it was.
 */
class FullDiskTest {

  private static final long DISK = 2 << 20;
  private static final long CONTAINER = 1 << 20;

  @Test
  void whatHasNoRoomIsNamedAndLeavesNothing() throws IOException {
    Configuration unix = Configuration.unix().toBuilder().setMaxSize(DISK).build();
    try (FileSystem disk = Jimfs.newFileSystem(unix);
        Keys keys = Keys.builder().password("a password").hash("sha512").pim(1).build()) {
      Path container = disk.getPath("/work/made.hc");
      Tcplay.create(container).size(CONTAINER).keys(keys).create();
      byte[] before = Files.readAllBytes(container);
      Path second = disk.getPath("/work/second.hc");
      assertNamed(second, () -> Tcplay.create(second).size(CONTAINER + 4096).keys(keys).create());
      Files.write(disk.getPath("/work/filling"), new byte[900 << 10]);
      Path backup = disk.getPath("/work/headers");
      assertNamed(backup, () -> Tcplay.headers(container).keys(keys).backUp(backup));
      assertNamed(container, () -> Tcplay.expand(container).keys(keys).expand(2 * CONTAINER));
      assertArrayEquals(before, Files.readAllBytes(container));
      try (Stream<Path> left = Files.list(disk.getPath("/work"))) {
        assertEquals(
            List.of("filling", "made.hc"),
            left.map(path -> path.getFileName().toString()).sorted().toList());
      }
    }
  }

  private static void assertNamed(Path file, Executable step) {
    assertEquals(
        file.toString(), assertThrows(FileSystemException.class, step).getFile(), file.toString());
  }
}
