package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributes;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tcplay ls}: lists a directory. */
@Command(name = "ls", description = "Lists files, one path a line, directories with a slash.")
final class LsCommand extends ListingCommand {

  @Option(names = "-l", description = "Print attributes, size and time of change (UTC) too.")
  private boolean details;

  @Option(names = "-R", description = "List what is in directories below, too.")
  private boolean recursive;

  LsCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  void list(Path top, BasicFileAttributes attributes, FailureLog failures) throws IOException {
    if (!attributes.isDirectory()) {
      show(top.getFileName(), top, attributes);
      return;
    }
    Tree.walk(
        top,
        failures,
        (entry, found) -> {
          show(top.relativize(entry), entry, found);
          return recursive;
        });
  }

  private void show(Path shown, Path path, BasicFileAttributes found) throws IOException {
    String name = shown.toString();
    if (isJson()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("path", name);
      entry.put("directory", found.isDirectory());
      entry.put("size", found.size());
      entry.put("modified", time(found));
      entry.put("attributes", flags(path, found));
      add(entry);
      return;
    }
    String line = Names.visible(name) + (found.isDirectory() ? "/" : "");
    if (details) {
      line =
          String.format(
              Locale.ROOT, "%s %12d %s %s", flags(path, found), found.size(), time(found), line);
    }
    out().line(line);
  }

  private static String time(BasicFileAttributes found) {
    return found.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Returns d, r, h, s and a for directory, read-only, hidden, system and archive. */
  private static String flags(Path path, BasicFileAttributes found) throws IOException {
    String directory = found.isDirectory() ? "d" : "-";
    if (!path.getFileSystem().supportedFileAttributeViews().contains("dos")) {
      return directory + "----";
    }
    DosFileAttributes dos = Files.readAttributes(path, DosFileAttributes.class);
    return directory
        + (dos.isReadOnly() ? "r" : "-")
        + (dos.isHidden() ? "h" : "-")
        + (dos.isSystem() ? "s" : "-")
        + (dos.isArchive() ? "a" : "-");
  }
}
