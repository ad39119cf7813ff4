package dev.tcplay.container;

import java.io.IOException;
import java.util.List;

/** Knows whether a mounted container is still ours, or its lock was lost. */
@FunctionalInterface
public interface ContainerLock {

  /**
   * Fails if the volume must not be used any more, as another program has come in.
   *
   * @param writing whether it is to be changed
   * @throws java.nio.file.FileSystemException if so; it says why
   */
  void check(boolean writing) throws IOException;

  /** Returns why nothing is written any more though the container is ours, a sentence each. */
  default List<String> warnings() {
    return List.of();
  }
}
