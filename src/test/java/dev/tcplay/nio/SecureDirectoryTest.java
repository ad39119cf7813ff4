package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** An open directory works on its own file system only. */
class SecureDirectoryTest {

  @Test
  @SuppressWarnings({"unchecked", "StreamResourceLeak"}) // it is closed, under its other type
  void pathsOfOtherFileSystemsAreRefused() throws IOException {
    FileSystem other = DrivenVolumes.toy();
    Path root = Files.createDirectory(DrivenVolumes.toy().getPath("/dir"));
    Path own = root.getFileSystem().getPath("own");
    try (SecureDirectoryStream<Path> directory =
        (SecureDirectoryStream<Path>) Files.newDirectoryStream(root)) {
      for (Path foreign : List.of(other.getPath("own"), other.getPath("/own"), Path.of("own"))) {
        Files.createFile(root.resolve("own"));
        List<Executable> uses =
            List.of(
                () -> directory.newByteChannel(foreign, Set.of()),
                () -> directory.newDirectoryStream(foreign),
                () -> directory.move(own, directory, foreign),
                () -> directory.move(foreign, directory, own),
                () -> directory.deleteFile(foreign),
                () -> directory.deleteDirectory(foreign),
                () -> directory.getFileAttributeView(foreign, BasicFileAttributeView.class));
        for (Executable use : uses) {
          assertThrows(ProviderMismatchException.class, use);
        }
        Files.delete(root.resolve("own"));
      }
    }
  }
}
