package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.Tcplay;
import dev.tcplay.model.NotAContainerException;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is not opened, or is left to other providers. */
class RefusedOpeningTest extends RawImages {

  @Test
  void whatCannotBeAContainerIsNotOurs() throws IOException {
    TcplayFileSystemProvider provider = new TcplayFileSystemProvider();
    Path ours = image("a.tc");
    Path zip = Files.write(folder.resolve("a.zip"), new byte[] {'P', 'K', 3, 4});
    Path tiny = Files.write(folder.resolve("tiny"), new byte[1023]);
    Map<String, ?> env = Map.of("password", "x");
    assertThrows(UnsupportedOperationException.class, () -> provider.newFileSystem(ours, Map.of()));
    assertThrows(
        UnsupportedOperationException.class,
        () -> provider.newFileSystem(ours, Map.of("accessMode", "readOnly")));
    for (Path file : List.of(zip, tiny, folder)) {
      assertThrows(UnsupportedOperationException.class, () -> provider.newFileSystem(file, env));
      NotAContainerException byOpener =
          assertThrows(NotAContainerException.class, () -> Tcplay.open(file).password("x").mount());
      assertEquals(file.toString(), byOpener.getFile());
      NotAContainerException byUri =
          assertThrows(NotAContainerException.class, () -> provider.newFileSystem(uri(file), env));
      assertEquals(byOpener.getReason(), byUri.getReason());
    }
    assertThrows(
        NoSuchFileException.class, () -> provider.newFileSystem(folder.resolve("none"), env));
    assertThrows(
        NoSuchFileException.class, () -> Tcplay.open(folder.resolve("none")).password("x").mount());
    Path least = Files.write(folder.resolve("least"), new byte[1]);
    provider.newFileSystem(least, RAW).close();
    Files.write(tiny, new byte[0]);
    assertThrows(UnsupportedOperationException.class, () -> provider.newFileSystem(tiny, RAW));
  }

  @Test
  void zipFilesStillOpenForOthers() throws IOException {
    Path zip = folder.resolve("a.zip");
    FileSystems.newFileSystem(zip, Map.of("create", "true")).close();
    try (FileSystem opened = FileSystems.newFileSystem(zip)) {
      assertEquals("jar", opened.provider().getScheme());
    }
  }

  @Test
  void wrongOptionsAreRefusedBeforeAnythingIsRead() throws IOException {
    Path container = image("a.tc");
    List<Map<String, ?>> wrong =
        List.of(
            Map.of("password", 1),
            Map.of("password", "x", "unknown", "y"),
            Map.of("password", "x", "filesystem", "ntfs"),
            Map.of("password", "x", "hash", "md5"),
            Map.of("password", "x", "cipher", "rot13"),
            Map.of("format", "plain", "offset", 4096));
    for (Map<String, ?> env : wrong) {
      assertThrows(IllegalArgumentException.class, () -> FileSystems.newFileSystem(container, env));
      assertThrows(
          IllegalArgumentException.class, () -> FileSystems.newFileSystem(uri(container), env));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> FileSystems.newFileSystem(uri(container), Map.of("unknown", "y")));
    FileSystems.newFileSystem(uri(container), RAW).close();
  }
}
