package dev.tcplay.container;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Closes several things, the last added first, all of them whatever fails. */
public final class Closer implements Closeable {

  private final Deque<Closeable> things = new ArrayDeque<>();

  /** Makes a closer of nothing. */
  public Closer() {}

  /** Adds a thing, or closes it if there is no memory for that. */
  public <T extends Closeable> T add(T thing) throws IOException {
    boolean added = false;
    try {
      things.push(thing);
      added = true;
      return thing;
    } finally {
      if (!added) {
        thing.close();
      }
    }
  }

  /** Gives everything up to a new owner. */
  public void release() {
    things.clear();
  }

  /** Closes everything and throws the first failure, with the others suppressed. */
  @Override
  public void close() throws IOException {
    Throwable failure = null;
    while (!things.isEmpty()) {
      try {
        things.pop().close();
      } catch (IOException | RuntimeException | Error e) {
        if (failure == null) {
          failure = e;
        } else if (failure != e) {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    } else if (failure instanceof Error error) {
      throw error;
    } else if (failure instanceof IOException checked) {
      throw checked;
    }
  }
}
