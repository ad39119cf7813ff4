package dev.tcplay.cli;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands that cannot do what they are told say why, and keep what was there. */
class RefusedCommandsTest extends ChangedContainer {

  @Test
  void aFullVolumeKeepsWhatWasThere() throws Exception {
    Path file = Files.write(folder.resolve("file"), new byte[100]);
    fine("put", file, "/");
    Files.write(file, new byte[8 << 20]);
    CommandRun.Result result = run("put", file, "/");
    assertEquals(3, result.status(), result::err);
    assertTrue(result.err().startsWith("tcplay: "), result::err);
    export();
    assertEquals(List.of("::/file"), names("/"));
    assertEquals(100, mtool("mtype", "::/file").length());
  }

  @Test
  void whatCannotFitIsRefusedBeforeItIsCopied() throws Exception {
    Path huge = folder.resolve("huge");
    try (FileChannel channel = FileChannel.open(huge, CREATE_NEW, WRITE, SPARSE)) {
      channel.write(ByteBuffer.allocate(1), (1L << 32) - 1);
    }
    Path large = Files.write(folder.resolve("large"), new byte[3 << 20]);
    Path small = Files.writeString(folder.resolve("small"), "small");
    CommandRun.Result put = run("put", huge, large, small, "/in");
    assertEquals(3, put.status());
    assertEquals(
        "tcplay: /in/huge: has 4294967296 bytes, and no file of this volume can have more than"
            + " 4294967295\n",
        put.err());
    CommandRun.Result cp = run("cp", "in/large", "in/again");
    assertEquals(3, cp.status());
    assertTrue(
        cp.err().matches("tcplay: /in/again: has 3145728 bytes, and only \\d+ are free\n"),
        cp::err);
    export();
    assertEquals(List.of("::/in/large", "::/in/small"), sorted(names("/in")));
  }

  @Test
  void everyPathThatFailsHasALineOfItsOwn() throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree/deep"));
    for (String name : List.of("one", "two", "deep/three", "deep/fine")) {
      Files.writeString(tree.resolveSibling(name), name);
    }
    fine("put", tree.getParent(), "/");
    try (FileSystem volume = Tcplay.open(container).password(PASSWORD).pim(1).mount()) {
      for (String name : List.of("one", "two", "deep/three")) {
        Files.setAttribute(volume.getPath("/tree", name), "dos:readonly", true);
      }
    }
    // The directories that keep them need no line.
    assertFailures(
        run("rm", "-r", "tree", "none"), "/tree/deep/three", "/tree/one", "/tree/two", "/none");
    assertFailures(
        run("mkdir", "tree", "new", "no/where", "tree/one/x"), "/tree", "/no/where", "/tree/one/x");
    assertFailures(run("mkdir", "-p", "tree/one/x/y", "tree/deep"), "/tree/one/x/y");
    assertFailures(run("touch", "a?b", "no/where", "fine"), "/a?b", "/no/where");
    assertFailures(run("mv", "absent", "fine", "tree/one/x", "new"), "/absent", "/tree/one/x");
    assertFailures(run("cp", "gone", "tree", "tree/one", "new"), "/gone", "/tree");
    assertFailures(run("get", "gone", "lost", "tree", folder.resolve("out")), "/gone", "/lost");
    export();
    assertEquals(List.of("::/new/fine", "::/new/one"), sorted(names("/new")));
  }

  private static void assertFailures(CommandRun.Result result, String... paths) {
    assertEquals(3, result.status(), result::err);
    List<String> lines = result.err().lines().toList();
    assertEquals(paths.length, lines.size(), result::err);
    for (int i = 0; i < paths.length; i++) {
      assertTrue(lines.get(i).startsWith("tcplay: " + paths[i] + ": "), lines.get(i));
    }
  }

  @Test
  void twoFilesOfOneNameAreNotMovedOntoEachOther() throws Exception {
    Path one = Files.createDirectory(folder.resolve("one"));
    Path two = Files.createDirectory(folder.resolve("two"));
    Files.writeString(one.resolve("f"), "1");
    Files.writeString(two.resolve("f"), "2");
    fine("put", one, two, "/");
    fine("mkdir", "/d");
    CommandRun.Result result = run("mv", "/one/f", "/two/f", "/d");
    assertEquals(3, result.status());
    assertTrue(result.err().contains("another of these files has this name"), result.err());
    export();
    assertEquals("1", mtool("mtype", "::/d/f"));
    assertEquals("2", mtool("mtype", "::/two/f"));
  }

  @Test
  void nothingIsCopiedFromOrToTheContainerItself() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("new.hc"), "inner");
    fine("put", other.resolve("new.hc"), "/");
    CommandRun.Result got = run("get", "/new.hc", folder);
    assertEquals(3, got.status());
    assertTrue(got.err().contains("is the container itself"), got.err());
    Files.delete(other.resolve("new.hc"));
    Files.writeString(folder.resolve("beside"), "b");
    CommandRun.Result put = run("put", folder, "/in");
    assertEquals(3, put.status());
    assertTrue(put.err().contains("is the container itself"), put.err());
    export();
    assertEquals("inner", mtool("mtype", "::/new.hc"));
    assertEquals("b", mtool("mtype", "::/in/" + folder.getFileName() + "/beside"));
  }

  @Test
  void aContainerThatCannotBeWrittenIsRefused() throws IOException {
    byte[] before = Files.readAllBytes(container);
    try (FileSystem reader =
        Tcplay.open(container).password(PASSWORD).pim(1).hash("sha512").readOnly(true).mount()) {
      assertTrue(reader.isOpen());
      CommandRun.Result result = run("mkdir", "d");
      assertEquals(3, result.status());
      assertTrue(result.err().contains("new.hc"), result::err);
    }
    assertArrayEquals(before, Files.readAllBytes(container));
  }
}
