package dev.tcplay.nio;

import dev.tcplay.fs.Node;
import dev.tcplay.fs.OpenDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedDirectoryStreamException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A directory that a stream has open, from which relative paths lead on wherever the directory is
 * by then. Safe for any number of threads.
 */
final class HeldDirectory implements Closeable {

  private final OpenDirectory directory;
  private final List<Node> above;

  /** Calls that run, and one more until this is closed. */
  private final AtomicInteger users = new AtomicInteger(1);

  private volatile boolean closed;

  /**
   * Takes over an open directory.
   *
   * @param above the directories on the way to it when it was opened, without the root
   */
  HeldDirectory(OpenDirectory directory, List<Node> above) {
    this.directory = directory;
    this.above = above;
  }

  List<Node> above() {
    return above;
  }

  /**
   * Returns the directory by the name that it has now.
   *
   * @throws ClosedDirectoryStreamException if this is closed
   * @throws java.nio.file.NoSuchFileException if the directory is deleted
   */
  Node node() throws IOException {
    int running;
    do {
      running = users.get();
      if (closed || running == 0) {
        throw new ClosedDirectoryStreamException();
      }
    } while (!users.compareAndSet(running, running + 1));
    try {
      return directory.node();
    } finally {
      leave();
    }
  }

  private void leave() throws IOException {
    if (users.decrementAndGet() == 0) {
      directory.close();
    }
  }

  void checkOpen() {
    if (closed) {
      throw new ClosedDirectoryStreamException();
    }
  }

  /** Gives the directory back. Called once. */
  @Override
  public void close() throws IOException {
    closed = true;
    leave();
  }
}
