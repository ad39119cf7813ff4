package dev.tcplay.contract;

import static dev.tcplay.contract.Case.caseless;
import static dev.tcplay.contract.Case.everywhere;
import static dev.tcplay.contract.Case.ours;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.nio.DrivenVolumes;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Points 74 to 85: paths and patterns. */
final class PathCases {

  private PathCases() {}

  static List<Case> all() {
    return List.of(
        everywhere("74", PathCases::parse),
        everywhere("75", PathCases::empty),
        everywhere("76", PathCases::absolute),
        everywhere("77", PathCases::normalize),
        everywhere("78", PathCases::resolve),
        everywhere("79", PathCases::parts),
        caseless("80", PathCases::equality),
        ours("81", PathCases::otherFileSystem),
        everywhere("82", PathCases::realPath),
        everywhere("83", PathCases::toFile),
        everywhere("84", PathCases::register),
        everywhere("85", PathCases::patterns));
  }

  private static void parse(Place place) {
    FileSystem fs = place.fileSystem();
    assertEquals("/a/b/c", fs.getPath("/a", "", "b/", "/c").toString());
    assertEquals("a/b", fs.getPath("", "a", "b").toString());
    assertEquals("/a", fs.getPath("//a//").toString());
    InvalidPathException nul = assertThrows(InvalidPathException.class, () -> fs.getPath("a\0b"));
    assertEquals("a\0b", nul.getInput());
    assertThrows(NullPointerException.class, () -> fs.getPath(null));
    assertThrows(NullPointerException.class, () -> fs.getPath("a", (String) null));
  }

  private static void empty(Place place) {
    Path empty = place.fileSystem().getPath("");
    assertEquals(1, empty.getNameCount());
    assertEquals(empty, empty.getFileName());
    assertFalse(empty.isAbsolute());
    assertEquals(null, empty.getParent());
    assertEquals(
        empty.toAbsolutePath(), place.fileSystem().getPath(".").toAbsolutePath().normalize());
    assertEquals(place.path("a"), place.path("a").resolve(empty));
  }

  private static void absolute(Place place) throws Exception {
    Path here = place.fileSystem().getPath("").toAbsolutePath();
    Path relative = here.relativize(place.folder());
    assertEquals(place.folder(), relative.toAbsolutePath().normalize());
    assertTrue(Files.isSameFile(place.folder(), relative));
    if (place.isOurs()) {
      assertEquals("/", here.toString());
    }
  }

  private static void normalize(Place place) {
    FileSystem fs = place.fileSystem();
    assertEquals("", fs.getPath(".").normalize().toString());
    assertEquals("/", fs.getPath("/../..").normalize().toString());
    assertEquals("../a", fs.getPath("../b/../a/.").normalize().toString());
    assertEquals("..", fs.getPath("/a").relativize(fs.getPath("/.")).normalize().toString());
    assertEquals("../c/d", fs.getPath("/a/b").relativize(fs.getPath("/a/c/d")).toString());
    assertEquals("..", fs.getPath("a").relativize(fs.getPath("")).toString());
    assertThrows(
        IllegalArgumentException.class, () -> fs.getPath("/a").relativize(fs.getPath("a")));
  }

  private static void resolve(Place place) {
    FileSystem fs = place.fileSystem();
    Path path = fs.getPath("/a/bc");
    assertEquals("/a/bc/d", path.resolve("d").toString());
    assertEquals("/d", path.resolve("/d").toString());
    assertEquals("/a/d", path.resolveSibling("d").toString());
    assertEquals("d", fs.getPath("a").resolveSibling("d").toString());
    assertTrue(path.startsWith("/a") && path.endsWith("bc") && path.endsWith("/a/bc"));
    assertFalse(path.startsWith("/a/b") || path.endsWith("c") || path.endsWith("/bc"));
    assertFalse(path.startsWith("") || path.endsWith(""));
  }

  private static void parts(Place place) {
    Path path = place.fileSystem().getPath("/a/b/c");
    assertEquals("b", path.getName(1).toString());
    assertEquals("b/c", path.subpath(1, 3).toString());
    assertThrows(IllegalArgumentException.class, () -> path.getName(3));
    assertThrows(IllegalArgumentException.class, () -> path.getName(-1));
    assertThrows(IllegalArgumentException.class, () -> path.subpath(1, 1));
    assertThrows(IllegalArgumentException.class, () -> path.subpath(0, 4));
    assertThrows(IllegalArgumentException.class, () -> path.getRoot().getName(0));
    Iterator<Path> names = path.iterator();
    assertEquals("a", names.next().toString());
    assertThrows(UnsupportedOperationException.class, names::remove);
    List<String> all = new ArrayList<>();
    path.forEach(name -> all.add(name.toString()));
    assertEquals(List.of("a", "b", "c"), all);
  }

