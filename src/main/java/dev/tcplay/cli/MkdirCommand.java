package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcplay mkdir}: makes directories. */
@Command(name = "mkdir", description = "Makes directories in the volume.")
final class MkdirCommand extends ChangeCommand {

  @Option(
      names = "-p",
      description = "Make the directories above, too; one that exists is no error.")
  private boolean parents;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PATH",
      description = "The directories to make.")
  private List<String> paths = List.of();

  MkdirCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void change(FileSystem volume, FailureLog failures) {
    for (String path : paths) {
      RunningCommand.check();
      try {
        Path directory = Tree.find(volume, path);
        if (parents) {
          makeWithParents(directory);
        } else {
          Files.createDirectory(directory);
        }
      } catch (IOException e) {
        failures.add(e);
      }
    }
  }

  private static void makeWithParents(Path directory) throws IOException {
    try {
      Files.createDirectories(directory);
    } catch (FileSystemException e) {
      if (directory.toString().equals(e.getFile())) {
        throw e;
      }
      // One above is in the way.
      throw new FileSystemException(directory.toString(), null, Failures.message(e));
    }
  }
}
