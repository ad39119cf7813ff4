package dev.tcplay.nio;

import dev.tcplay.Tcplay;
import dev.tcplay.model.NewFileSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A FAT volume that is open by URI, and a folder of the default file system beside it. */
abstract class UrlVolume {

  static final Map<String, ?> PLAIN = Map.of("format", "plain");

  @TempDir Path folder;

  Path image;
  FileSystem volume;
  Path inside;
  Path outside;

  @BeforeEach
  void open() throws IOException {
    image = make(folder.resolve("a b!c.img"));
    volume = FileSystems.newFileSystem(uri(image), PLAIN);
    inside = Files.createDirectory(volume.getPath("/dir"));
    outside = Files.createDirectories(folder.resolve("tree/dir"));
  }

  static Path make(Path image) throws IOException {
    try (FileChannel file =
        FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(1), (1 << 20) - 1);
    }
    Tcplay.open(image).format("plain").filesystem("fat").makeFileSystem(new NewFileSystem());
    return image;
  }

  static URI uri(Path container) {
    return URI.create("tcplay:" + container.toUri());
  }

  @AfterEach
  void close() throws IOException {
    volume.close();
  }
}
