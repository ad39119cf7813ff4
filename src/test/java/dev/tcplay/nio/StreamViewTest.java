package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import example.toyfs.ToyDriver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The view of streams, beside the default file system's view of extended attributes. */
class StreamViewTest {

  private Path root;

  @BeforeEach
  void mount() throws IOException {
    root = DrivenVolumes.mount(new ToyDriver(), Optional.empty(), 4096).getPath("/");
  }

  @Test
  void theViewOfStreamsAnswersAsThatOfTheDefaultFileSystem(@TempDir Path folder)
      throws IOException {
    for (Path path : new Path[] {folder.resolve("file"), root.resolve("file")}) {
      Files.createFile(path);
      Files.setAttribute(path, "user:a", new byte[] {1});
      Files.setAttribute(path, "user:b", ByteBuffer.wrap(new byte[] {2, 3}));
      assertEquals(Set.of("a", "b"), Files.readAttributes(path, "user:a,*").keySet());
      assertThrows(IllegalArgumentException.class, () -> Files.readAttributes(path, "user:"));
      assertThrows(IllegalArgumentException.class, () -> Files.readAttributes(path, "user:,a"));
      UserDefinedFileAttributeView view =
          Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
      ByteBuffer fixed = ByteBuffer.allocate(9).asReadOnlyBuffer();
      assertThrows(IllegalArgumentException.class, () -> view.read("a", fixed));
      assertThrows(NullPointerException.class, () -> view.size(null));
      assertThrows(NullPointerException.class, () -> view.delete(null));
      ByteBuffer direct = ByteBuffer.allocateDirect(9).position(1);
      assertEquals(2, view.read("b", direct));
      assertEquals(3, direct.position());
      assertEquals(0, view.write("empty", ByteBuffer.allocate(0)));
      assertEquals(0, view.size("empty"));
      assertThrows(FileSystemException.class, () -> view.size("nothing"));
      Files.delete(path);
      assertThrows(FileSystemException.class, () -> view.size("a"));
      assertThrows(FileSystemException.class, view::list);
    }
  }

  @Test
  void aStreamOfAMissingFileIsMissingByTheExceptionOfThePlatform() {
    Path missing = root.resolve("missing");
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(missing, UserDefinedFileAttributeView.class);
    for (NoSuchFileException e :
        new NoSuchFileException[] {
          assertThrows(NoSuchFileException.class, () -> view.size("a")),
          assertThrows(NoSuchFileException.class, () -> view.delete("a")),
          assertThrows(NoSuchFileException.class, () -> view.write("a", ByteBuffer.allocate(1)))
        }) {
      assertEquals(NoSuchFileException.class, e.getClass());
      assertEquals("/missing", e.getFile());
    }
  }
}
