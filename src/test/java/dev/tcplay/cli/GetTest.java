package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copying out of the container of the samples. */
class GetTest {

  @TempDir private Path folder;

  /** Returns every file below a folder with its text. */
  private static SortedMap<String, String> tree(Path folder) throws IOException {
    SortedMap<String, String> tree = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        tree.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return tree;
  }

  private static void fine(CommandRun.Result result) {
    assertEquals("", result.err());
    assertEquals(0, result.status());
  }

  @Test
  void theRootIsEverythingThereIs() throws IOException {
    fine(Demo.run("get", "/", folder));
    assertEquals(tree(Demo.TREE), tree(folder));
  }

  @Test
  void filesAndDirectoriesKeepTheirBaseNames() throws IOException {
    fine(Demo.run("get", "docs", "/poems/你好.txt", "hello.txt", folder));
    assertEquals(tree(Demo.TREE.resolve("docs")), tree(folder.resolve("docs")));
    assertTrue(Files.isRegularFile(folder.resolve("你好.txt")));
    assertTrue(Files.isRegularFile(folder.resolve("hello.txt")));
    assertFalse(Files.exists(folder.resolve("poems")));
  }

  @Test
  void aMissingTargetIsMade() throws IOException {
    fine(Demo.run("get", "hello.txt", folder.resolve("a/b")));
    assertTrue(Files.isRegularFile(folder.resolve("a/b/hello.txt")));
  }

  @Test
  void filesAreReplacedAndDirectoriesMerged() throws IOException {
    Files.createDirectory(folder.resolve("docs"));
    Files.writeString(folder.resolve("docs/about.md"), "old");
    Files.writeString(folder.resolve("docs/mine.txt"), "mine");
    fine(Demo.run("get", "docs", folder));
    SortedMap<String, String> expected = tree(Demo.TREE.resolve("docs"));
    expected.put("mine.txt", "mine");
    assertEquals(expected, tree(folder.resolve("docs")));
  }

  @Test
  void linksBelowTheTargetAreNotFollowed() throws IOException {
    Path target = Files.createDirectory(folder.resolve("target"));
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path victim = Files.writeString(elsewhere.resolve("victim"), "kept");
    Files.createSymbolicLink(target.resolve("docs"), elsewhere);
    Files.createSymbolicLink(target.resolve("hello.txt"), victim);
    CommandRun.Result result = Demo.run("get", "/", target);
    assertEquals(3, result.status());
    assertEquals("tcplay: " + target.resolve("docs") + ": exists already\n", result.err());
    assertEquals(1, tree(elsewhere).size());
    assertEquals("kept", Files.readString(victim));
    assertTrue(Files.isRegularFile(target.resolve("hello.txt"), LinkOption.NOFOLLOW_LINKS));
    assertTrue(Files.isRegularFile(target.resolve("poems/你好.txt")));
  }

  @Test
  void whatIsMissingInsideDoesNotKeepTheRestFromBeingCopied() {
    CommandRun.Result result = Demo.run("get", "absent", "no/where", "hello.txt", folder);
    assertEquals(3, result.status());
    assertEquals("tcplay: /absent: no such file\ntcplay: /no/where: no such file\n", result.err());
    assertTrue(Files.isRegularFile(folder.resolve("hello.txt")));
  }

  @Test
  void aTargetThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "kept");
    CommandRun.Result result = Demo.run("get", "hello.txt", file);
    assertEquals(3, result.status());
    assertEquals("kept", Files.readString(file));
  }
}
