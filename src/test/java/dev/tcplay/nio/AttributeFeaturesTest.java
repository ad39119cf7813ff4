package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.PosixFacts;
import dev.tcplay.fs.fat.FatDriver;
import dev.tcplay.fs.raw.RawDriver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which attributes and views a volume offers by its features. */
class AttributeFeaturesTest extends ToyTree {

  private static final Map<String, Class<? extends FileAttributeView>> VIEWS =
      Map.of(
          "basic", BasicFileAttributeView.class,
          "dos", DosFileAttributeView.class,
          "owner", FileOwnerAttributeView.class,
          "posix", PosixFileAttributeView.class,
          "user", UserDefinedFileAttributeView.class);

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
  void filesWithADotAreHiddenWhereThereAreOwners() throws IOException {
    assertTrue(Files.isHidden(root.resolve(".file")));
    assertFalse(Files.isHidden(root.resolve("file")));
    Path fat = DrivenVolumes.of(mount(new FatDriver(), 1 << 20)).getPath("/.file");
    assertFalse(Files.isHidden(Files.createFile(fat)));
  }

  @Test
  void timesThatAreNotRecordedAreThatOfTheLastChangeOrTheEpoch() throws IOException {
    Path file = DrivenVolumes.of(mount(new RawDriver(), 4096)).getPath("/volume.img");
    for (String time : List.of("lastModifiedTime", "lastAccessTime", "creationTime")) {
      assertEquals(FileTime.fromMillis(0), Files.getAttribute(file, time), time);
    }
  }
}
