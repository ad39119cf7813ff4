package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tcplay get}: copies files and directories out of the volume. */
@Command(
    name = "get",
    description = {
      "Copies files and whole directories into DIR, under their own names.",
      "As with cp -r, files that are there are replaced and directories are merged. DIR is made"
          + " if it is missing; nothing is written outside of it. Symbolic links are made, not"
          + " followed; one that could lead out of DIR is told and left out."
    },
    customSynopsis = "tcplay get [OPTIONS] FILE PATH... DIR")
final class GetCommand extends VolumeCommand {

  @Mixin private TimesOption times = new TimesOption();

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
    try (FileSystem volume = mount();
        CopyLine line = new CopyLine(screen())) {
      failures().clearing(line::clear);
      TreeCopier copier = new TreeCopier(failures(), line, file(), times.areKept());
      Files.createDirectories(directory, OwnerOnly.directory(directory));
      List<Path> sources = sources(volume, paths, failures());
      copier.announce(sources, LinkOption.NOFOLLOW_LINKS);
      try (TargetDirectory target = TargetDirectory.outside(directory, file())) {
        for (Path source : sources) {
          copier.copyInto(target, source, Tree.attributes(source));
        }
      }
    }
  }

  /** Returns what is there of the paths that were named. */
  private static List<Path> sources(FileSystem volume, List<String> paths, FailureLog failures) {
    List<Path> sources = new ArrayList<>();
    for (String path : paths) {
      try {
        Path source = Tree.find(volume, path);
        Tree.attributes(source);
        sources.add(source);
      } catch (IOException e) {
        failures.add(e);
      }
    }
    return sources;
  }

  private Path directory(String argument) {
    try {
      return Path.of(argument);
    } catch (InvalidPathException e) {
      throw misuse(argument + ": " + e.getReason());
    }
  }
}
