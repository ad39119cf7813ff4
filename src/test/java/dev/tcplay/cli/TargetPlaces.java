package dev.tcplay.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A directory of the host to write into, and one elsewhere that stays as it is. */
abstract class TargetPlaces {

  /** The ways of keeping inside. */
  enum Kind {
    BY_HANDLES,
    BY_CHECKS;

    TargetDirectory open(Path directory, Path container) throws IOException {
      if (this == BY_CHECKS) {
        return CheckedDirectory.of(directory, container);
      }
      TargetDirectory opened = TargetDirectory.outside(directory, container);
      assumeTrue(opened instanceof SecureDirectory, "the host has no handles of directories");
      return opened;
    }
  }

  @TempDir Path folder;
  Path target;
  Path elsewhere;
  Path container;

  @BeforeEach
  void makePlaces() throws IOException {
    target = Files.createDirectory(folder.resolve("target"));
    elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    container = Files.writeString(folder.resolve("container"), "sealed");
  }

  static TargetDirectory.Content text(String text) {
    return channel -> channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
