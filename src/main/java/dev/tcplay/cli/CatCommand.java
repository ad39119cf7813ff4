package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tcplay cat}: prints a file. */
@Command(name = "cat", description = "Prints a file's bytes.")
final class CatCommand extends VolumeCommand {

  @Parameters(index = "1", paramLabel = "PATH", description = "The file to print.")
  private String path = "";

  CatCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    try (FileSystem volume = mount()) {
      Path file = Tree.find(volume, path);
      if (Tree.attributes(file).isDirectory()) {
        throw new FileSystemException(file.toString(), null, "is a directory");
      }
      Files.copy(file, out().bytes());
    }
  }
}
