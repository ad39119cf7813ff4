package dev.tcplay.cli;

import dev.tcplay.ContainerKeyChange;
import dev.tcplay.Tcplay;
import dev.tcplay.model.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tcplay passwd}: other keys for a container. */
@Command(
    name = "passwd",
    description = {
      "Changes what opens a container: password, keyfiles, PIM, hash, format. What no option says stays.",
      "Without any of the new ones the new password is asked for twice."
    })
final class PasswdCommand extends ContainerCommand {

  @Mixin private HeaderOptions options = new HeaderOptions();
  @Mixin private NewKeyOptions newKeys = new NewKeyOptions();
  @Mixin private RandomOptions random = new RandomOptions();

  @Option(
      names = "--header-backup",
      paramLabel = "OUT",
      description = {
        "Copy the headers into the new file OUT first. A volume of TrueCrypt 1 to 5 and a system drive"
            + " have a single header, and demand that. OUT opens FILE by the old password: delete it"
            + " once the new one is proved."
      })
  private @Nullable Path headerBackup;

  /** From when the headers may be written, until the end. */
  private RunningCommand.@Nullable Unfinished writing;

  PasswdCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    if (newKeys.contradictThemselves()) {
      throw misuse("--new-keyfile and --no-new-keyfiles exclude each other");
    }
    checkThere();
    if (headerBackup != null) {
      NewFile.check(headerBackup, false);
    }
    try {
      withKeys(
          keys -> {
            try (UnlockLine line = new UnlockLine(screen())) {
              ContainerKeyChange change =
                  Tcplay.change(file())
                      .from(keys)
                      .progress(line)
                      .random(random.random())
                      .advice(this::warn);
              options.setOn(change);
              if (newKeys.dropKeyfiles()) {
                change.withoutKeyfiles();
              }
              newKeys.format().ifPresent(change::toFormat);
              Optional.ofNullable(headerBackup).ifPresent(change::headerBackup);
              change.to(path -> Optional.of(newKeys(line))).change();
              return change;
            }
          });
    } finally {
      if (writing != null) {
        writing.close();
      }
    }
  }

  /** Returns the new keys, behind which the headers are written: a stop then waits for the end. */
  private Keys newKeys(UnlockLine line) throws IOException {
    line.close();
    Keys keys = newKeys.sayNothing() ? asked() : newKeys.read(in());
    try {
      writing = RunningCommand.begin();
      return keys;
    } catch (StoppedException e) {
      keys.close();
      throw e;
    }
  }

  private Keys asked() {
    char[] typed = askTwice(prompt());
    if (typed == null) {
      throw misuse("no new password: no option gives one, and there is no terminal to ask on");
    }
    try {
      return Keys.of(typed);
    } finally {
      Arrays.fill(typed, '\0');
    }
  }
}
