package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerCreator;
import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.model.VolumeAttributes;
import dev.tcplay.model.VolumeChannel;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Makes containers in a folder, and opens what was made. */
abstract class NewContainers {

  static final String PASSWORD = "correct horse battery";
  static final int HEADERS = 262_144;

  @TempDir Path folder;

  ContainerCreator creator(Path container, long size) {
    return Tcplay.create(container).size(size).password(PASSWORD).pim(1);
  }

  static ContainerOpener opener(Path container) {
    return Tcplay.open(container).password(PASSWORD).pim(1).hash("sha512").cipher("AES");
  }

  static VolumeAttributes facts(ContainerOpener opener) throws IOException {
    try (FileSystem volume = opener.mount()) {
      try (Stream<Path> entries = Files.list(volume.getPath("/"))) {
        assertEquals(List.of(), entries.toList());
      }
      return Files.readAttributes(volume.getPath("/"), VolumeAttributes.class);
    }
  }

  Path export(ContainerOpener opener) throws IOException {
    Path image = folder.resolve("volume.img");
    try (VolumeChannel volume = opener.channel();
        InputStream bytes = Channels.newInputStream(volume)) {
      Files.copy(bytes, image, StandardCopyOption.REPLACE_EXISTING);
    }
    return image;
  }

  static void assertSound(Path image, String type) throws Exception {
    Judge.Verdict fsck = Judge.run("fsck.fat", "-n", image.toString());
    assertEquals(0, fsck.status(), fsck.output());
    Judge.Verdict minfo = Judge.run("minfo", "-i", image.toString());
    assertEquals(0, minfo.status(), minfo.output());
    Judge.Verdict fsstat = Judge.run("fsstat", image.toString());
    assertTrue(fsstat.output().contains("File System Type: " + type), fsstat.output());
  }

  List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
