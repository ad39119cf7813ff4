package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tcplay put}: copies files and directories into the volume. */
@Command(
    name = "put",
    description = {
      "Copies files and whole directories into the directory DIR of the volume, under their own"
          + " names.",
      "As with cp -r, files that are there are replaced and directories are merged. DIR is made"
          + " if it is missing. A symbolic link is followed only if it is SRC itself."
    },
    customSynopsis = "tcplay put [OPTIONS] FILE SRC... DIR")
final class PutCommand extends ChangeCommand {

  @Mixin private TimesOption times = new TimesOption();

  /** The sources and, last, the directory; no command line parser can tell them apart. */
  @Parameters(
      index = "1..*",
      arity = "2..*",
      paramLabel = "SRC... DIR",
      hideParamSyntax = true,
      description = "What to copy, and where to in the volume, / for its root.")
  private List<String> arguments = List.of();

  PutCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    // Before a password is asked for or a key derived.
    for (Path source : sources()) {
      Files.readAttributes(source, BasicFileAttributes.class);
      if (TreeCopier.isContainer(source, file())) {
        throw misuse("SRC is the container itself");
      }
    }
    super.run();
  }

  @Override
  void change(FileSystem volume, FailureLog failures) throws IOException {
    List<Path> sources = sources();
    Path directory = Tree.find(volume, arguments.get(arguments.size() - 1));
    try (CopyLine line = new CopyLine(screen())) {
      failures.clearing(line::clear);
      TreeCopier copier = new TreeCopier(failures, line, file(), times.areKept());
      List<Path> made = makeDirectories(directory);
      TargetDirectory target = new PathDirectory(directory);
      copier.announce(sources);
      for (Path source : sources) {
        RunningCommand.check();
        try {
          // A link that was named is followed.
          BasicFileAttributes found = Files.readAttributes(source, BasicFileAttributes.class);
          copier.copyInto(target, source, found);
        } catch (IOException e) {
          failures.add(e);
        }
      }
      removeIfEmpty(made);
    }
  }

  /** Returns the directories that were missing, the innermost first. */
  private static List<Path> makeDirectories(Path directory) throws IOException {
    List<Path> missing = new ArrayList<>();
    // The root cannot be made anew, and not every file system says that it is there already.
    for (Path each = directory;
        each != null && !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS);
        each = each.getParent()) {
      missing.add(each);
    }
    if (!missing.isEmpty()) {
      Files.createDirectories(directory);
    }
    return missing;
  }

  /** Leaves no directories that nothing has come into. */
  private static void removeIfEmpty(List<Path> made) throws IOException {
    try {
      for (Path each : made) {
        Files.delete(each);
      }
    } catch (DirectoryNotEmptyException | ReadOnlyFileSystemException e) {
      // One that is not empty stays. Why the volume is read-only by now has been told.
    }
  }

  private List<Path> sources() {
    List<Path> sources = new ArrayList<>();
    for (String argument : arguments.subList(0, arguments.size() - 1)) {
      try {
        sources.add(Path.of(argument));
      } catch (InvalidPathException e) {
        throw misuse(argument + ": " + e.getReason());
      }
    }
    return sources;
  }
}
