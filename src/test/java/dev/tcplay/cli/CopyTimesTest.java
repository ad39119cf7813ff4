package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether copies have the times of what they are copied from, by the times of the host. */
class CopyTimesTest extends ChangedContainer {

  /** FAT keeps even seconds. */
  private static final FileTime OF_FILE = time("2019-03-04T05:06:08Z");

  private static final FileTime OF_DIRECTORY = time("2018-07-08T09:10:12Z");
  private static final FileTime OF_INNER = time("2001-02-03T04:05:06Z");

  private Path tree;
  private Path out;

  private static FileTime time(String text) {
    return FileTime.from(Instant.parse(text));
  }

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectories(folder.resolve("tree"));
    out = folder.resolve("out");
    Path inner = Files.createDirectory(tree.resolve("inner"));
    Files.setLastModifiedTime(Files.writeString(inner.resolve("b.txt"), "b"), OF_FILE);
    Files.setLastModifiedTime(Files.writeString(tree.resolve("a.txt"), "a"), OF_FILE);
    Files.setLastModifiedTime(inner, OF_INNER);
    Files.setLastModifiedTime(tree, OF_DIRECTORY);
  }

  private void assertTimesAreThoseOf(Path copy) throws IOException {
    assertEquals(OF_FILE, Files.getLastModifiedTime(copy.resolve("a.txt")));
    assertEquals(OF_FILE, Files.getLastModifiedTime(copy.resolve("inner/b.txt")));
    assertEquals(OF_INNER, Files.getLastModifiedTime(copy.resolve("inner")));
    assertEquals(OF_DIRECTORY, Files.getLastModifiedTime(copy));
  }

  @Test
  void thereAndBackTheTimesStay() throws Exception {
    fine("put", tree, "/");
    fine("cp", "-r", "tree", "copy");
    fine("get", "tree", "copy", out);
    assertTimesAreThoseOf(out.resolve("tree"));
    assertTimesAreThoseOf(out.resolve("copy"));
    export();
    assertTrue(mtool("mdir", "::copy").contains("2019-03-04"), mtool("mdir", "::copy"));
  }

  @Test
  void withoutTimesACopyHasThatOfItsMaking() throws Exception {
    fine("put", "--no-times", tree, "/");
    fine("put", tree, "/kept");
    fine("cp", "--no-times", "-r", "kept/tree", "copied");
    fine("get", "tree", "copied", out);
    for (String name : new String[] {"tree/a.txt", "tree/inner", "copied/a.txt", "copied/inner"}) {
      assertTrue(Files.getLastModifiedTime(out.resolve(name)).compareTo(OF_FILE) > 0, name);
    }
    fine("get", "--no-times", "kept/tree", out.resolve("new"));
    assertNotEquals(OF_FILE, Files.getLastModifiedTime(out.resolve("new/tree/a.txt")));
  }

  @Test
  void aTimeOutOfTheRangeOfTheVolumeIsTheNearestInIt() throws Exception {
    Path old = Files.writeString(folder.resolve("old.txt"), "old");
    Path late = Files.writeString(folder.resolve("late.txt"), "late");
    Files.setLastModifiedTime(old, time("1970-01-02T00:00:00Z"));
    Files.setLastModifiedTime(late, time("2200-01-01T00:00:00Z"));
    fine("put", "--zone=UTC", old, late, "/");
    fine("get", "--zone=UTC", "old.txt", "late.txt", out);
    assertEquals("old", Files.readString(out.resolve("old.txt")));
    assertEquals(time("1980-01-01T00:00:00Z"), Files.getLastModifiedTime(out.resolve("old.txt")));
    assertEquals(time("2107-12-31T23:59:58Z"), Files.getLastModifiedTime(out.resolve("late.txt")));
  }
}
