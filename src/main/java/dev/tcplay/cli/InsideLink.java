package dev.tcplay.cli;

import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Which symbolic links lead nowhere out of a directory that is copied to. */
final class InsideLink {

  private InsideLink() {}

  /**
   * Returns the target that a link on the host is made with.
   *
   * <p>Behind a name, {@code ..} could lead back over another link, to a place that nobody can tell
   * beforehand. So it may stand at the beginning only, no more often than the link lies below the
   * top; whatever links the names behind it are, each of them leads inside, too.
   *
   * @param depth how many directories below the top the link lies
   * @throws FileSystemException if it could lead out of the top; it names the target alone
   */
  static Path target(FileSystem host, String target, int depth) throws FileSystemException {
    Path made = host.getPath("");
    int up = 0;
    boolean named = false;
    for (String part : target.split("/", -1)) {
      if (part.equals("..") && !named) {
        made = made.resolve(part);
        up++;
      } else if (part.equals("..")) {
        throw refusal(target);
      } else if (!part.isEmpty() && !part.equals(".")) {
        made = made.resolve(HostNames.single(host, part));
        named = true;
      }
    }
    if (target.startsWith("/") || up > depth) {
      throw refusal(target);
    }
    return made.toString().isEmpty() ? host.getPath(".") : made;
  }

  private static FileSystemException refusal(String target) {
    return new FileSystemException(
        target, null, "is a symbolic link that could lead out of the directory: " + target);
  }
}
