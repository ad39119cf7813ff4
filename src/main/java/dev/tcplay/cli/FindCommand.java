package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tcplay find}: lists what has a name. */
@Command(
    name = "find",
    description = {
      "Lists the files and directories whose path fits a pattern, as ls -R does.",
      "* stands for any characters of a name, ? for one, [abc] for one of these, {a,b} for either,"
          + " **/ for any directories or none. A pattern without a slash fits names anywhere."
    },
    customSynopsis = "tcplay find [OPTIONS] [-l] FILE PATTERN...")
final class FindCommand extends VolumeCommand {

  /** What is looked for. */
  enum Kind {
    f,
    d,
    l
  }

  @Mixin private EntryPrinter printer = new EntryPrinter();

  @Option(
      names = "--type",
      paramLabel = "f|d|l",
      description =
          "List regular files only (f), directories only (d), or symbolic links only (l).")
  private @Nullable Kind kind;

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PATTERN...",
      hideParamSyntax = true,
      description = "What to look for; in quotes, so that the shell leaves it as it is.")
  private List<String> patterns = List.of();

  private FindCommand(Terminal terminal) {
    super(terminal);
  }

  /** Returns the command. */
  static CommandLine create(Terminal terminal) {
    FindCommand command = new FindCommand(terminal);
    CommandLine line = new CommandLine(command);
    command.printer.sizes().addTo(line);
    return line;
  }

  @Override
  void run() throws IOException {
    // Before a password is asked for or a key derived.
    patterns(FileSystems.getDefault());
    List<Map<String, Object>> found = new ArrayList<>();
    try (FileSystem volume = mount()) {
      List<PathPattern> wanted = patterns(volume);
      Path root = volume.getPath("/");
      Tree.walk(
          root,
          failures(),
          (path, attributes) -> {
            Path inside = root.relativize(path);
            boolean isDirectory = attributes.isDirectory();
            if (isKind(attributes)
                && wanted.stream().anyMatch(each -> each.fits(inside, isDirectory))) {
              show(inside.toString(), path, attributes, found);
            }
            return true;
          });
    }
    if (json) {
      out().line(Json.of(found));
    }
  }

  private void show(
      String shown, Path path, BasicFileAttributes attributes, List<Map<String, Object>> found)
      throws IOException {
    if (json) {
      found.add(EntryPrinter.json(shown, path, attributes));
    } else {
      out().line(printer.line(shown, path, attributes));
    }
  }

  private boolean isKind(BasicFileAttributes found) {
    return kind == null
        || switch (kind) {
          case f -> found.isRegularFile();
          case d -> found.isDirectory();
          case l -> found.isSymbolicLink();
        };
  }

  private List<PathPattern> patterns(FileSystem volume) {
    List<PathPattern> wanted = new ArrayList<>();
    for (String pattern : patterns) {
      try {
        wanted.add(PathPattern.of(volume, pattern));
      } catch (PatternSyntaxException e) {
        throw misuse(pattern + " is no pattern: " + e.getDescription());
      }
    }
    return wanted;
  }
}
