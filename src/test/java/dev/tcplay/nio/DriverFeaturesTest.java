package dev.tcplay.nio;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenDirectory;
import dev.tcplay.fs.fat.FatDriver;
import dev.tcplay.testing.TypedVolumes;
import example.toyfs.ToyDriver;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a volume's features offer, and what is refused where it lacks one. */
class DriverFeaturesTest extends ToyTree {

  private static Node make(MountedVolume volume, Node directory, String name, NodeType type)
      throws IOException {
    return volume.create(directory, name, type, AttributeChange.NONE);
  }

  @Test
  void aVolumeWithoutLinksRefusesThemAndMakesNothing() throws IOException {
    Path top = DrivenVolumes.of(mount(new FatDriver(), 1 << 20)).getPath("/");
    Path file = Files.createFile(top.resolve("file"));
    Path link = top.resolve("link");
    assertThrows(UnsupportedOperationException.class, () -> Files.createSymbolicLink(link, file));
    assertThrows(UnsupportedOperationException.class, () -> Files.createLink(link, file));
    assertThrows(UnsupportedOperationException.class, () -> Files.readSymbolicLink(file));
    Files.createSymbolicLink(root.resolve("link"), root.resolve("nothing"));
    assertThrows(
        UnsupportedOperationException.class,
        () -> fileSystem.provider().copy(root.resolve("link"), link, LinkOption.NOFOLLOW_LINKS));
    assertFalse(Files.exists(link));
  }

  /** Behind a link these would be entries that the caller never named. */
  @Test
  void whatEndsInDotsIsNeitherDeletedNorMovedNorReplaced(@TempDir Path folder) throws IOException {
    Path fat = DrivenVolumes.of(mount(new FatDriver(), 1 << 20)).getPath("/");
    for (Path top : List.of(folder, root, fat)) {
      Path text = Files.writeString(top.resolve("text"), "some text");
      Path empty = Files.createDirectory(top.resolve("void"));
      Path full = Files.createDirectories(top.resolve("dir/sub")).getParent();
      Path link = top == fat ? empty : Files.createSymbolicLink(top.resolve("link"), empty);
      Path other = top.resolve("other");
      Path dot = link.resolve(".");
      assertThrows(FileSystemException.class, () -> Files.delete(dot));
      assertThrows(FileSystemException.class, () -> Files.move(dot, other));
      assertThrows(FileSystemException.class, () -> Files.copy(text, dot, REPLACE_EXISTING));
      assertThrows(FileSystemException.class, () -> Files.move(text, dot, REPLACE_EXISTING));
      assertThrows(FileSystemException.class, () -> Files.delete(full.resolve("sub/..")));
      assertThrows(FileSystemException.class, () -> Files.move(full.resolve("sub/.."), other));
      assertTrue(Files.isDirectory(empty) && Files.exists(text) && Files.isDirectory(full));
      assertFalse(Files.exists(other));
    }
  }

  /** What a link holds is not tidied on the way. */
  @ParameterizedTest
  @ValueSource(strings = {"dir/", "a//b/./", "/"})
  void aCopyOfALinkHoldsTheSameToTheLetter(String held) throws IOException {
    toy.createSymbolicLink(toy.root(), "link", held);
    Files.copy(root.resolve("link"), root.resolve("copy"), LinkOption.NOFOLLOW_LINKS);
    assertEquals(held, toy.readLink(toy.lookup(toy.root(), "copy")));
    MountedVolume others = mount(new ToyDriver(), 4096);
    Path target = DrivenVolumes.of(others).getPath("/moved");
    fileSystem.provider().move(root.resolve("link"), target);
    assertEquals(held, others.readLink(others.lookup(others.root(), "moved")));
  }

  @Test
  void aDirectoryMayNotMindCaseThoughTheVolumeDoes() throws IOException {
    Path directory = Files.createDirectory(root.resolve("dir"));
    toy.makeCaseless(toy.lookup(toy.root(), "dir"));
    Path file = Files.createFile(directory.resolve("Name"));
    assertTrue(Files.isSameFile(file, directory.resolve("NAME")));
    assertNotEquals(file, directory.resolve("NAME"));
    assertEquals("/dir/Name", directory.resolve("NAME").toRealPath().toString());
    Files.move(file, directory.resolve("NAME"));
    assertEquals("/dir/NAME", directory.resolve("name").toRealPath().toString());
    Files.createLink(root.resolve("other"), file);
    Files.move(file, root.resolve("other"));
    assertTrue(Files.exists(file), "it was another name of the same file");
    assertFalse(Files.exists(root.resolve("DIR")));
  }

  @Test
  void whatIsNoFileIsNeitherOpenedNorCopied() throws IOException {
    toy.createOther(toy.root(), "pipe");
    Path pipe = root.resolve("pipe");
    assertTrue((Boolean) Files.getAttribute(pipe, "isOther"));
    assertThrows(FileSystemException.class, () -> Files.readString(pipe));
    assertThrows(FileSystemException.class, () -> Files.copy(pipe, root.resolve("copy")));
    Files.move(pipe, root.resolve("moved"));
    Files.delete(root.resolve("moved"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAT12", "exFAT", "toy"})
  void anOpenDirectoryGoesOnWhereverItIsMovedAndSaysWhenItIsDeleted(String type)
      throws IOException {
    try (MountedVolume volume =
        mount(type.equals("toy") ? new ToyDriver() : TypedVolumes.driver(type), 1 << 20)) {
      Node top = make(volume, volume.root(), "top", NodeType.DIRECTORY);
      Node other = make(volume, volume.root(), "other", NodeType.DIRECTORY);
      Node node = make(volume, top, "dir", NodeType.DIRECTORY);
      make(volume, node, "file", NodeType.FILE);
      assertThrows(
          IllegalArgumentException.class, () -> volume.openDirectory(volume.lookup(node, "file")));
      try (OpenDirectory directory = volume.openDirectory(node);
          OpenDirectory root = volume.openDirectory(volume.root())) {
        assertEquals(volume.root(), root.node());
        Node moved = volume.move(node, other, "moved", false);
        assertEquals(node.id(), directory.node().id());
        assertNotNull(directory.lookup("file"));
        assertNull(directory.lookup("nothing"));
        volume.move(other, top, "deeper", false);
        Node more = make(volume, directory.node(), "more", NodeType.FILE);
        assertEquals(Set.of("file", "more"), names(directory));
        volume.delete(more);
        volume.delete(directory.lookup("file"));
        Node found = volume.lookup(volume.lookup(top, "deeper"), "moved");
        assertEquals(moved.id(), found.id());
        volume.delete(found);
        assertThrows(NoSuchFileException.class, () -> directory.lookup("file"));
        assertThrows(NoSuchFileException.class, directory::list);
      }
    }
  }

  private static Set<String> names(OpenDirectory directory) throws IOException {
    List<String> names = new ArrayList<>();
    var cursor = directory.list();
    for (var entry = cursor.next(); entry != null; entry = cursor.next()) {
      names.add(entry.name());
    }
    return new TreeSet<>(names);
  }
}
