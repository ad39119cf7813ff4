package dev.tcplay.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a process does for the clients of a volume until it is closed. The volume itself is closed
 * by the owner afterwards.
 */
interface Service extends Closeable {

  /** Returns what the command prints as soon as it serves, a line each. */
  List<String> announcement();

  /** Returns what is true of it now, behind the name that its owner has added. */
  Map<String, @Nullable Object> facts();

  /** Returns where the tree is mounted; nowhere by default. */
  default List<Path> mounts() {
    return List.of();
  }

  /** Returns what a stop has made of the volume, behind its name. */
  default String farewell() {
    return "is unmapped";
  }

  /**
   * Has an action run once it serves nobody any more of its own accord; by default it always does.
   */
  default void whenEnded(Runnable action) {}

  /**
   * Prepares the end for somebody who does not want to disturb anybody.
   *
   * @throws IOException if clients are in the way; it serves them as before then
   */
  default void release() throws IOException {}
}
