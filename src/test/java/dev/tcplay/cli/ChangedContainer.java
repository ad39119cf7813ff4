package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.Tcplay;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A container that commands change, judged by what others find in the decrypted volume. */
abstract class ChangedContainer {

  static final String PASSWORD = "x";

  @TempDir Path folder;
  Path container;
  Path image;

  @BeforeEach
  void makeContainer() throws IOException {
    container = folder.resolve("new.hc");
    image = folder.resolve("volume.img");
    Tcplay.create(container).size(4 << 20).password(PASSWORD).pim(1).quick(true).create();
  }

  CommandRun.Result run(String command, Object... more) {
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

  void fine(String command, Object... more) {
    CommandRun.Result result = run(command, more);
    assertEquals("", result.errBesidesAdvice());
    assertEquals(0, result.status());
  }

  /** Exports the volume, and has it judged sound. */
  void export() throws Exception {
    fine("export", "--force", image);
    Judge.Verdict fsck = Judge.run("fsck.fat", "-n", image.toString());
    assertEquals(0, fsck.status(), fsck.output());
  }

  String mtool(String tool, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of(tool, "-i", image.toString()));
    command.addAll(List.of(more));
    Judge.Verdict verdict = Judge.run(command.toArray(new String[0]));
    assertEquals(0, verdict.status(), verdict.output());
    return verdict.output();
  }

  List<String> names(String directory) throws Exception {
    return mtool("mdir", "-b", "::" + directory).lines().filter(line -> !line.isEmpty()).toList();
  }

  static List<String> sorted(List<String> names) {
    return names.stream().sorted().toList();
  }
}
