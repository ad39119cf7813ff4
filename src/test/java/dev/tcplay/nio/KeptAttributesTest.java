package dev.tcplay.nio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.PosixFacts;
import dev.tcplay.fs.fat.FatDriver;
import example.toyfs.ToyDriver;
import example.toyfs.ToyVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file keeps beside its contents when it is copied or moved, and how it is set. */
class KeptAttributesTest {

  private static final FileTime PAST = FileTime.fromMillis(1_000_000_000_000L);
  private static final Set<PosixFilePermission> FEW = PosixFilePermissions.fromString("r-x--x---");

  private final ToyVolume toy = volume();
  private final Path root = DrivenVolumes.of(toy).getPath("/");
  private final Path other = DrivenVolumes.of(volume()).getPath("/");

  private static ToyVolume volume() {
    return (ToyVolume) new ToyDriver().mount(new MemoryDevice(4096), MountOptions.DEFAULT);
  }

  /** As {@link Files#copy} does where all file systems are of one provider. */
  private static Path copy(Path source, Path target) throws IOException {
    source.getFileSystem().provider().copy(source, target, COPY_ATTRIBUTES);
    return target;
  }

  private static Path move(Path source, Path target) throws IOException {
    source.getFileSystem().provider().move(source, target);
    return target;
  }

  private static Path rich(Path path) throws IOException {
    Files.writeString(path, "contents");
    Files.setAttribute(path, "user:note", "of a file".getBytes(US_ASCII));
    Files.setAttribute(path, "user:large", new byte[1 << 20]);
    Files.setPosixFilePermissions(path, FEW);
    Files.setLastModifiedTime(path, PAST);
    return path;
  }

  private static void assertRich(Path path) throws IOException {
    assertEquals("contents", Files.readString(path));
    assertEquals(Set.of("note", "large"), Files.readAttributes(path, "user:*").keySet());
    assertArrayEquals(
        "of a file".getBytes(US_ASCII), (byte[]) Files.getAttribute(path, "user:note"));
    assertArrayEquals(new byte[1 << 20], (byte[]) Files.getAttribute(path, "user:large"));
    assertEquals(FEW, Files.getPosixFilePermissions(path));
    assertEquals(PAST, Files.getLastModifiedTime(path));
  }

  @Test
  void streamsAndPermissionsGoWithAFile() throws IOException {
    Path file = rich(root.resolve("file"));
    assertRich(Files.copy(file, root.resolve("copy"), COPY_ATTRIBUTES));
    assertRich(copy(file, other.resolve("copy")));
    assertRich(move(file, other.resolve("moved")));
    Path plain = Files.copy(root.resolve("copy"), root.resolve("plain"));
    assertEquals(Set.of(), Files.readAttributes(plain, "user:*").keySet());
  }

  @Test
  void streamsGoWithADirectory() throws IOException {
    Path directory = Files.createDirectory(root.resolve("dir"));
    Files.setAttribute(directory, "user:note", new byte[] {1, 2});
    Path copy = copy(directory, other.resolve("copy"));
    assertArrayEquals(new byte[] {1, 2}, (byte[]) Files.getAttribute(copy, "user:note"));
    Path moved = move(directory, other.resolve("moved"));
    assertArrayEquals(new byte[] {1, 2}, (byte[]) Files.getAttribute(moved, "user:note"));
  }

  @Test
  void aVolumeWithoutThemTakesTheFileAlone() throws IOException {
    Path fat = DrivenVolumes.mount(new FatDriver(), Optional.of("FAT16"), 8 << 20).getPath("/file");
    move(rich(root.resolve("file")), fat);
    assertEquals("contents", Files.readString(fat));
    assertEquals(PAST, Files.getLastModifiedTime(fat));
    move(fat, root.resolve("back"));
    assertEquals("contents", Files.readString(root.resolve("back")));
  }

  @Test
  void filesComeFromAndGoToTheDefaultFileSystemWithTheirPermissions(@TempDir Path folder)
      throws IOException {
    Path theirs = Files.writeString(folder.resolve("file"), "contents");
    Files.setPosixFilePermissions(theirs, FEW);
    Files.setLastModifiedTime(theirs, PAST);
    Path copy = Files.copy(theirs, root.resolve("copy"), COPY_ATTRIBUTES);
    assertEquals(PAST, Files.getLastModifiedTime(copy));
    Path moved = Files.move(theirs, root.resolve("moved"));
    assertEquals("contents", Files.readString(moved));
    assertFalse(Files.exists(theirs));
    if (Runtime.version().feature() > 24) {
      assertEquals(FEW, Files.getPosixFilePermissions(moved));
    }
    Files.setPosixFilePermissions(moved, FEW);
    Files.move(moved, theirs);
    assertEquals("contents", Files.readString(theirs));
    assertFalse(Files.exists(moved));
  }

  @Test
  void permissionsAreSetInEveryWay() throws IOException {
    Path file = Files.createFile(root.resolve("file"), PosixFilePermissions.asFileAttribute(FEW));
    assertEquals(FEW, Files.getPosixFilePermissions(file));
    toy.own(toy.lookup(toy.root(), "file"), PosixFacts.of(04711).withOwner(12, 34));
    Set<PosixFilePermission> none = Set.of();
    Files.setAttribute(file, "posix:permissions", none);
    PosixFileAttributes found = Files.readAttributes(file, PosixFileAttributes.class);
    assertEquals(none, found.permissions());
    assertEquals("12", found.owner().getName());
    assertEquals(0, toy.attributes(toy.lookup(toy.root(), "file")).posix().orElseThrow().mode());
    Files.setPosixFilePermissions(file, FEW);
    assertEquals(FEW, Files.getPosixFilePermissions(file));
    assertThrows(
        ClassCastException.class, () -> Files.setAttribute(file, "posix:permissions", Set.of("r")));
    assertThrows(
        IllegalArgumentException.class, () -> Files.setAttribute(file, "owner:permissions", FEW));
    assertThrows(
        IllegalArgumentException.class,
        () -> Files.setAttribute(file, "owner:lastModifiedTime", PAST));
  }
}
