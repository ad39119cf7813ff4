package dev.tcplay.serve;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Lets other programs use a tree of files, from when it was made until it is closed or ends by
 * itself. It leaves the file system open that the tree is of.
 *
 * <p>Safe for several threads.
 */
public interface TreeServer extends Closeable {

  /** Returns what clients are to be told, such as {@code sftp://127.0.0.1:2022/}; at least one. */
  List<String> addresses();

  /** Returns how many clients there are; for a mount, how many files are open. */
  int clients();

  /**
   * Waits until it serves nobody any more: it was closed, or a mount was taken away by {@code
   * fusermount3 -u}.
   *
   * @throws IOException if it ended because something failed
   * @throws InterruptedException if the waiting thread was interrupted
   */
  void awaitEnd() throws IOException, InterruptedException;

  /**
   * Accepts nobody any more, lets the requests under way end within seconds, and ends the rest.
   * What clients have written is in the file system then, which its owner closes.
   *
   * @throws IOException if something they wrote could not be kept, or a mount is busy
   */
  @Override
  void close() throws IOException;
}
