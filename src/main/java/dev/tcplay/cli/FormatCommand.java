package dev.tcplay.cli;

import dev.tcplay.model.NewFileSystem;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
    // Before a password is asked for or a key derived.
    if (!Files.exists(file())) {
      throw new NoSuchFileException(file().toString());
    }
    NewFileSystem wanted = fileSystem.wanted();
    open(
        opener -> {
          opener.readOnly(false);
          try {
            RunningCommand.interruptibly(
                () -> opener.makeFileSystem(wanted), () -> file() + ": nothing was changed");
          } catch (StoppedException e) {
            // The library says so where what was there is lost.
            throw e.getCause() instanceof FileSystemException lost
                ? new StoppedException(Failures.message(lost), lost)
                : e;
          }
          return opener;
        });
  }
}
