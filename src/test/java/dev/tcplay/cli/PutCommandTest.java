package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Seeds;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is put into a container is there for others, or is refused by its name. */
class PutCommandTest extends ChangedContainer {

  @Test
  void whatIsPutIsReadByOthers() throws Exception {
    byte[] large = new byte[1_500_000];
    new Random(Seeds.of("whatIsPutIsReadByOthers")).nextBytes(large);
    Path tree = Files.createDirectories(folder.resolve("A tree/deep/empty")).getParent();
    Files.write(tree.resolve("Large file.bin"), large);
    Files.writeString(tree.resolve("你好.txt"), "hello");
    Files.writeString(folder.resolve("top.txt"), "top");
    fine("put", tree.getParent(), folder.resolve("top.txt"), "/in/side");
    export();
    assertEquals("hello", mtool("mtype", "::/in/side/A tree/deep/你好.txt"));
    assertEquals(
        List.of(
            "::/in/side/A tree/deep/empty/",
            "::/in/side/A tree/deep/Large file.bin",
            "::/in/side/A tree/deep/你好.txt"),
        names("/in/side/A tree/deep"));
    Path copied = folder.resolve("copied");
    mtool("mcopy", "::/in/side/A tree/deep/Large file.bin", copied.toString());
    assertArrayEquals(large, Files.readAllBytes(copied));
  }

  @Test
  void puttingAgainReplacesFilesAndKeepsOthers() throws Exception {
    Path docs = Files.createDirectory(folder.resolve("docs"));
    Files.writeString(docs.resolve("Changing name.txt"), "old and long".repeat(1000));
    Files.writeString(docs.resolve("b"), "b");
    fine("put", docs, "/");
    Files.delete(docs.resolve("b"));
    Files.writeString(docs.resolve("Changing name.txt"), "new");
    fine("put", docs, "/");
    export();
    assertEquals("new", mtool("mtype", "::/docs/Changing name.txt"));
    assertEquals(List.of("::/docs/Changing name.txt", "::/docs/b"), sorted(names("/docs")));
  }

  @Test
  void namesThatTheVolumeCannotHoldAreRefused() throws Exception {
    Path tree = Files.createDirectory(folder.resolve("tree"));
    for (String name : List.of("a:b", "a*", "back\\slash", "q?", "dot.", "space ", "fine")) {
      Files.writeString(tree.resolve(name), name);
    }
    Files.writeString(tree.resolve("line\nend"), "x");
    CommandRun.Result result = run("put", tree, "/");
    assertEquals(3, result.status());
    List<String> lines = result.err().lines().toList();
    List<String> refused =
        List.of("a*", "a:b", "back\\slash", "dot.", "line\\u000aend", "q?", "space ");
    assertEquals(refused.size(), lines.size(), result::err);
    for (int i = 0; i < refused.size(); i++) {
      String start = "tcplay: " + tree + "/" + refused.get(i) + " -> /tree/" + refused.get(i);
      assertTrue(lines.get(i).startsWith(start + ": "), lines.get(i));
    }
    export();
    assertEquals(List.of("::/tree/fine"), names("/tree"));
  }

  @Test
  @EnabledOnOs(OS.LINUX) // macOS has no such names
  void namesThatAreNoTextInTheHostsEncodingAreRefused() throws Exception {
    Path tree = Files.createDirectory(folder.resolve("tree"));
    for (String name : List.of("caf%E9", "caf%C3%A9", "cut%E4%BD", "real%EF%BF%BD")) {
      Files.writeString(Path.of(URI.create(tree.toUri() + name)), name);
    }
    Files.createDirectory(Path.of(URI.create(tree.toUri() + "d%FF")));
    assertPut("C.UTF-8", tree, "caf%E9", "cut%E4%BD", "d%FF");
    export();
    assertEquals(
        List.of("::/C.UTF-8/tree/café", "::/C.UTF-8/tree/real\uFFFD"),
        sorted(names("/C.UTF-8/tree")));
    assertPut("C", tree, "caf%C3%A9", "caf%E9", "cut%E4%BD", "d%FF", "real%EF%BF%BD");
    export();
    assertEquals(List.of(), names("/C/tree"));
  }

  /** Puts a tree in a process of some locale; of the names that are refused each has its line. */
  private void assertPut(String locale, Path tree, String... refused) throws Exception {
    CommandRun.Result result =
        JavaProcess.main()
            .arguments("put", "--password", PASSWORD, "--pim", 1, "--hash", "sha512", container)
            .arguments(tree, "/" + locale)
            .environment("LC_ALL", locale)
            .run();
    assertEquals(3, result.status(), result::err);
    List<String> told = result.err().lines().toList();
    assertEquals(refused.length, told.size(), result::err);
    for (String name : refused) {
      long lines =
          told.stream()
              .filter(line -> line.contains(", which are " + name + " in a URI, "))
              .count();
      assertEquals(1, lines, result::err);
    }
  }

  @Test
  void aFileIsNotPutOverAnotherByItsShortName() throws Exception {
    Path docs = Files.createDirectory(folder.resolve("docs"));
    Files.writeString(docs.resolve("A long file.txt"), "long");
    Files.writeString(docs.resolve("ALONGF~1.TXT"), "short");
    CommandRun.Result result = run("put", docs, "/");
    export();
    // By the order in which the host lists them: one is refused, or the short names differ.
    boolean refused = result.status() == 3;
    assertEquals(refused ? 1 : 2, names("/docs").size(), result.err());
    fine("rm", "-r", "/docs");
    run("put", docs.resolve("A long file.txt"), docs.resolve("ALONGF~1.TXT"), "/docs");
    export();
    assertEquals("long", mtool("mtype", "::/docs/A long file.txt"));
  }
}
