package dev.tcplay.nio;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The one file system of a name. Whoever opens it holds this, so that others wait and then have the
 * same; who comes while it is closed waits for its end.
 */
final class NamedVolume {

  /** Opens the file system. */
  interface Opening {

    /**
     * Returns the open file system.
     *
     * @param afterClose to be closed after it
     */
    TcplayFileSystem open(Closeable afterClose) throws IOException;
  }

  private @Nullable TcplayFileSystem held;

  /** Returns the file system, which is opened if it is not. */
  synchronized TcplayFileSystem open(Opening opening) throws IOException {
    TcplayFileSystem current = current();
    if (current == null) {
      AtomicBoolean freed = new AtomicBoolean();
      // Closing may be repeated after an Error, when another is open already.
      current = opening.open(() -> free(freed));
      held = current;
    }
    return current;
  }

  /** Returns the file system if it is open; waits for the end of closing. */
  synchronized @Nullable TcplayFileSystem current() {
    boolean interrupted = false;
    while (held != null && !held.isOpen()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return held;
  }

  private synchronized void free(AtomicBoolean freed) {
    if (!freed.getAndSet(true)) {
      held = null;
      notifyAll();
    }
  }
}
