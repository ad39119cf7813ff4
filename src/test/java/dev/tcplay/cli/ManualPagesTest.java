package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manual pages, as Debian's man and groff read them. */
class ManualPagesTest {

  @TempDir private Path folder;

  private Path page(String... names) throws IOException {
    List<Object> arguments = new ArrayList<>(List.of("man"));
    arguments.addAll(List.of(names));
    CommandRun.Result result = new CommandRun().run(arguments.toArray());
    assertEquals(0, result.status(), result::err);
    Path file = folder.resolve("tcplay" + String.join("-", names) + ".1");
    return Files.writeString(file, result.out());
  }

  @Test
  void noPageIsWarnedOf() throws Exception {
    List<String> command = new ArrayList<>(List.of("groff", "-man", "-ww", "-z", "-Tutf8"));
    for (String call : HelpTest.commands().toList()) {
      String[] words = call.split(" ");
      command.add(page(List.of(words).subList(1, words.length).toArray(String[]::new)).toString());
    }
    assertEquals(new Judge.Verdict(0, ""), Judge.run(command.toArray(String[]::new)));
  }

  @Test
  void aPageTellsWhatTheHelpTells() throws Exception {
    String shown =
        Judge.run("man", "--warnings", "--nj", "--nh", "-l", page("header", "restore").toString())
            .output()
            .replaceAll("\\s+", " ");
    for (String text :
        List.of(
            "tcplay-header-restore - ",
            "SYNOPSIS tcplay header restore [OPTIONS] FILE",
            "--from=BACKUP",
            "--backup-header, --no-backup-header",
            "--password-command=CMD",
            "EXIT STATUS 0 all went well",
            "tcplay header restore --from letters.header letters.hc")) {
      assertTrue(shown.contains(text), () -> text + " in " + shown);
    }
  }
}
