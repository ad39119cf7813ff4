package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.model.VolumeAttributes;
import dev.tcplay.model.VolumeChannel;
import dev.tcplay.model.VolumeRepair;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The hidden volume while files are written to the outer one until that is full. */
class HiddenProtectionTest extends HiddenContainer {

  /** Writes files until one fails; returns the failure. */
  private static IOException fill(FileSystem volume, Map<String, byte[]> written, long seed)
      throws IOException {
    Random random = new Random(seed);
    for (int number = 0; ; number++) {
      byte[] contents = new byte[1 + random.nextInt(60_000)];
      random.nextBytes(contents);
      Path directory = volume.getPath("/filled " + number / 20);
      Path file = directory.resolve("file " + number);
      try {
        if (number % 20 == 0) {
          Files.createDirectory(directory);
        }
        Files.write(file, contents);
      } catch (IOException e) {
        return e;
      }
      written.put(file.toString(), contents);
    }
  }

  @Test
  void anOuterVolumeWrittenFullLeavesTheHiddenOneIntact() throws Exception {
    Map<String, byte[]> written = new TreeMap<>();
    List<String> told = new ArrayList<>();
    Map<String, String> tree;
    FileSystem volume = outer().protectHidden(hidden).protectionListener(told::add).mount();
    tree = Trees.hashes(volume.getPath("/"));
    assertFalse(volume.isReadOnly());
    IOException refused = fill(volume, written, Seeds.of("HiddenProtectionTest"));
    FileSystemException named = assertThrows(FileSystemException.class, () -> rethrow(refused));
    assertTrue(named.getFile().startsWith("/filled "), named.getFile());
    String place = "to protect %d bytes at %d".formatted(range.length(), range.start() - HEADERS);
    assertTrue(named.getReason().contains(place), named.getReason());
    assertEquals(1, told.size());
    assertTrue(told.get(0).endsWith(place), told.get(0));
    assertTrue(volume.isReadOnly());
    Path late = volume.getPath("/late");
    FileSystemException later =
        assertThrows(FileSystemException.class, () -> Files.writeString(late, "late"));
    assertTrue(later.getReason().contains(told.get(0)), later.getReason());
    assertThrows(FileSystemException.class, () -> Files.delete(volume.getPath("/filled 0/file 0")));
    List<String> warnings =
        Files.readAttributes(volume.getPath("/"), VolumeAttributes.class).warnings();
    assertTrue(warnings.stream().anyMatch(each -> each.endsWith(told.get(0))), warnings::toString);
    assertContents(volume, written);
    volume.close();
    assertEquals(1, told.size());
    assertHiddenIntact();
    try (FileSystem again = outer().readOnly(true).mount()) {
      assertContents(again, written);
      tree.forEach((path, hash) -> assertEquals(hash, hashes(again).get(path), path));
    }
    assertNothingWorseThanLostClusters(container);
    outer().protectHidden(hidden).repair(new VolumeRepair(), finding -> {});
    assertHiddenIntact();
    try (FileSystem repaired = outer().protectHidden(hidden).mount()) {
      assertFalse(repaired.isReadOnly());
      assertContents(repaired, written);
    }
    try (FileSystem whole = Tcplay.open(container).keys(hidden).hidden(true).mount()) {
      assertFalse(Trees.hashes(whole.getPath("/")).isEmpty());
    }
  }

  @Test
  void aCutAtTheRefusalKeepsWhatWasForcedAndTheHiddenVolume() throws Exception {
    Map<String, byte[]> forced = new TreeMap<>();
    Path cut = folder.resolve("cut.hc");
    try (FileSystem volume =
        outer().protectHidden(hidden).syncInterval(Duration.ZERO).lock(false).mount()) {
      for (int number = 0; number < 8; number++) {
        Path file = volume.getPath("/forced " + number);
        Files.write(file, new byte[] {1, 2, 3}, CREATE, WRITE, SYNC);
        forced.put(file.toString(), new byte[] {1, 2, 3});
      }
      fill(volume, new TreeMap<>(), Seeds.of("HiddenProtectionTest"));
      assertTrue(volume.isReadOnly());
      Files.copy(container, cut);
    }
    assertArrayEquals(hiddenBytes(before), hiddenBytes(Files.readAllBytes(cut)));
    try (FileSystem again = opener(cut).readOnly(true).mount()) {
      assertContents(again, forced);
    }
    assertNothingWorseThanLostClusters(cut);
  }

  @Test
  void aFileThatIsOpenAtTheRefusalKeepsWhatWasForcedAndSaysSoWhenItIsClosed() throws Exception {
    byte[] first = {1, 2, 3};
    FileSystem volume = outer().protectHidden(hidden).syncInterval(Duration.ZERO).mount();
    Path file = volume.getPath("/open");
    FileChannel open = FileChannel.open(file, CREATE, WRITE);
    open.write(ByteBuffer.wrap(first));
    open.force(true);
    open.write(ByteBuffer.wrap(new byte[5000]));
    fill(volume, new TreeMap<>(), Seeds.of("HiddenProtectionTest"));
    assertEquals(5003, Files.size(file));
    FileSystemException lost = assertThrows(FileSystemException.class, open::close);
    assertEquals("/open", lost.getFile());
    assertTrue(lost.getReason().contains("refused, to protect"), lost.getReason());
    volume.close();
    assertHiddenIntact();
    try (FileSystem again = outer().readOnly(true).mount()) {
      byte[] kept = Files.readAllBytes(again.getPath("/open"));
      assertArrayEquals(first, Arrays.copyOf(kept, 3));
    }
  }

  private static Map<String, String> hashes(FileSystem volume) {
    try {
      return Trees.hashes(volume.getPath("/"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void withoutProtectionTheSameWritesDestroyTheHiddenVolume() throws Exception {
    Map<String, byte[]> written = new TreeMap<>();
    try (FileSystem volume = outer().mount()) {
      IOException full = fill(volume, written, Seeds.of("HiddenProtectionTest"));
      assertTrue(String.valueOf(full.getMessage()).contains("space"), full::toString);
    }
    assertFalse(Arrays.equals(hiddenBytes(before), hiddenBytes(Files.readAllBytes(container))));
  }

  private static void rethrow(IOException failure) throws IOException {
    throw failure;
  }

  private static void assertContents(FileSystem volume, Map<String, byte[]> written)
      throws IOException {
    assertTrue(written.size() > 5, "files written: " + written.size());
    for (Map.Entry<String, byte[]> file : written.entrySet()) {
      assertArrayEquals(file.getValue(), Files.readAllBytes(volume.getPath(file.getKey())));
    }
  }

  private void assertNothingWorseThanLostClusters(Path host) throws Exception {
    Path image = folder.resolve("outer.img");
    try (VolumeChannel plaintext = opener(host).channel()) {
      Files.copy(Channels.newInputStream(plaintext), image);
    }
    // What a crash may leave: see docs/fat-writing.md.
    Judge.Verdict fsck = Judge.run("fsck.fat", "-n", image.toString());
    List<String> amiss =
        fsck.output()
            .lines()
            .filter(
                line ->
                    !line.matches(
                        "fsck.fat .*|Dirty bit is set.*|.* Automatically removing dirty bit.*"
                            + "|Reclaimed \\d+ unused clusters? .*|Free cluster summary .*"
                            + "|.* Auto-correcting.*|Leaving filesystem unchanged.*|"))
            .filter(line -> !line.startsWith(image.toString()))
            .filter(line -> !line.isBlank())
            .toList();
    assertEquals(List.of(), amiss, fsck::output);
  }
}
