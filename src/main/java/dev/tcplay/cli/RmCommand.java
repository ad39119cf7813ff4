package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
  void change(FileSystem volume, FailureLog failures) {
    for (String path : paths) {
      RunningCommand.check();
      try {
        remove(Tree.find(volume, path), failures);
      } catch (IOException e) {
        failures.add(e);
      }
    }
  }

  private void remove(Path path, FailureLog failures) throws IOException {
    if (path.getNameCount() == 0) {
      throw new FileSystemException(path.toString(), null, "the root is not removed");
    }
    if (!Tree.attributes(path).isDirectory()) {
      Files.delete(path);
      return;
    }
    if (!recursive) {
      throw new FileSystemException(
          path.toString(), null, "is a directory, and is removed with -r only");
    }
    long before = failures.count();
    Tree.walk(path, failures, new Removal(failures));
    if (failures.count() == before) {
      Files.delete(path);
    }
  }

  /** Deletes what a walk comes by, a directory behind its entries. */
  private static final class Removal implements Tree.Visitor {

    private final FailureLog failures;

    /** How many failures there were when a directory was entered, from the innermost. */
    private final Deque<Long> before = new ArrayDeque<>();

    Removal(FailureLog failures) {
      this.failures = failures;
    }

    @Override
    public boolean visit(Path path, BasicFileAttributes attributes) {
      if (attributes.isDirectory()) {
        before.push(failures.count());
        return true;
      }
      delete(path);
      return false;
    }

    /** That a directory stays with what could not be removed from it needs no telling. */
    @Override
    public void leave(Path directory) {
      if (failures.count() == before.pop()) {
        delete(directory);
      }
    }

    private void delete(Path path) {
      try {
        Files.delete(path);
      } catch (IOException e) {
        failures.add(e);
      }
    }
  }
}
