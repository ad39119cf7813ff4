package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What mv and cp do, and what stays where it is. */
class MoveAndCopyChangesTest extends CaselessVolume {

  @Test
  void mvMovesIntoADirectoryOrToAName() throws IOException {
    file("/a", "a");
    file("/b", "b");
    file("/d/x", "x");
    change(MvCommand::new, "a", "b", "d");
    assertEquals("{/d=/, /d/a=a, /d/b=b, /d/x=x}", tree().toString());
    change(MvCommand::new, "d/a", "d/x");
    change(MvCommand::new, "d", "e");
    assertEquals("{/e=/, /e/b=b, /e/x=a}", tree().toString());
    change(MvCommand::new, "e/b", "..");
    assertEquals("{/b=b, /e=/, /e/x=a}", tree().toString());
    assertEquals("", said);
  }

  @ParameterizedTest
  @CsvSource({
    "d, d/e, a directory cannot go into itself",
    "d, D/E, a directory cannot go into itself",
    "d, d, a directory cannot go into itself",
    "d/e, d, is that file already",
    "f, f, is that file already",
    "/, d, the root stays where it is",
    "d, f, not a directory",
    "absent, d, no such file",
    "f, no/where, no such file",
    "g, c, is a directory"
  })
  void whatCannotMoveOrBeCopiedStays(String from, String to, String message) throws IOException {
    file("/d/e/f", "1");
    file("/f", "2");
    file("/c/g/h", "3");
    file("/g", "4");
    SortedMap<String, String> before = tree();
    change(MvCommand::new, from, to);
    assertTrue(said.contains(message), said);
    change(CpCommand::new, "-r", from, to);
    assertTrue(said.contains(message), said);
    assertEquals(before, tree());
  }

  @Test
  void severalFilesGoIntoADirectoryOnly() throws IOException {
    file("/a", "a");
    file("/b", "b");
    for (Function<Terminal, ChangeCommand> command :
        List.<Function<Terminal, ChangeCommand>>of(MvCommand::new, CpCommand::new)) {
      assertThrows(FileSystemException.class, () -> change(command, "a", "b", "c"));
      assertThrows(FileSystemException.class, () -> change(command, "a", "b", "b"));
    }
    assertEquals("{/a=a, /b=b}", tree().toString());
  }

  @Test
  void cpCopiesAndMerges() throws IOException {
    file("/d/x", "x");
    file("/d/e/y", "y");
    change(CpCommand::new, "d/x", "z");
    assertEquals("", said);
    change(CpCommand::new, "d", "copy");
    assertEquals("/d: is a directory, and is copied with -r only", said);
    change(CpCommand::new, "-r", "d", "copy");
    file("/copy/x", "changed");
    file("/to/d/e/old", "old");
    change(CpCommand::new, "-r", "d", "z", "to");
    assertEquals("", said);
    assertEquals(
        "{/copy=/, /copy/e=/, /copy/e/y=y, /copy/x=changed, /d=/, /d/e=/, /d/e/y=y, /d/x=x,"
            + " /to=/, /to/d=/, /to/d/e=/, /to/d/e/old=old, /to/d/e/y=y, /to/d/x=x, /to/z=x, /z=x}",
        tree().toString());
    change(CpCommand::new, "z", "Z");
    assertEquals("/z: is that file already", said);
  }
}
