package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code expand}. */
class ExpandCommandTest extends ChangedContainer {

  private static void assertFails(int status, String message, CommandRun.Result result) {
    assertEquals(status, result.status(), result::err);
    assertEquals(1, result.err().lines().count(), result::err);
    assertTrue(result.err().contains(message), result::err);
  }

  @Test
  void aContainerGrowsAndSaysWhatItsFileSystemTakes() throws Exception {
    Path letter = Files.writeString(folder.resolve("letter"), "dear");
    fine("put", letter, "/");
    CommandRun.Result result = run("expand", "--size=8M");
    assertEquals(0, result.status(), result::err);
    assertEquals(8 << 20, Files.size(container));
    assertTrue(
        result.out().contains("new.hc: 8388608 bytes, of which 8126464 are data, its file system"),
        result::out);
    assertTrue(result.err().startsWith("tcplay: warning: its file system, FAT"), result::err);
    assertTrue(result.err().contains("as with more than 4084 clusters"), result::err);
    assertEquals("dear", run("cat", "letter").out());
    export();
    assertFails(3, "has that size already", run("expand", "--size=8M"));
  }

  @Test
  void aRefusalWritesNothing() throws IOException {
    byte[] before = Files.readAllBytes(container);
    assertFails(3, "is not made smaller", run("expand", "--size=1M"));
    assertFails(3, "has that size already", run("expand", "--size=4M"));
    assertFails(2, "a multiple of 512", run("expand", "--size=9000001"));
    assertFails(2, "must be absent", run("expand", "--size=9M", "--header-file=" + container));
    assertFails(1, "hidden", run("expand", "--hidden", "--size=9M"));
    assertFails(
        3, "no such file", new CommandRun().run("expand", "--size", "1M", folder.resolve("none")));
    assertArrayEquals(before, Files.readAllBytes(container));
  }
}
