package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcplay rm}: removes files and directories. */
@Command(name = "rm", description = "Removes files, and directories with -r, from the volume.")
final class RmCommand extends ChangeCommand {

  @Option(names = "-r", description = "Remove directories with all that is in them.")
  private boolean recursive;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PATH",
      description = "What to remove; never the root.")
  private List<String> paths = List.of();

  RmCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void change(FileSystem volume, FirstError errors) {
    for (String path : paths) {
      try {
        remove(Tree.find(volume, path), errors);
      } catch (IOException e) {
        errors.add(e);
      }
    }
  }

  private void remove(Path path, FirstError errors) throws IOException {
    if (path.getNameCount() == 0) {
      throw new FileSystemException(path.toString(), null, "the root is not removed");
    }
    Deque<Path> found = new ArrayDeque<>();
    found.push(path);
    if (Tree.attributes(path).isDirectory()) {
      if (!recursive) {
        throw new FileSystemException(
            path.toString(), null, "is a directory, and is removed with -r only");
      }
      Tree.walk(
          path,
          errors,
          (below, attributes) -> {
            found.push(below);
            return true;
          });
    }
    // What is in a directory was found after it.
    for (Path each : found) {
      try {
        Files.delete(each);
      } catch (IOException e) {
        errors.add(e);
      }
    }
  }
}
