package dev.tcplay.cli;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tcplay get}: copies files and directories out of the volume. */
@Command(
    name = "get",
    description = {
      "Copies files and whole directories into DIR, under their own names.",
      "As with cp -r, files that are there are replaced and directories are merged. DIR is made"
          + " if it is missing; nothing is written outside of it."
    },
    customSynopsis = "tcplay get [OPTIONS] FILE PATH... DIR")
final class GetCommand extends VolumeCommand {

  /** The paths and, last, the directory; no command line parser can tell them apart. */
  @Parameters(
      index = "1..*",
      arity = "2..*",
      paramLabel = "PATH... DIR",
      hideParamSyntax = true,
      description = "What to copy, / for all there is, and where to.")
  private List<String> arguments = List.of();

  GetCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void run() throws IOException {
    List<String> paths = arguments.subList(0, arguments.size() - 1);
    Path directory = directory(arguments.get(arguments.size() - 1));
    FirstError errors = new FirstError();
    try (FileSystem volume = mount()) {
      Files.createDirectories(directory);
      for (String path : paths) {
        try {
          get(Tree.find(volume, path), directory, errors);
        } catch (IOException e) {
          errors.add(e);
        }
      }
    }
    errors.check();
  }

  private Path directory(String argument) {
    try {
      return Path.of(argument);
    } catch (InvalidPathException e) {
      throw misuse(argument + ": " + e.getReason());
    }
  }

  private static void get(Path source, Path directory, FirstError errors) throws IOException {
    BasicFileAttributes attributes = Tree.attributes(source);
    Path name = source.getFileName();
    Path top = name == null ? directory : HostNames.resolve(directory, name.toString());
    if (name != null && !copy(source, attributes, top, errors)) {
      return;
    }
    if (attributes.isDirectory()) {
      Tree.walk(
          source,
          errors,
          (path, found) -> copyBelow(top, source.relativize(path), path, found, errors));
    }
  }

  /** Copies to the relative path's place below a directory, name by name. */
  private static boolean copyBelow(
      Path top, Path relative, Path source, BasicFileAttributes attributes, FirstError errors) {
    Path target = top;
    try {
      for (Path name : relative) {
        target = HostNames.resolve(target, name.toString());
      }
    } catch (IOException e) {
      errors.add(e);
      return false;
    }
    return copy(source, attributes, target, errors);
  }

  /** Copies a file, or makes a directory; what goes wrong is noted. */
  private static boolean copy(
      Path source, BasicFileAttributes attributes, Path target, FirstError errors) {
    try {
      if (attributes.isDirectory()) {
        makeDirectory(target);
      } else {
        copyFile(source, target);
      }
      return true;
    } catch (IOException e) {
      errors.add(e);
      return false;
    }
  }

  private static void makeDirectory(Path target) throws IOException {
    try {
      Files.createDirectory(target);
    } catch (FileAlreadyExistsException e) {
      // A link could lead out of the directory.
      if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
    }
  }

  private static void copyFile(Path source, Path target) throws IOException {
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(target.toString(), null, "is a directory");
    }
    // The new file takes the place of a link; it is not written to where the link leads.
    try (SeekableByteChannel in = Files.newByteChannel(source);
        PartialFile part = PartialFile.create(target)) {
      Bytes.copy(in, part.channel());
      part.finish(true);
    }
  }
}
