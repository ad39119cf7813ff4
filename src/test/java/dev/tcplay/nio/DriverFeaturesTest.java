package dev.tcplay.nio;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenDirectory;
import dev.tcplay.fs.PosixFacts;
import dev.tcplay.fs.fat.FatDriver;
import dev.tcplay.fs.raw.RawDriver;
import example.toyfs.ToyDriver;
import example.toyfs.ToyVolume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a volume's features offer, and what is refused where it lacks one. */
class DriverFeaturesTest {

  private static final Map<String, Class<? extends FileAttributeView>> VIEWS =
      Map.of(
          "basic", BasicFileAttributeView.class,
          "dos", DosFileAttributeView.class,
          "owner", FileOwnerAttributeView.class,
          "posix", PosixFileAttributeView.class,
          "user", UserDefinedFileAttributeView.class);

  private final ToyVolume toy = (ToyVolume) mount(new ToyDriver(), 4096);
  private final FileSystem fileSystem = DrivenVolumes.of(toy);
  private final Path root = fileSystem.getPath("/");

  private static MountedVolume mount(FileSystemDriver driver, int bytes) {
    try {
      MemoryDevice device = new MemoryDevice(bytes);
      driver.format(device, FormatOptions.DEFAULT);
      return driver.mount(device, MountOptions.DEFAULT.withNamed(true));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Node make(MountedVolume volume, Node directory, String name, NodeType type)
      throws IOException {
    return volume.create(directory, name, type, AttributeChange.NONE);
  }

  @Test
  void allWaysToAskForAViewAgreeWithTheFeatures() throws IOException {
    assertViews(mount(new FatDriver(), 1 << 20), Set.of("basic", "dos", "tcplay"));
    assertViews(mount(new RawDriver(), 4096), Set.of("basic", "tcplay"));
    assertViews(toy, Set.of("basic", "owner", "posix", "tcplay", "user"));
  }

  private static void assertViews(MountedVolume volume, Set<String> offered) throws IOException {
    TcplayFileSystem mounted = DrivenVolumes.of(volume);
    Path top = mounted.getPath("/");
    assertEquals(offered, mounted.supportedFileAttributeViews());
    for (Map.Entry<String, Class<? extends FileAttributeView>> view : VIEWS.entrySet()) {
      String name = view.getKey();
      boolean has = offered.contains(name);
      assertEquals(has, Files.getFileStore(top).supportsFileAttributeView(name), name);
      assertEquals(has, Files.getFileStore(top).supportsFileAttributeView(view.getValue()), name);
      FileAttributeView found = Files.getFileAttributeView(top, view.getValue());
      assertEquals(has ? name : null, found == null ? null : found.name());
      if (has) {
        assertNotNull(Files.readAttributes(top, name + ":*"));
      } else {
        assertThrows(
            UnsupportedOperationException.class, () -> Files.readAttributes(top, name + ":*"));
        assertThrows(
            UnsupportedOperationException.class,
            () -> Files.setAttribute(top, name + ":lastModifiedTime", FileTime.fromMillis(0)));
      }
    }
    assertReads(offered.contains("dos"), top, DosFileAttributes.class);
    assertReads(offered.contains("posix"), top, PosixFileAttributes.class);
  }

  private static <A extends java.nio.file.attribute.BasicFileAttributes> void assertReads(
      boolean offered, Path path, Class<A> type) throws IOException {
    if (offered) {
      assertNotNull(Files.readAttributes(path, type));
    } else {
      assertThrows(UnsupportedOperationException.class, () -> Files.readAttributes(path, type));
    }
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

  /** Owners and permissions are those that a file of the default file system has. */
  @Test
  void posixAttributesReadAsOnTheDefaultFileSystem(@TempDir Path folder) throws IOException {
    for (String mode :
        List.of("rwxr-xr-x", "rw-------", "---------", "rwsr-x--x".replace('s', 'x'))) {
      Path theirs = Files.writeString(folder.resolve(mode), "some text");
      Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString(mode));
      Files.createLink(folder.resolve(mode + "2"), theirs);
      Map<String, Object> unix = Files.readAttributes(theirs, "unix:*");
      Path ours = Files.writeString(root.resolve(mode), "some text");
      Files.createLink(root.resolve(mode + "2"), ours);
      PosixFileAttributes expected = Files.readAttributes(theirs, PosixFileAttributes.class);
      toy.own(
          toy.lookup(toy.root(), mode),
          PosixFacts.of((Integer) unix.get("mode"))
              .withOwner((Integer) unix.get("uid"), (Integer) unix.get("gid"))
              .withNames(
                  Optional.of(expected.owner().getName()),
                  Optional.of(expected.group().getName())));
      PosixFileAttributes found = Files.readAttributes(ours, PosixFileAttributes.class);
      assertEquals(expected.permissions(), found.permissions());
      assertEquals(expected.owner().getName(), found.owner().getName());
      assertEquals(expected.group().getName(), found.group().getName());
      assertEquals(expected.size(), found.size());
      assertEquals(expected.permissions(), Files.getPosixFilePermissions(ours));
      assertEquals(found.owner(), Files.getOwner(ours));
      assertNotEquals(found.owner(), found.group());
      assertEquals(
          new TreeSet<>(Files.readAttributes(theirs, "posix:*").keySet()),
          new TreeSet<>(Files.readAttributes(ours, "posix:*").keySet()));
      assertEquals(
          Files.getAttribute(theirs, "posix:permissions"),
          Files.getAttribute(ours, "posix:permissions"));
      Node node = toy.lookup(toy.root(), mode);
      assertEquals(
          ((Integer) unix.get("nlink")).longValue(),
          toy.attributes(node).posix().orElseThrow().links());
    }
  }

  @Test
  void ownersArePrintedByNumberWhereNoNameIsKnownAndCannotBeChanged() throws IOException {
    Path file = Files.createFile(root.resolve("file"));
    toy.own(toy.lookup(toy.root(), "file"), PosixFacts.of(0600).withOwner(1234, 5678));
    PosixFileAttributes found = Files.readAttributes(file, PosixFileAttributes.class);
    assertEquals("1234", found.owner().getName());
    assertEquals("5678", found.group().getName());
    assertThrows(UnsupportedOperationException.class, () -> Files.setOwner(file, found.owner()));
    assertThrows(
        UnsupportedOperationException.class,
        () -> Files.setAttribute(file, "posix:group", found.group()));
    FileTime past = FileTime.fromMillis(1000);
    Files.setAttribute(file, "posix:lastModifiedTime", past);
    assertEquals(past, Files.getLastModifiedTime(file));
  }

  @Test
  void streamsAreTheViewUser() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "contents");
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    assertEquals(List.of(), view.list());
    assertEquals(5, view.write("note", ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5})));
    assertEquals(2, view.write("note", ByteBuffer.wrap(new byte[] {8, 9})));
    assertEquals(2, view.size("note"));
    ByteBuffer read = ByteBuffer.allocate(5);
    assertEquals(2, view.read("note", read));
    assertEquals(2, read.position());
    assertThrows(FileSystemException.class, () -> view.read("note", ByteBuffer.allocate(1)));
    Files.setAttribute(file, "user:other", new byte[] {7});
    assertArrayEquals(new byte[] {7}, (byte[]) Files.getAttribute(file, "user:other"));
    assertEquals(Set.of("note", "other"), Files.readAttributes(file, "user:*").keySet());
    view.delete("note");
    NoSuchFileException gone = assertThrows(NoSuchFileException.class, () -> view.delete("note"));
    assertEquals("/file", gone.getFile());
    assertThrows(NoSuchFileException.class, () -> view.size("note"));
    assertEquals(List.of("other"), view.list());
    assertEquals("contents", Files.readString(file));
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
  void filesWithADotAreHiddenWhereThereAreOwners() throws IOException {
    assertTrue(Files.isHidden(root.resolve(".file")));
    assertFalse(Files.isHidden(root.resolve("file")));
    Path fat = DrivenVolumes.of(mount(new FatDriver(), 1 << 20)).getPath("/.file");
    assertFalse(Files.isHidden(Files.createFile(fat)));
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

  @Test
  void timesThatAreNotRecordedAreThatOfTheLastChangeOrTheEpoch() throws IOException {
    Path file = DrivenVolumes.of(mount(new RawDriver(), 4096)).getPath("/volume.img");
    for (String time : List.of("lastModifiedTime", "lastAccessTime", "creationTime")) {
      assertEquals(FileTime.fromMillis(0), Files.getAttribute(file, time), time);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fat", "toy"})
  void anOpenDirectoryGoesOnWhereverItIsMovedAndSaysWhenItIsDeleted(String type)
      throws IOException {
    try (MountedVolume volume =
        mount(type.equals("fat") ? new FatDriver() : new ToyDriver(), 1 << 20)) {
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
