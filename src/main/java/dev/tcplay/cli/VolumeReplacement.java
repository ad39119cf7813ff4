package dev.tcplay.cli;

import dev.tcplay.model.VolumeChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import java.util.Arrays;

/**
 * Replaces a decrypted volume by what a channel gives. The head, by which a file system is known,
 * is zeros until all else is replaced, so that nobody takes half of the old volume and half of the
 * new one for a file system. Used once.
 */
final class VolumeReplacement {

  private static final int BUFFER = 1 << 20;

  private final ReadableByteChannel in;
  private final String name;
  private final VolumeChannel volume;
  private final CopyLine line;
  private final ByteBuffer head;

  /** Bytes that were taken from the channel. */
  private long taken;

  private boolean begun;

  /**
   * Prepares the replacement; the caller closes the channels.
   *
   * @param name what the user calls the channel
   */
  VolumeReplacement(ReadableByteChannel in, String name, VolumeChannel volume, CopyLine line)
      throws IOException {
    this.in = in;
    this.name = name;
    this.volume = volume;
    this.line = line;
    this.head = ByteBuffer.allocate((int) Math.min(BUFFER, volume.size()));
  }

  /**
   * Replaces the volume.
   *
   * @throws FileSystemException if the channel gives more or less than the volume has
   */
  void run() throws IOException {
    RunningCommand.Unfinished replacing = RunningCommand.begin();
    try (replacing) {
      replace();
    } finally {
      // It is plaintext, and may be kept for long before its memory is used again.
      Arrays.fill(head.array(), (byte) 0);
    }
    RunningCommand.interruptibly(this::checkEnd, () -> "the whole volume was replaced");
  }

  private void replace() throws IOException {
    RunningCommand.interruptibly(this::takeHead, this::state);
    begun = true;
    volume.write(ByteBuffer.allocate(head.limit()));
    volume.force();
    RunningCommand.interruptibly(this::replaceRest, this::state);
    volume.force();
    volume.position(0).write(head);
    volume.force();
  }

  private void takeHead() throws IOException {
    while (head.hasRemaining()) {
      take(head);
    }
    head.flip();
  }

  private void replaceRest() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try {
      while (taken < volume.size()) {
        RunningCommand.check();
        buffer.clear().limit((int) Math.min(BUFFER, volume.size() - taken));
        take(buffer);
        volume.write(buffer.flip());
        line.reached(taken);
      }
    } finally {
      Arrays.fill(buffer.array(), (byte) 0);
    }
  }

  private void checkEnd() throws IOException {
    if (in.read(ByteBuffer.allocate(1)) > 0) {
      throw failure("goes on after the " + taken + " bytes of the volume, which were replaced");
    }
  }

  private void take(ByteBuffer buffer) throws IOException {
    int n = in.read(buffer);
    if (n < 0) {
      throw failure(
          "ends after %d bytes, the volume has %d; %s".formatted(taken, volume.size(), state()));
    }
    taken += n;
  }

  private FileSystemException failure(String reason) {
    return new FileSystemException(name, null, reason);
  }

  private String state() {
    return begun
        ? taken + " bytes of the volume were replaced, and it holds no file system any more"
        : "nothing was written";
  }
}
