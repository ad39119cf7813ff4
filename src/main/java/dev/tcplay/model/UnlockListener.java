package dev.tcplay.model;

/**
 * Learns how far the opening of a container has come, which without hints may take a minute.
 *
 * @see ContainerOptions#PROGRESS
 */
@FunctionalInterface
public interface UnlockListener {

  /**
   * Takes the news: about four times a second, and when combinations have been tried. Called on the
   * thread that opens the container; what it throws ends the opening.
   */
  void progress(UnlockProgress progress);
}
