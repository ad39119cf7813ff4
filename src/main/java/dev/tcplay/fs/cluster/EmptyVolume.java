package dev.tcplay.fs.cluster;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;

/** Makes a file system where another may have been, so that there is none in between. */
public final class EmptyVolume {

  /** One write of this covers the marks of usual file systems, and copies of boot sectors. */
  private static final int WRITE_BYTES = 1 << 16;

  private EmptyVolume() {}

  /** Writes what an empty file system has besides zeros; what makes it known comes last. */
  @FunctionalInterface
  public interface Structures {

    /**
     * Writes them.
     *
     * @throws IOException if the device fails
     */
    void write() throws IOException;
  }

  /**
   * Writes zeros and then the structures. What tells the old file system goes first, so that there
   * is none in between, whatever ends this.
   *
   * @param bytes how far the volume is to be zeros
   * @throws ClosedByInterruptException if the thread is interrupted; nothing was changed
   * @throws FileSystemException if it was broken off later; the reason says so
   * @throws IOException if the first write fails
   */
  public static void make(BlockDevice device, long bytes, Structures structures)
      throws IOException {
    checkInterrupt();
    int head = (int) Math.min(WRITE_BYTES, bytes);
    // No interrupt ends this part: whoever is told of one believes that nothing was changed.
    device.write(0, new byte[head], 0, head);
    device.flush();
    try {
      zero(device, head, bytes);
      structures.write();
    } catch (IOException e) {
      String reason = e.getMessage() == null ? "" : ": " + e.getMessage();
      FileSystemException named =
          new FileSystemException(
              null,
              null,
              "holds no file system any more, since the making of one was broken off" + reason);
      named.initCause(e);
      throw named;
    }
  }

  private static void zero(BlockDevice device, long start, long end) throws IOException {
    byte[] zeros = new byte[WRITE_BYTES];
    long position = start;
    while (position < end) {
      int bytes = (int) Math.min(zeros.length, end - position);
      device.write(position, zeros, 0, bytes);
      position += bytes;
      checkInterrupt();
    }
  }

  /** Ends what takes long when the thread is interrupted, which keeps its interrupt. */
  private static void checkInterrupt() throws ClosedByInterruptException {
    if (Thread.currentThread().isInterrupted()) {
      throw new ClosedByInterruptException();
    }
  }
}
