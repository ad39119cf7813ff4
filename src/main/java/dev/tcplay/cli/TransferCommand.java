package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import picocli.CommandLine.Parameters;

/**
 * A command that takes files of the volume to another place in it: into DST if that is a directory.
 */
abstract class TransferCommand extends ChangeCommand {

  /** The sources and, last, the target; no command line parser can tell them apart. */
  @Parameters(
      index = "1..*",
      arity = "2..*",
      paramLabel = "SRC... DST",
      hideParamSyntax = true,
      description = "Paths in the volume; of several, DST is a directory that exists.")
  private List<String> arguments = List.of();

  TransferCommand(Terminal terminal) {
    super(terminal);
  }

  /**
   * Takes one file or directory to a path. They are different files, the target is not inside the
   * source, and neither is the root.
   */
  abstract void transfer(
      Path source, BasicFileAttributes attributes, Path target, TreeCopier copier)
      throws IOException;

  /** Returns whether what is copied keeps its times. */
  boolean keepsTimes() {
    return true;
  }

  @Override
  void change(FileSystem volume, FailureLog failures) throws IOException {
    Path last = Tree.find(volume, arguments.get(arguments.size() - 1));
    boolean isDirectory = Files.isDirectory(last, LinkOption.NOFOLLOW_LINKS);
    if (arguments.size() > 2 && !isDirectory) {
      throw new NotDirectoryException(last.toString());
    }
    try (CopyLine line = new CopyLine(screen())) {
      failures.clearing(line::clear);
      TreeCopier copier = new TreeCopier(failures, line, file(), keepsTimes());
      for (String argument : arguments.subList(0, arguments.size() - 1)) {
        RunningCommand.check();
        try {
          transfer(Tree.find(volume, argument), last, isDirectory, copier);
        } catch (IOException e) {
          failures.add(e);
        }
      }
    }
  }

  private void transfer(Path source, Path last, boolean isDirectory, TreeCopier copier)
      throws IOException {
    BasicFileAttributes attributes = Tree.attributes(source);
    if (source.getNameCount() == 0) {
      throw new FileSystemException(source.toString(), null, "the root stays where it is");
    }
    // The same directory by another spelling: a new spelling for its name.
    boolean respelled = isDirectory && isSame(source, last) && !isWritten(source, last);
    Path target = isDirectory && !respelled ? last.resolve(source.getFileName().toString()) : last;
    if (isWritten(source, target)) {
      throw new FileSystemException(source.toString(), null, "is that file already");
    }
    Path parent = target.toAbsolutePath().getParent();
    if (parent == null) {
      throw new FileSystemException(target.toString(), null, "is the root");
    }
    if (attributes.isDirectory() && parent.toRealPath().startsWith(source.toRealPath())) {
      throw new FileSystemException(
          source.toString(), target.toString(), "a directory cannot go into itself");
    }
    check(attributes, target);
    transfer(source, attributes, target, copier);
  }

  private static boolean isWritten(Path source, Path target) {
    return source.toString().equals(target.toString());
  }

  private static boolean isSame(Path source, Path target) throws IOException {
    return Files.exists(target, LinkOption.NOFOLLOW_LINKS) && Files.isSameFile(source, target);
  }

  /** A file does not replace a directory, nor a directory a file. */
  private static void check(BasicFileAttributes attributes, Path target) throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean isDirectory = Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isDirectory() && !isDirectory) {
      throw new NotDirectoryException(target.toString());
    }
    if (!attributes.isDirectory() && isDirectory) {
      throw new FileSystemException(target.toString(), null, "is a directory");
    }
  }
}
