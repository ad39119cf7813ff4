package dev.tcplay.serve.webdav;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A write lock by RFC 4918, section 6. Immutable.
 *
 * @param token a URI that nobody can guess
 * @param root what was locked
 * @param exclusive whether nobody else may have one
 * @param deep whether it holds for all that is in the directory, too
 * @param owner what the client wrote about its owner, as XML
 * @param end when it ends, by {@link System#nanoTime()}
 */
record Lock(String token, Path root, boolean exclusive, boolean deep, String owner, long end) {

  /** Returns how long it lasts yet. */
  long secondsLeft() {
    return Math.max(0, TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime()));
  }

  /** Tells whether a change of the contents of a file needs this lock's token. */
  boolean covers(Path file) {
    return deep ? file.startsWith(root) : file.equals(root);
  }
}
