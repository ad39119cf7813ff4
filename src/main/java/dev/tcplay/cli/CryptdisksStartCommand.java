package dev.tcplay.cli;

import dev.tcplay.OpenContainer;
import dev.tcplay.crypttab.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code tcplay cryptdisks start}: a process for each entry, as {@code map --background} has it.
 * The command is its own server: in the background it serves the one entry that it is given.
 */
@Command(
    name = "start",
    description = {
      "Serves the containers of a crypttab in the background, each as map --background does, in the"
          + " order of the table; without NAME all but those with noauto. Entries of LUKS, plain"
          + " dm-crypt and swap are named and skipped."
    })
final class CryptdisksStartCommand extends CryptdisksSubcommand {

  private static final String ALLOW_KEYSCRIPT = "--allow-keyscript";

  @Option(
      names = ALLOW_KEYSCRIPT,
      description = "Run the programs that keyscript= names, for passphrases.")
  private boolean scripts;

  CryptdisksStartCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  int run() throws IOException {
    if (BackgroundServer.current() != null) {
      return serve(chosen().get(0));
    }
    TimedPrompt prompt = new TimedPrompt(terminal());
    int status = ExitStatus.FINE;
    for (Entry entry : chosen()) {
      if (name().isPresent() || entry.automatic()) {
        status = Math.max(status, start(entry, prompt));
      }
    }
    return status;
  }

  private int start(Entry entry, TimedPrompt prompt) throws IOException {
    try {
      RunFolder.checkName(entry.name());
    } catch (IllegalArgumentException e) {
      complain(entry, String.valueOf(e.getMessage()));
      return ExitStatus.FAILED;
    }
    if (isMapped(entry)) {
      complain(entry, "is mapped already");
      return ExitStatus.FINE;
    }
    return new BackgroundStart(prompt.within(entry.timeout())).run(arguments(entry));
  }

  private List<String> arguments(Entry entry) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "cryptdisks", "start", "--dialect", dialect(), "--crypttab", file().toString()));
    if (scripts) {
      arguments.add(ALLOW_KEYSCRIPT);
    }
    arguments.add("--");
    arguments.add(entry.name());
    return arguments;
  }

  private int serve(Entry entry) {
    try {
      EntryOpening opening = new EntryOpening(entry, terminal(), scripts);
      OpenContainer container = opening.open();
      container.warnings().forEach(warning -> terminal().complain("warning: " + warning));
      new Serving(terminal(), container)
          .run(
              () -> folder().claim(entry.name()),
              claim ->
                  new MappedVolume(claim, entry.source(), container, entry.discards(), null, null));
      return ExitStatus.FINE;
    } catch (IOException e) {
      if (RunningCommand.endsStopped(e)) {
        return ExitStatus.FAILED;
      }
      complain(entry, Failures.message(e));
      return ExitStatus.of(e);
    } catch (IllegalArgumentException e) {
      complain(entry, String.valueOf(e.getMessage()));
      return ExitStatus.USAGE;
    }
  }
}
