package dev.tcplay.cli;

import java.nio.file.FileSystem;
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
    return directory.resolve(single(directory.getFileSystem(), name));
  }

  /**
   * Returns a name as a relative path of one name.
   *
   * @throws FileSystemException if the name would lead elsewhere, or the host cannot have it
   */
  static Path single(FileSystem host, String name) throws FileSystemException {
    Path single;
    try {
      single = host.getPath(name);
    } catch (InvalidPathException e) {
      throw refusal(name, "this name cannot be written here: " + e.getReason());
    }
    boolean staysInside =
        !name.isEmpty()
            && !name.equals(".")
            && !name.equals("..")
            && single.getRoot() == null
            && single.getNameCount() == 1
            && single.toString().equals(name);
    if (!staysInside) {
      throw refusal(name, "this name would be written outside of the directory");
    }
    if (host.getSeparator().equals("\\") && isSpecialOnWindows(name)) {
      throw refusal(name, "this name means something else on Windows");
    }
    return single;
  }

  /**
   * Returns the name of a file outside.
   *
   * @throws FileSystemException if it is made of bytes that are no text in the host's encoding: the
   *     virtual machine shows other characters in their place, under which nobody would find it
   */
  static String of(Path file) throws FileSystemException {
    Path name = file.getFileName();
    if (name == null || isText(name)) {
      return name == null ? "" : name.toString();
    }
    throw new FileSystemException(
        file.toString(),
        null,
        "the bytes of this name, which are %s in a URI, are not text in the host's encoding, %s"
            .formatted(
                file.toUri().getRawPath().replaceFirst(".*/(?=[^/])", "").replace("/", ""),
                System.getProperty("sun.jnu.encoding")));
  }

  /** Returns whether what is shown of a name leads back to it. */
  private static boolean isText(Path name) {
    try {
      return name.getFileSystem().getPath(name.toString()).equals(name);
    } catch (InvalidPathException e) {
      return false;
    }
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
