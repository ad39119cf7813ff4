package dev.tcplay.cli;

import dev.tcplay.Keyfiles;
import dev.tcplay.model.KeyfileInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tcplay keyfile check}: what files are worth as keyfiles. */
@Command(
    name = "check",
    description = {
      "Prints how many bytes of each file count as a keyfile, and warns of what is weak.",
      "Ends with status 0 if all of them can be used."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class KeyfileCheckCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(paramLabel = "F", arity = "1..*", description = "Keyfiles, or folders of keyfiles.")
  private List<Path> keyfiles = List.of();

  KeyfileCheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    boolean allUsable = true;
    for (KeyfileInfo keyfile : Keyfiles.check(keyfiles)) {
      print(keyfile);
      terminal.out().flush();
      keyfile.refusal().ifPresent(why -> terminal.complain(Failures.message(why)));
      allUsable &= keyfile.refusal().isEmpty();
    }
    return allUsable ? ExitStatus.FINE : ExitStatus.FAILED;
  }

  private void print(KeyfileInfo keyfile) throws IOException {
    for (KeyfileInfo.Counted file : keyfile.files()) {
      if (file.bytes() > 0) {
        String which = file.longer() ? "the first %d bytes count" : "%d bytes count";
        line(file.file(), which.formatted(file.bytes()));
      }
      file.warnings()
          .forEach(warning -> terminal.complain("warning: " + file.file() + ": " + warning));
    }
    for (Path skipped : keyfile.skipped()) {
      line(skipped, "does not count");
    }
  }

  private void line(Path file, String text) throws IOException {
    terminal.out().line(Names.visible(file + ": " + text));
  }
}
