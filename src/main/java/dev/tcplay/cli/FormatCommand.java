package dev.tcplay.cli;

import java.io.IOException;
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
    open(
        opener -> {
          opener.readOnly(false).makeFileSystem(fileSystem.wanted());
          return opener;
        });
  }
}
