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
import picocli.CommandLine.Option;

/** How a file of the volume is shown in a list. */
final class EntryPrinter {

  @Option(names = "-l", description = "Print attributes, size and time of change (UTC) too.")
  private boolean details;

  private final HumanSizeOption sizes = new HumanSizeOption();

  /** Returns the option that says how sizes are shown. */
  HumanSizeOption sizes() {
    return sizes;
  }

  /** Returns the line of an entry. */
  String line(String shown, Path path, BasicFileAttributes found) throws IOException {
    String name = Names.visible(shown) + (found.isDirectory() ? "/" : "");
    return details
        ? String.format(
            Locale.ROOT,
            "%s %12s %s %s",
            flags(path, found),
            sizes.text(found.size()),
            time(found),
            name)
        : name;
  }

  /** Returns the members of an entry in JSON. */
  static Map<String, Object> json(String shown, Path path, BasicFileAttributes found)
      throws IOException {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("path", shown);
    entry.put("directory", found.isDirectory());
    entry.put("size", found.size());
    entry.put("modified", time(found));
    entry.put("attributes", flags(path, found));
    return entry;
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
