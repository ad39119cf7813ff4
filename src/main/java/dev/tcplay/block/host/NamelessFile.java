package dev.tcplay.block.host;

import dev.tcplay.block.AbstractBlockDevice;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * A new file, its owner's alone, that nobody can open again: where the host can, as POSIX hosts
 * can, its name goes as soon as it is open; elsewhere it goes on closing. So nothing of it outlives
 * a process that is killed.
 *
 * <p>An interrupt closes a plain channel, and with it such a file would be lost. An asynchronous
 * one stays open; a thread that waits for it keeps its interrupt.
 */
final class NamelessFile extends AbstractBlockDevice {

  private static final int SECTOR = 512;

  private final Path path;
  private final AsynchronousFileChannel channel;

  private NamelessFile(Path path, long most, AsynchronousFileChannel channel) {
    super(most, SECTOR, false);
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes an empty file that grows as it is written.
   *
   * @param path which nothing has yet
   * @param most the bytes up to which it may be written, the device's size
   */
  static NamelessFile make(Path path, long most) throws IOException {
    return new NamelessFile(
        path,
        most,
        AsynchronousFileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE),
            null,
            FileDevice.ownerOnly(path)));
  }

  Path path() {
    return path;
  }

  /** Fails where nothing was written yet. */
  @Override
  protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
    while (buffer.hasRemaining()) {
      long from = position + buffer.position() - offset;
      if (await(channel.read(buffer, from)) < 0) {
        throw new EOFException("the temporary file ends at " + from);
      }
    }
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(source, offset, length);
    while (buffer.hasRemaining()) {
      await(channel.write(buffer, position + buffer.position() - offset));
    }
  }

  private static int await(Future<Integer> transfer) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return transfer.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } finally {
      // The buffer is the transfer's until then, also where an error has ended the waiting.
      while (!transfer.isDone()) {
        Thread.onSpinWait();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Does nothing: what is lost with the process need not reach the disk. */
  @Override
  protected void doFlush() {}

  @Override
  protected void doDiscard(long position, long length) {}

  @Override
  protected void doClose() throws IOException {
    channel.close();
  }
}
