package dev.tcplay.fs.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every format shows the files that were put in, whatever lies behind the archive. */
class FormatsTest {

  private static MountedVolume mount(byte[] bytes) throws IOException {
    return new ArchiveDriver().mount(MadeArchives.device(bytes), MountOptions.DEFAULT);
  }

  @ParameterizedTest
  @EnumSource
  void filesAreThoseThatWerePutIn(MadeArchives format) throws IOException {
    try (MountedVolume volume = mount(format.bytes())) {
      checkFiles(format, TreeReader.files(volume));
    }
  }

  @ParameterizedTest
  @EnumSource
  void zerosBehindAnArchiveDoNoHarm(MadeArchives format) throws IOException {
    byte[] bytes = format.bytes();
    try (MountedVolume volume = mount(Arrays.copyOf(bytes, bytes.length + 300_000))) {
      checkFiles(format, TreeReader.files(volume));
    }
  }

  private static void checkFiles(MadeArchives format, Map<String, byte[]> found) {
    if (format == MadeArchives.GZ) {
      assertEquals(Map.of("contents", 4500).keySet(), found.keySet());
      return;
    }
    Map<String, byte[]> expected = MadeArchives.files();
    if (format == MadeArchives.AR) {
      assertArrayEquals(expected.get("dir/noise"), found.get("noise"));
      assertEquals(expected.size(), found.size());
      return;
    }
    expected.forEach((path, bytes) -> assertArrayEquals(bytes, found.get(path), path));
  }
}
