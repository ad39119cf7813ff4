package dev.tcplay.model;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;

/**
 * A byte channel in a container, whose writes can be forced. {@link
 * dev.tcplay.ContainerOpener#channel} gives one, and every channel that {@link
 * Files#newByteChannel} opens in a container is one.
 *
 * <p>Safe for several threads, which share its position. An interrupt does not close it.
 */
public interface VolumeChannel extends SeekableByteChannel {

  /**
   * Returns once all that was written before is on the storage of the container's host.
   *
   * @throws IOException if something that was written, even long ago, cannot be put there; it is
   *     kept and tried again
   */
  void force() throws IOException;
}
