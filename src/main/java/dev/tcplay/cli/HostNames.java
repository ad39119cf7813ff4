package dev.tcplay.cli;

import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of files outside that stand for names inside a volume, which may be hostile. */
final class HostNames {

  /** What Windows takes for a device in any directory, whatever follows the first dot. */
  private static final Pattern WINDOWS_DEVICE =
      Pattern.compile(
          "(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]) *(\\..*)?");

  private HostNames() {}

  /**
   * Returns the path of a name directly in a directory.
   *
   * @throws FileSystemException if the name would lead elsewhere, or the host cannot have it
   */
  static Path resolve(Path directory, String name) throws FileSystemException {
    Path child;
    try {
      child = directory.resolve(name);
    } catch (InvalidPathException e) {
      throw refusal(name, "this name cannot be written here: " + e.getReason());
    }
    boolean staysInside =
        !name.isEmpty()
            && !name.equals(".")
            && !name.equals("..")
            && directory.equals(child.getParent())
            && child.getFileName().toString().equals(name);
    if (!staysInside) {
      throw refusal(name, "this name would be written outside of the directory");
    }
    if (directory.getFileSystem().getSeparator().equals("\\") && isSpecialOnWindows(name)) {
      throw refusal(name, "this name means something else on Windows");
    }
    return child;
  }

  /** Devices, streams of a file, and ends that Windows strips. */
  private static boolean isSpecialOnWindows(String name) {
    return WINDOWS_DEVICE.matcher(name.toLowerCase(Locale.ROOT)).matches()
        || name.indexOf(':') >= 0
        || name.endsWith(".")
        || name.endsWith(" ");
  }

  private static FileSystemException refusal(String name, String reason) {
    return new FileSystemException(name, null, reason);
  }
}
