package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Fills a host with noise, piece by piece, and brings it to the storage now and then. */
final class NoiseWriter {

  /**
   * How many bytes may be written before they are brought to the storage: little enough to be
   * written again after a power cut, and enough to keep the storage busy.
   */
  static final long FORCED = 64 << 20;

  /** What takes the noise. */
  interface Target {

    void write(long position, byte[] bytes, int length) throws IOException;

    void force() throws IOException;
  }

  private final Target target;
  private final Noise noise;
  private final long start;
  private final long total;
  private final @Nullable WriteListener progress;
  private final byte[] chunk = new byte[Noise.MAX_BYTES];
  private long forced;

  /**
   * Makes a writer; the caller closes the noise.
   *
   * @param start the position that counts as 0 to the listener
   * @param total how many bytes it counts at the end
   * @param progress who learns how far it has come, null for nobody
   */
  NoiseWriter(
      Target target, Noise noise, long start, long total, @Nullable WriteListener progress) {
    this.target = target;
    this.noise = noise;
    this.start = start;
    this.total = total;
    this.progress = progress;
  }

  /** Returns a device as a target. */
  static Target on(BlockDevice host) {
    return new Target() {
      @Override
      public void write(long position, byte[] bytes, int length) throws IOException {
        host.write(position, bytes, 0, length);
      }

      @Override
      public void force() throws IOException {
        host.flush();
      }
    };
  }

  /** Returns a file as a target that grows. */
  static Target on(SeekableByteChannel file) {
    return new Target() {
      @Override
      public void write(long position, byte[] bytes, int length) throws IOException {
        file.position(position);
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        while (buffer.hasRemaining()) {
          file.write(buffer);
        }
      }

      @Override
      public void force() throws IOException {
        UnfinishedFile.force(file);
      }
    };
  }

  /**
   * Fills a range; afterwards it is on the storage.
   *
   * @throws ClosedByInterruptException if the thread is interrupted; its flag stays set
   */
  void write(long from, long to) throws IOException {
    forced = from;
    for (long at = from; at < to; ) {
      if (Thread.currentThread().isInterrupted()) {
        throw new ClosedByInterruptException();
      }
      int n = (int) Math.min(chunk.length, to - at);
      noise.fill(at, chunk, n);
      target.write(at, chunk, n);
      at += n;
      if (at - forced >= FORCED) {
        force(at);
      }
      if (progress != null) {
        progress.written(at - start, total);
      }
    }
    force(to);
    Arrays.fill(chunk, (byte) 0);
  }

  private void force(long end) throws IOException {
    target.force();
    forced = end;
  }

  /** Returns up to where the range that was written last is on the storage. */
  long forced() {
    return forced;
  }
}
