package dev.tcplay.cli;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands that change a container, judged by what others find in the decrypted volume. */
class ChangeCommandsTest {

  private static final String PASSWORD = "x";

  @TempDir private Path folder;
  private Path container;
  private Path image;

  @BeforeEach
  void makeContainer() throws IOException {
    container = folder.resolve("new.hc");
    image = folder.resolve("volume.img");
    Tcplay.create(container).size(4 << 20).password(PASSWORD).pim(1).quick(true).create();
  }

  private CommandRun.Result run(String command, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of(command, "--password", PASSWORD));
    arguments.addAll(List.of("--pim", 1, "--hash", "sha512", "--cipher", "aes"));
    int options = 0;
    while (options < more.length && more[options].toString().matches("-.+")) {
      arguments.add(more[options++]);
    }
    arguments.add(container);
    arguments.addAll(List.of(more).subList(options, more.length));
    return new CommandRun().run(arguments.toArray());
  }

  private void fine(String command, Object... more) {
    CommandRun.Result result = run(command, more);
    assertEquals("", result.err());
    assertEquals(0, result.status());
  }

  /** Exports the volume, and has it judged sound. */
  private void export() throws Exception {
    fine("export", "--force", image);
    Judge.Verdict fsck = Judge.run("fsck.fat", "-n", image.toString());
    assertEquals(0, fsck.status(), fsck.output());
  }

  private String mtool(String tool, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of(tool, "-i", image.toString()));
    command.addAll(List.of(more));
    Judge.Verdict verdict = Judge.run(command.toArray(new String[0]));
    assertEquals(0, verdict.status(), verdict.output());
    return verdict.output();
  }

  private List<String> names(String directory) throws Exception {
    return mtool("mdir", "-b", "::" + directory).lines().filter(line -> !line.isEmpty()).toList();
  }

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

  private static List<String> sorted(List<String> names) {
    return names.stream().sorted().toList();
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
  void namesNeverTurnALineAroundWhereverTheyArePrinted() throws Exception {
    String name = "a\u202Efdp.exe\u2028b";
    String shown = "a\\u202efdp.exe\\u2028b";
    Path file = Files.writeString(folder.resolve(name), "x");
    fine("put", file, "/");
    assertEquals(List.of(shown), run("ls").lines());
    assertTrue(run("sha256").out().endsWith("  " + shown + "\n"));
    assertTrue(run("ls", "--json").out().contains("\"path\": \"" + shown + "\""));
    String error = "tcplay: /" + shown + "/x: ";
    assertTrue(run("cat", name + "/x").err().startsWith(error));
    CommandRun.Result trace = run("cat", "--verbose", name + "/x");
    assertTrue(trace.err().startsWith(error), trace::err);
    assertFalse(trace.err().contains("\u202E"), trace::err);
    assertFalse(trace.err().contains("\u2028"), trace::err);
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
  void filesAreMovedCopiedAndRemoved() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "text");
    fine("mkdir", "-p", "a/b/c", "d");
    fine("put", file, "a");
    fine("cp", "a/file", "a/b/A longer name");
    fine("cp", "-r", "a", "copy");
    fine("mv", "a/file", "copy/b", "d");
    fine("mv", "d/file", "d/File");
    fine("rm", "-r", "copy");
    export();
    assertEquals("text", mtool("mtype", "::/d/File"));
    assertEquals("text", mtool("mtype", "::/d/b/A longer name"));
    assertEquals(List.of("::/a/", "::/d/"), names("/"));
    assertEquals(List.of("::/d/File", "::/d/b/"), sorted(names("/d")));
    assertEquals(List.of("::/d/b/A longer name", "::/d/b/c/"), sorted(names("/d/b")));
    fine("rm", "-r", "a", "d");
    export();
    try (FileSystem volume = Tcplay.open(image).format("plain").readOnly(true).mount()) {
      assertEquals(
          Files.getFileStore(volume.getPath("/")).getTotalSpace(),
          Files.getFileStore(volume.getPath("/")).getUsableSpace());
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
  void timesAreSetAsLocalTime() throws Exception {
    fine("mkdir", "d");
    fine("touch", "--time=2024-05-06T07:08:10", "new.txt", "d");
    export();
    String listing = mtool("mdir", "::/");
    assertTrue(listing.contains("2024-05-06   7:08"), listing);
    assertTrue(listing.matches("(?s).*new +txt +0 2024-05-06 .*"), listing);
    CommandRun.Result beyond = run("touch", "--time=1970-01-01T00:00:00Z", "new.txt");
    assertTrue(beyond.status() == 0 || beyond.status() == 3, beyond::err);
  }

  @Test
  void theLabelIsPrintedSetAndRemoved() throws Exception {
    assertEquals("", run("label").out());
    fine("label", "Letters");
    assertEquals("LETTERS\n", run("label").out());
    export();
    assertTrue(mtool("mlabel", "-s", "::").contains("LETTERS"));
    assertEquals(3, run("label", "much too long for it").status());
    assertEquals("LETTERS\n", run("label").out());
    fine("label", "");
    assertEquals("", run("label").out());
    export();
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
