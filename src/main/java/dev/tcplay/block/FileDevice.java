package dev.tcplay.block;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A device over a file of any provider, of the size that the file has when it is opened.
 *
 * <p>An interrupted thread gets a {@link java.nio.channels.ClosedByInterruptException} and keeps
 * its interrupt status; other threads, and later calls of the same one, are not disturbed. If the
 * file shrinks, reading what is gone fails with an exception that names the offset.
 */
public final class FileDevice extends GatedDevice {

  private static final int SECTOR = 512;

  private final HostFile host;
  private volatile boolean written;

  private FileDevice(HostFile host) {
    super(host.size(), SECTOR, host.isReadOnly());
    this.host = host;
  }

  /**
   * Opens a file, or a block device of the operating system.
   *
   * @param host the file
   * @param readOnly whether writing is refused; a file that cannot be written is read-only anyway
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws java.nio.file.FileSystemException if it is a directory
   * @throws IOException if it cannot be opened
   */
  public static FileDevice open(Path host, boolean readOnly) throws IOException {
    return new FileDevice(HostFile.open(host, readOnly));
  }

  @Override
  void doRead(long position, byte[] target, int offset, int length) throws IOException {
    host.read(position, target, offset, length);
  }

  @Override
  void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    written = true;
    host.write(position, source, offset, length);
  }

  @Override
  void doFlush() throws IOException {
    if (!isReadOnly()) {
      host.force();
    }
  }

  /** Does nothing: a hole would tell an observer which sectors are free. */
  @Override
  void doDiscard(long position, long length) {}

  @Override
  void doClose() throws IOException {
    try (host) {
      if (written) {
        Interrupts.retry(host::force);
      }
    }
  }
}
