package dev.tcplay.cli;

import dev.tcplay.model.NewFileSystem;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tcplay format}: an empty file system in a container that exists. */
@Command(
    name = "format",
    description = {
      "Makes an empty file system in an existing container, or, with --plain, in a disk image.",
      "What was in it is lost; nobody is asked whether that is meant."
    })
final class FormatCommand extends VolumeCommand {

  @Mixin private FileSystemOptions fileSystem = new FileSystemOptions();

  FormatCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    checkThere();
    NewFileSystem wanted = fileSystem.wanted();
    open(
        opener -> {
          opener.readOnly(false);
          RunningCommand.interruptiblyTelling(
              () -> opener.makeFileSystem(wanted), () -> file() + ": nothing was changed");
          return opener;
        });
  }
}
