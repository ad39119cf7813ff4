package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URIs of directories end in a slash, as those of the default file system do. */
class DirectoryUriTest extends UrlVolume {

  @ParameterizedTest
  @ValueSource(
      strings = {"", "d i r", "d i r/", "file", "none", "none/", "d i r/none", "d i r/.", "file/."})
  void theyEndAsThoseOfTheDefaultFileSystem(String name) throws IOException {
    for (Path root : List.of(inside, outside)) {
      Files.createDirectory(root.resolve("d i r"));
      Files.createFile(root.resolve("file"));
    }
    URI ours = inside.resolve(name).toUri();
    URI judge = outside.resolve(name).toUri();
    assertEquals(judge.toString().endsWith("/"), ours.toString().endsWith("/"), ours::toString);
    assertEquals(inside.resolve(name), Path.of(ours));
  }

  @Test
  void theTopIsADirectoryAndRelativePathsBeginThere() {
    assertEquals(volume.getPath("/").toUri(), volume.getPath("").toUri());
    assertTrue(volume.getPath("").toUri().toString().endsWith("a%20b%21c.img!/"));
    assertEquals(inside.toUri(), volume.getPath("dir").toUri());
  }

  @Test
  void onAClosedFileSystemNobodyLooks() throws IOException {
    String open = inside.toUri().toString();
    volume.close();
    assertEquals(open, inside.toUri() + "/");
  }
}
