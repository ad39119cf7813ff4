package dev.tcplay.block.host;

import dev.tcplay.block.AbstractBlockDevice;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A device over a file of any provider, of the size that the file has when it is opened, or is
 * given by {@link #resize}.
 *
 * <p>Interrupts end no call, and a thread keeps its interrupt. If the file shrinks, reading what is
 * gone fails with an exception that names the offset.
 *
 * <p>If another program comes in though the file is locked, a writer writes no more, and readers
 * read no more: each call fails, and so does closing.
 */
public final class FileDevice extends AbstractBlockDevice {

  private final HostFiles.Use host;
  private volatile boolean written;
  private volatile long size;

  private FileDevice(HostFiles.Use host) {
    super(host.file().size(), host.sectorSize(), host.isReadOnly());
    this.host = host;
    this.size = host.file().size();
  }

  /**
   * Opens a file, or a block device of Linux or macOS. All devices of this process that only read a
   * file share one channel and one lock. A block device that must not be written is opened
   * read-only, as a file is.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws HostInUseException if it is locked and open elsewhere: for writing, or at all if it is
   *     to be written here; a block device also if it is to be written and Linux has it mounted, or
   *     mapped as another device
   * @throws java.nio.file.FileSystemException if it is none of both, as {@link HostKind#refusal}
   *     says
   * @throws IOException if it cannot be opened
   */
  public static FileDevice open(Path host, HostOpen how) throws IOException {
    HostFiles.Use use = HostFiles.open(host, how);
    try {
      return new FileDevice(use);
    } catch (RuntimeException | Error e) {
      use.close();
      throw e;
    }
  }

  /**
   * Opens a file of any kind that somebody has named, to read it from its start. If it is a host
   * that this process has open, by whatever path, closing the stream does not drop the lock on it,
   * as closing any other stream would. An interrupt ends the wait for whoever writes to a pipe.
   *
   * @throws java.io.InterruptedIOException if the thread is interrupted while it opens a pipe; its
   *     flag is then set
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws IOException if it cannot be opened
   */
  public static InputStream newInputStream(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    // What says that it is empty may give bytes all the same, as in /proc, and is no host.
    boolean isHost =
        attributes.isRegularFile()
            ? attributes.size() > 0
            : HostKind.of(file) == HostKind.BLOCK_DEVICE;
    if (isHost) {
      try {
        return new DeviceInputStream(open(file, HostOpen.reading().unlocked().by("a stream")));
      } catch (NoSuchFileException e) {
        // Open somewhere, but deleted, as what a shell makes /dev/stdin of: no path leads to it.
      }
    }
    return PipeOpening.open(file);
  }

  /**
   * Returns whether a file or a block device may be written by this process, as far as can be told
   * without opening it: whether there is permission, and the device is not read-only.
   *
   * @throws java.nio.file.NoSuchFileException if there is no such file
   * @throws java.nio.file.FileSystemException if it is none of both
   * @throws IOException if its attributes cannot be read
   */
  public static boolean isWritable(Path host) throws IOException {
    return FoundHost.at(host).isWritable();
  }

  /**
   * Makes a new, empty file that shall hold a device, sparse where its provider can, and opens it
   * for writing. Where the host knows permissions, it is its owner's alone from the beginning.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is such a file
   */
  public static SeekableByteChannel createFile(Path host) throws IOException {
    return Files.newByteChannel(
        host,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE),
        ownerOnly(host));
  }

  /** Returns what makes a new file its owner's alone where the host knows permissions. */
  static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Gives up writing, so that others may read the file: for who opened it in the hope to write, and
   * found that it must not be. Nothing may have been written. The device goes on saying that it is
   * not read-only, but refuses every write.
   *
   * @throws HostInUseException if another process was quicker to lock the file; the device is then
   *     not locked
   * @throws IOException if the lock cannot be changed
   */
  public void stopWriting() throws IOException {
    host.stopWriting();
  }

  /**
   * Fails if reading or writing must not go on, since the lock on the file was lost and another
   * program has come in. Layers that keep copies of the file's bytes in memory call this. A writer
   * may go on reading, so that it can save what is nowhere else.
   *
   * @param writing whether it is to be written
   * @throws java.nio.file.FileSystemException if so; it says why
   */
  public void checkLock(boolean writing) throws IOException {
    host.checkLock(writing);
  }

  /** Returns the bytes of the file at opening, or what it was resized to. */
  @Override
  public long size() {
    return size;
  }

  /**
   * Makes the file longer or shorter, at its end; what is new are zeros, a hole where the provider
   * can. Calls that run here or in a cache above are waited for, and those that come meanwhile
   * wait. Other devices on the file keep to the size that they know.
   *
   * <p>Not for a thread that is inside a call of this device or of one above it.
   *
   * @param newSize bytes of the file
   * @throws NonWritableChannelException if the device is read-only
   * @throws java.nio.file.FileSystemException if the host is a block device, which has the size
   *     that it has
   * @throws IOException if the file cannot be resized; the device then keeps to its old size
   */
  public void resize(long newSize) throws IOException {
    if (isReadOnly() || host.isReadOnly()) {
      throw new NonWritableChannelException();
    }
    Closeable held = holdStill();
    try (held) {
      written = true;
      host.file().resize(newSize);
      size = newSize;
    }
  }

  @Override
  protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
    host.checkLock(false);
    host.file().read(position, target, offset, length);
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    if (host.isReadOnly()) {
      throw new NonWritableChannelException();
    }
    written = true;
    host.file().write(position, source, offset, length);
  }

  @Override
  protected void doFlush() throws IOException {
    if (!isReadOnly()) {
      host.file().force();
    }
  }

  /** Does nothing: a hole would tell an observer which sectors are free. */
  @Override
  protected void doDiscard(long position, long length) {}

  @Override
  protected void doClose() throws IOException {
    try (host) {
      if (written) {
        host.file().force();
      } else {
        host.checkAtEnd();
      }
    }
  }
}
