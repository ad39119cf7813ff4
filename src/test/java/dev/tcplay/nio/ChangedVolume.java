package dev.tcplay.nio;

import dev.tcplay.fs.NameRules;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.stream.Stream;

/** A volume in memory whose files a test changes. */
abstract class ChangedVolume {

  static final FileTime WHEN = FileTime.fromMillis(1_600_000_000_000L);

  final MemoryVolume volume = MemoryVolume.writable(NameRules.EXACT);
  final FileSystem fileSystem = volume.mount();
  final FileSystemProvider provider = fileSystem.provider();
  final Path file = fileSystem.getPath("/file");
  final Path fresh = fileSystem.getPath("fresh");

  static FileAttribute<?> attribute(String name, Object value) {
    return new FileAttribute<>() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Object value() {
        return value;
      }
    };
  }

  static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
