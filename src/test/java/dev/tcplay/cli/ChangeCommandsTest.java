package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The commands that change a container, judged by what others find in the decrypted volume. */
class ChangeCommandsTest extends ChangedContainer {

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
}
