package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a file of the volume is shown in a list. */
final class EntryPrinter {

  @Option(
      names = "-l",
      description =
          "Print attributes or permissions, size, time of change (UTC) and where links lead, too.")
  private boolean details;

  private final HumanSizeOption sizes = new HumanSizeOption();

  /** Returns the option that says how sizes are shown. */
  HumanSizeOption sizes() {
    return sizes;
  }

  /** Returns the line of an entry. */
  String line(String shown, Path path, BasicFileAttributes found) throws IOException {
    String name = Names.visible(shown) + (found.isDirectory() ? "/" : "");
    if (!details) {
      return name;
    }
    String mode = mode(path);
    return String.format(
        Locale.ROOT,
        "%s %12s %s %s%s",
        mode == null ? flags(path, found) : type(found) + mode,
        sizes.text(found.size()),
        time(found),
        name,
        found.isSymbolicLink() ? " -> " + Names.visible(target(path)) : "");
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
    String mode = mode(path);
    if (mode != null) {
      entry.put("mode", mode);
    }
    if (found.isSymbolicLink()) {
      entry.put("link", target(path));
    }
    return entry;
  }

  private static String time(BasicFileAttributes found) {
    return found.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String target(Path link) throws IOException {
    return Files.readSymbolicLink(link).toString();
  }

  private static char type(BasicFileAttributes found) {
    if (found.isDirectory()) {
      return 'd';
    } else if (found.isSymbolicLink()) {
      return 'l';
    }
    return found.isOther() ? '?' : '-';
  }

  /** Returns the permissions as nine letters, null where the volume has none. */
  private static @Nullable String mode(Path path) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    return view == null ? null : PosixFilePermissions.toString(view.readAttributes().permissions());
  }

  /** Returns d, r, h, s and a for directory, read-only, hidden, system and archive. */
  private static String flags(Path path, BasicFileAttributes found) throws IOException {
    String directory = found.isDirectory() ? "d" : "-";
    if (!path.getFileSystem().supportedFileAttributeViews().contains("dos")) {
      return directory + "----";
    }
    DosFileAttributes dos =
        Files.readAttributes(path, DosFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return directory
        + (dos.isReadOnly() ? "r" : "-")
        + (dos.isHidden() ? "h" : "-")
        + (dos.isSystem() ? "s" : "-")
        + (dos.isArchive() ? "a" : "-");
  }
}
