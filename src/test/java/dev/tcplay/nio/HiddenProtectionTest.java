package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.model.Keys;
import dev.tcplay.model.MissingCredentialsException;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.ProtectedRange;
import dev.tcplay.model.VolumeAttributes;
import dev.tcplay.model.VolumeChannel;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.GenuineImages;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hidden volume in a container that VeraCrypt made, while the outer one is written. */
class HiddenProtectionTest {

  private static final String OUTER = "outer horse battery staple";
  private static final String HIDDEN = "hidden horse battery staple";
  private static final int HEADERS = 131_072;

  @TempDir Path folder;
  private Path container;
  private byte[] before;
  private ProtectedRange range;
  private final Keys hidden =
      Keys.builder().password(HIDDEN).pim(1).hash("whirlpool").cipher("Serpent-AES").build();

  @BeforeEach
  void copyContainer() throws IOException {
    Path genuine =
        GenuineImages.folder("veracrypt").resolve("aes-twofish-serpent-sha512-hidden.hc");
    container = Files.copy(genuine, folder.resolve("copy.hc"));
    before = Files.readAllBytes(container);
    VolumeInfo info;
    try (var opened = Tcplay.open(container).keys(hidden).hidden(true).readOnly(true).open()) {
      info = opened.info();
    }
    range = new ProtectedRange(info.dataOffset(), info.dataLength());
  }

  @AfterEach
  void wipe() {
    hidden.close();
  }

  private ContainerOpener outer() {
    return opener(container);
  }

  private static ContainerOpener opener(Path host) {
    return Tcplay.open(host).password(OUTER).pim(1).hash("sha512").cipher("AES-Twofish-Serpent");
  }

  private byte[] hiddenBytes(byte[] host) {
    int start = (int) range.start();
    return Arrays.copyOfRange(host, start, start + (int) range.length());
  }

  private void assertHiddenIntact() throws IOException {
    byte[] after = Files.readAllBytes(container);
    assertArrayEquals(hiddenBytes(before), hiddenBytes(after));
    int end = before.length - HEADERS;
    assertArrayEquals(Arrays.copyOf(before, HEADERS), Arrays.copyOf(after, HEADERS));
    assertArrayEquals(
        Arrays.copyOfRange(before, end, before.length),
        Arrays.copyOfRange(after, end, after.length));
  }

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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theRangeIsThatOfEitherHeader(boolean backup) throws IOException {
    ContainerOpener opener = outer().protectHidden(hidden).backupHeader(backup).readOnly(true);
    try (FileSystem volume = opener.mount()) {
      Path root = volume.getPath("/");
      VolumeInfo info = Files.readAttributes(root, VolumeAttributes.class).volume();
      assertEquals("normal", info.kind());
      assertEquals(range, info.protectedRange().orElseThrow());
      assertEquals(range.start(), Files.getAttribute(root, "tcplay:protectedStart"));
      assertEquals(range.length(), Files.getAttribute(root, "tcplay:protectedLength"));
    }
  }

  @Test
  void keysThatDoNotFitAreRefusedAlsoToReaders() {
    for (boolean readOnly : new boolean[] {false, true}) {
      try (Keys wrong = Keys.builder().password("wrong").pim(1).hash("sha512").build();
          Keys none = Keys.builder().pim(1).build()) {
        WrongPasswordException e =
            assertThrows(
                WrongPasswordException.class,
                outer().protectHidden(wrong).readOnly(readOnly)::mount);
        assertTrue(e.getReason().startsWith("the hidden volume"), e.getReason());
        MissingCredentialsException missing =
            assertThrows(
                MissingCredentialsException.class,
                outer().protectHidden(none).readOnly(readOnly)::mount);
        assertTrue(missing.isOfHidden());
      }
      WrongPasswordException same =
          assertThrows(
              WrongPasswordException.class,
              Tcplay.open(container).keys(hidden).protectHidden(hidden).readOnly(readOnly)::open);
      assertTrue(same.getReason().contains("open the hidden one"), same.getReason());
    }
  }

  @Test
  void aFormatLeavesTheHiddenVolumeIntact() throws IOException {
    outer().protectHidden(hidden).makeFileSystem(new NewFileSystem().withLabel("EMPTY"));
    assertHiddenIntact();
    try (FileSystem volume = outer().readOnly(true).mount();
        Stream<Path> files = Files.list(volume.getPath("/"))) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void rawVolumesTurnReadOnlyToo() throws IOException {
    try (FileSystem volume = outer().protectHidden(hidden).filesystem("raw").mount()) {
      Path file = volume.getPath("/volume.img");
      assertFalse(volume.isReadOnly());
      try (var channel = Files.newByteChannel(file, READ, WRITE)) {
        channel.position(range.start() - HEADERS);
        FileSystemException refused =
            assertThrows(
                FileSystemException.class, () -> channel.write(ByteBuffer.wrap(new byte[1])));
        assertEquals("/volume.img", refused.getFile());
      }
      assertTrue(volume.isReadOnly());
      assertThrows(
          FileSystemException.class,
          () -> Files.newByteChannel(file, WRITE).write(ByteBuffer.wrap(new byte[1])));
      assertTrue(Files.size(file) > 0);
    }
    assertArrayEquals(before, Files.readAllBytes(container));
  }
}