  private static void equality(Place place) {
    Path one = place.path("A name");
    Path two = place.path("a NAME");
    assertEquals(one, two);
    assertEquals(one.hashCode(), two.hashCode());
    assertEquals(0, one.compareTo(two));
    assertTrue(one.startsWith(place.folder()) && one.endsWith("a name"));
    assertTrue(one.toString().endsWith("A name") && two.toString().endsWith("a NAME"));
    assertNotEquals(one, place.path("another"));
    assertTrue(place.path("a").compareTo(place.path("b")) < 0);
  }

  private static void otherFileSystem(Place place) throws Exception {
    try (FileSystem other = DrivenVolumes.toy()) {
      Path theirs = other.getPath(place.folder().toString());
      assertNotEquals(place.folder(), theirs);
      assertNotEquals(0, place.folder().compareTo(theirs));
      assertEquals(
          Integer.signum(theirs.compareTo(place.folder())),
          -Integer.signum(place.folder().compareTo(theirs)));
      assertFalse(place.folder().startsWith(theirs) || place.folder().endsWith(theirs));
    }
    try (FileSystem others = Place.foreign()) {
      assertThrows(ClassCastException.class, () -> place.folder().compareTo(others.getPath("/")));
    }
  }

  private static void realPath(Place place) throws Exception {
    Path file = place.file("A name", "text");
    Files.createDirectory(place.path("dir"));
    assertEquals(
        place.folder().toRealPath().resolve("A name").toString(),
        place.path("dir/.././A name").toRealPath().toString());
    assertThrows(NoSuchFileException.class, () -> place.path("missing").toRealPath());
    if (Files.exists(place.path("a NAME"))) {
      assertEquals("A name", place.path("a NAME").toRealPath().getFileName().toString());
    }
    assertTrue(file.toRealPath().isAbsolute());
  }

  private static void toFile(Place place) {
    try {
      assertEquals(place.path("a").toString(), place.path("a").toFile().getPath());
    } catch (UnsupportedOperationException e) {
      assertNotEquals(null, e.getMessage());
      throw new Case.NotOffered();
    }
  }

  private static void register(Place place) throws Exception {
    try (WatchService watcher = place.fileSystem().newWatchService()) {
      WatchKey key = place.folder().register(watcher, StandardWatchEventKinds.ENTRY_CREATE);
      assertEquals(place.folder(), key.watchable());
      assertTrue(key.isValid());
      assertThrows(
          NullPointerException.class,
          () -> place.folder().register(null, StandardWatchEventKinds.ENTRY_CREATE));
      assertThrows(IllegalArgumentException.class, () -> place.folder().register(watcher));
    } catch (UnsupportedOperationException e) {
      throw new Case.NotOffered();
    }
  }

  private static void patterns(Place place) {
    FileSystem fs = place.fileSystem();
    matches(fs, "glob:**.java", "/a/b.java", true);
    matches(fs, "glob:*.java", "/a/b.java", false);
    matches(fs, "glob:*.{java,class}", "b.class", true);
    matches(fs, "glob:[!x]*", "xa", false);
    matches(fs, "glob:*", ".hidden", true);
    matches(fs, "GLOB:a?", "ab", true);
    matches(fs, "Regex:a.+", "abc", true);
    boolean caseless = fs.getPath("a").equals(fs.getPath("A"));
    matches(fs, "glob:*.JAVA", "b.java", caseless);
    assertThrows(UnsupportedOperationException.class, () -> fs.getPathMatcher("grep:a"));
    assertThrows(IllegalArgumentException.class, () -> fs.getPathMatcher("a"));
    assertThrows(PatternSyntaxException.class, () -> fs.getPathMatcher("glob:[a"));
  }

  private static void matches(FileSystem fs, String pattern, String path, boolean expected) {
    assertEquals(expected, fs.getPathMatcher(pattern).matches(fs.getPath(path)), pattern);
  }
}
