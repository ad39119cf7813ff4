package dev.tcplay.nio;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Closes several things, the last added first, all of them whatever fails. */
final class Closer implements Closeable {

  private final Deque<Closeable> things = new ArrayDeque<>();

  <T extends Closeable> T add(T thing) {
    things.push(thing);
    return thing;
  }

  /** Gives everything up to a new owner. */
  void release() {
    things.clear();
  }

  /** Closes everything and throws the first failure, with the others suppressed. */
  @Override
  public void close() throws IOException {
    Exception failure = null;
    while (!things.isEmpty()) {
      try {
        things.pop().close();
      } catch (IOException | RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    } else if (failure instanceof IOException checked) {
      throw checked;
    }
  }
}
