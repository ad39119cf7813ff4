package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/** What mkdir makes and rm removes. */
class MakeAndRemoveChangesTest extends CaselessVolume {

  @Test
  void mkdirMakesParentsWithPOnly() throws IOException {
    change(MkdirCommand::new, "a", "b/c");
    assertEquals("/b/c: no such file", said);
    change(MkdirCommand::new, "-p", "a", "b/c");
    assertEquals("", said);
    change(MkdirCommand::new, "a", "d");
    assertEquals("/a: exists already", said);
    assertEquals("/a /b /b/c /d", names());
  }

  @Test
  void rmTakesDirectoriesWithROnlyAndNeverTheRoot() throws IOException {
    file("/d/e/f", "");
    file("/g", "");
    file("/h", "");
    change(RmCommand::new, "d", "g", "absent");
    assertEquals("/d: is a directory, and is removed with -r only\n/absent: no such file", said);
    assertEquals("/d /d/e /d/e/f /h", names());
    change(RmCommand::new, "-r", "/", "..", "d/../../..", ".");
    assertEquals(String.join("\n", Collections.nCopies(4, "/: the root is not removed")), said);
    change(RmCommand::new, "-r", "d");
    assertEquals("", said);
    assertEquals("/h", names());
  }
}
