package dev.tcplay.model;

/** Learns how far the making of a container has come, which for a large one takes long. */
@FunctionalInterface
public interface WriteListener {

  /**
   * Takes the news, often; what it throws ends the making. Called on the thread that makes the
   * container.
   *
   * @param written bytes of the file that are written
   * @param total bytes of the whole file
   */
  void written(long written, long total);
}
