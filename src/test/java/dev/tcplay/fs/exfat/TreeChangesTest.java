package dev.tcplay.fs.exfat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DosFlags;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, attributes, directories and the label are changed as asked, and no other way. */
class TreeChangesTest {

  private static WritableVolume volume() throws IOException {
    return WritableVolume.of(2 << 20, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "Straße",
        "\u212Aelvin",
        "dotless \u0131",
        "\uD83D\uDE00 emoji",
        "\uD800 alone",
        " leading space",
        ".leading dot",
        "exactly fifteen",
        "exactly 16 units"
      })
  void namesAreStoredAsTheyAre(String name) throws Exception {
    try (WritableVolume volume = volume()) {
      volume.file("/" + name, new byte[] {1});
      String longest = "n".repeat(255 - name.length()) + name;
      volume.file("/" + longest);
      volume.remount();
      assertEquals(List.of(name, longest), Walk.names(volume.volume(), "/"));
      assertArrayEquals(new byte[] {1}, volume.read("/" + name));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a:b", "a?", "tab\t", "dot.", "space ", "back\\slash"})
  void namesThatWindowsDoesNotTakeAreRefused(String name) throws Exception {
    try (WritableVolume volume = volume()) {
      MountedVolume mounted = volume.volume();
      for (String refused : List.of(name, "n".repeat(256))) {
        assertThrows(
            InvalidPathException.class,
            () -> mounted.create(mounted.root(), refused, NodeType.FILE, AttributeChange.NONE));
      }
      assertEquals(List.of(), Walk.names(mounted, "/"));
    }
  }

  @Test
  void namesAreComparedByTheTableOfTheVolume() throws Exception {
    try (WritableVolume volume = volume()) {
      volume.file("/\u00FCber", new byte[] {1});
      assertNotNull(volume.find("/\u00DCBER"));
      assertNull(volume.find("/UBER"));
      assertThrows(FileAlreadyExistsException.class, () -> volume.file("/\u00DCber"));
      assertNull(volume.find("/\u212A"));
    }
  }

  @Test
  void renameInCaseAloneStaysInItsPlaceAndKeepsTheId() throws Exception {
    WritableVolume volume = volume();
    Node old = volume.file("/Name", new byte[] {1});
    Node renamed = volume.move("/Name", "/nAME", false);
    assertEquals(old.id(), renamed.id());
    assertEquals(List.of("nAME"), Walk.names(volume.volume(), "/"));
    volume.closeAndCheck();
  }

  @Test
  void directoryMovesWithAllThatIsInIt() throws Exception {
    WritableVolume volume = volume();
    volume.directory("/a");
    volume.directory("/a/b");
    volume.file("/a/b/file", new byte[] {5});
    volume.directory("/c");
    Node file = volume.find("/a/b/file");
    try (OpenNode open = volume.volume().open(file)) {
      volume.move("/a/b", "/c/moved with a longer name than before", false);
      open.append(new byte[] {6}, 0, 1);
    }
    assertArrayEquals(
        new byte[] {5, 6}, volume.read("/c/moved with a longer name than before/file"));
    assertThrows(FileSystemException.class, () -> volume.move("/c", "/c/inside", false));
    volume.volume().delete(volume.find("/a"));
    volume.remount();
    assertArrayEquals(
        new byte[] {5, 6}, volume.read("/c/moved with a longer name than before/file"));
    volume.closeAndCheck();
  }

  @Test
  void replacedFileGivesItsNameAndItsClustersAway() throws Exception {
    WritableVolume volume = volume();
    volume.file("/source", new byte[10_000]);
    volume.file("/Target", new byte[20_000]);
    volume.volume().force();
    long free = volume.volume().space().freeBytes();
    assertThrows(FileAlreadyExistsException.class, () -> volume.move("/source", "/target", false));
    volume.move("/source", "/target", true);
    volume.volume().force();
    assertEquals(List.of("Target"), Walk.names(volume.volume(), "/"));
    assertEquals(10_000, volume.read("/target").length);
    assertTrue(volume.volume().space().freeBytes() > free + 19_000);
    volume.closeAndCheck();
  }

  @Test
  void attributesAndTimesAreThoseThatWereSet() throws Exception {
    WritableVolume volume = volume();
    Node file = volume.file("/file", new byte[] {1});
    Node directory = volume.directory("/directory");
    FileTime time = FileTime.fromMillis(1_234_567_891_230L);
    AttributeChange change =
        AttributeChange.NONE.withTimes(time, time, time).withHidden(true).withReadOnly(true);
    volume.volume().change(file, change);
    volume.volume().change(directory, change);
    volume.remount();
    for (String path : List.of("/file", "/directory")) {
      NodeAttributes attributes = volume.volume().attributes(volume.find(path));
      assertEquals(Optional.of(time), attributes.modified());
      assertEquals(Optional.of(time), attributes.created());
      // The last access is kept to two seconds.
      assertEquals(Optional.of(FileTime.fromMillis(1_234_567_890_000L)), attributes.accessed());
      DosFlags flags = attributes.dos().orElseThrow();
      assertTrue(flags.isHidden() && flags.isReadOnly());
      assertThrows(AccessDeniedException.class, () -> volume.volume().delete(volume.find(path)));
    }
    volume.closeAndCheck();
  }

  @Test
  void labelIsSetChangedAndRemoved() throws Exception {
    WritableVolume volume = volume();
    assertEquals(Optional.empty(), volume.volume().label());
    for (String label : List.of("Etikett \u00FC", "other", "elevenchars")) {
      volume.volume().setLabel(Optional.of(label));
      volume.remount();
      assertEquals(Optional.of(label), volume.volume().label());
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> volume.volume().setLabel(Optional.of("twelve chars")));
    volume.volume().setLabel(Optional.empty());
    volume.remount();
    assertEquals(Optional.empty(), volume.volume().label());
    volume.closeAndCheck();
  }

  /** A directory of 512-byte clusters grows through many of them, in one piece and in several. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "/directory"})
  void directoryGrowsAndKeepsItsEntries(String path) throws Exception {
    WritableVolume volume = volume();
    volume.directory("/directory");
    String parent = path.equals("/") ? "" : path;
    for (int i = 0; i < 700; i++) {
      volume.file(parent + "/file with a name, number " + i, new byte[i % 3]);
    }
    for (int i = 0; i < 700; i += 3) {
      volume.volume().delete(volume.find(parent + "/file with a name, number " + i));
    }
    volume.remount();
    int found = 0;
    for (int i = 0; i < 700; i++) {
      Node node = volume.find(parent + "/file with a name, number " + i);
      assertEquals(i % 3 == 0, node == null, "number " + i);
      found += node == null ? 0 : 1;
    }
    assertEquals(466, found);
    volume.closeAndCheck();
  }
}
