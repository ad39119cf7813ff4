package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.NameRules;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.Iterator;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What paths do beyond the rules that the default file system shares. */
class PathTest {

  private final FileSystem caseless =
      new MemoryVolume(
              MemoryVolume.CASELESS,
              MemoryItem.directory("")
                  .with(
                      MemoryItem.directory("Docs")
                          .with(MemoryItem.file("Read Me.TXT", new byte[1]))))
          .mount();
  private final FileSystem exact =
      new MemoryVolume(NameRules.EXACT, MemoryItem.directory("")).mount();

  @Test
  void pathsAreEqualAsTheVolumeComparesNames() {
    Path lower = caseless.getPath("/docs/read me.txt");
    Path upper = caseless.getPath("/DOCS/READ ME.TXT");
    assertEquals(lower, upper);
    assertEquals(lower.hashCode(), upper.hashCode());
    assertEquals(0, lower.compareTo(upper));
    assertTrue(Set.of(lower).contains(upper));
    assertTrue(lower.startsWith("/DOCS"));
    assertTrue(lower.endsWith("Read Me.txt"));
    assertEquals("../b", caseless.getPath("X/a").relativize(caseless.getPath("x/b")).toString());
    assertEquals("/DOCS/READ ME.TXT", upper.toString());
    assertNotEquals(exact.getPath("a"), exact.getPath("A"));
  }

  @Test
  void realPathHasTheStoredNames() throws IOException {
    Path path = caseless.getPath("docs/../DOCS/./read ME.txt");
    assertEquals("/Docs/Read Me.TXT", path.toRealPath().toString());
    assertEquals("/", caseless.getPath("").toRealPath().toString());
    NoSuchFileException missing =
        assertThrows(NoSuchFileException.class, () -> caseless.getPath("docs/x").toRealPath());
    assertEquals("docs/x", missing.getFile());
  }

  @Test
  void theWorkingDirectoryIsTheRoot() {
    assertEquals("/", caseless.getPath("").toAbsolutePath().toString());
    assertEquals("/a/b", caseless.getPath("a/b").toAbsolutePath().toString());
  }

  @Test
  void onlyNulIsNoNameCharacter() {
    InvalidPathException e = assertThrows(InvalidPathException.class, () -> exact.getPath("ab\0c"));
    assertEquals(2, e.getIndex());
    assertEquals("a:*?\"<>|\\", exact.getPath("a:*?\"<>|\\").getFileName().toString());
  }

  @Test
  void pathsOfOthersAreRefusedOrUnequal() {
    Path ours = exact.getPath("/a");
    Path theirs = Path.of("/a");
    Path other = caseless.getPath("/a");
    assertThrows(ProviderMismatchException.class, () -> ours.resolve(theirs));
    assertThrows(ProviderMismatchException.class, () -> ours.relativize(theirs));
    assertThrows(ClassCastException.class, () -> ours.compareTo(theirs));
    assertFalse(ours.startsWith(theirs));
    assertFalse(ours.endsWith(theirs));
    assertNotEquals(ours, theirs);
    assertNotEquals(ours, other);
    assertNotEquals(0, ours.compareTo(other));
    assertEquals(-Integer.signum(ours.compareTo(other)), Integer.signum(other.compareTo(ours)));
    assertFalse(ours.startsWith(other));
    assertThrows(IllegalArgumentException.class, () -> ours.relativize(other));
    assertThrows(NullPointerException.class, () -> ours.resolve((Path) null));
  }

  @Test
  void unsupportedOperationsSaySo() {
    Path path = exact.getPath("/a");
    String message = assertThrows(UnsupportedOperationException.class, path::toFile).getMessage();
    assertTrue(message.contains("java.nio.file.Files"), message);
    assertThrows(UnsupportedOperationException.class, exact::getUserPrincipalLookupService);
  }

  @Test
  void theIteratorOfNamesIsReadOnly() {
    Iterator<Path> names = exact.getPath("a/b").iterator();
    names.next();
    assertThrows(UnsupportedOperationException.class, names::remove);
  }

  @Test
  void aPathKnowsItsFileSystem() {
    assertSame(exact, exact.getPath("a").getFileSystem());
    assertSame(exact, exact.getRootDirectories().iterator().next().getFileSystem());
    assertEquals("/", exact.getSeparator());
  }
}
