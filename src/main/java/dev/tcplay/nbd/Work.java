package dev.tcplay.nbd;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/** Does what one thread is asked to do on the device, by one buffer. */
final class Work {

  private static final byte[] ZEROES = new byte[Transmission.CHUNK];

  /** The device failed, and not the way to the client. */
  static final class DeviceFailure extends Exception {

    private static final long serialVersionUID = 1;

    DeviceFailure(Throwable cause) {
      super(cause);
    }

    /** Returns what the device threw. */
    Throwable failure() {
      return Objects.requireNonNull(getCause());
    }
  }

  /** A call of the device. */
  private interface Call {
    void run() throws IOException;
  }

  private final BlockDevice device;
  private final Replies replies;
  private final byte[] bytes = new byte[Transmission.CHUNK];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);

  /** Makes the work of a thread. */
  Work(BlockDevice device, Replies replies) {
    this.device = device;
    this.replies = replies;
  }

  /** Returns the buffer, for what is to be written. */
  ByteBuffer buffer() {
    return buffer;
  }

  /** Wipes what passed through. */
  void wipe() {
    Arrays.fill(bytes, (byte) 0);
  }

  /** Whatever a device throws ends one request, and neither the thread nor the connection. */
  private static void onDevice(Call call) throws DeviceFailure {
    try {
      call.run();
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      throw new DeviceFailure(e);
    }
  }

  /** Writes what stands in the buffer. */
  void write(long position) throws DeviceFailure {
    onDevice(() -> device.write(position, bytes, 0, buffer.limit()));
  }

  /** Does a request that brings no bytes, or whose bytes are written, and answers it. */
  void finish(Request request) throws IOException, DeviceFailure {
    switch (request.type()) {
      case Protocol.CMD_READ -> {
        read(request);
        return;
      }
      case Protocol.CMD_WRITE_ZEROES -> writeZeroes(request);
      case Protocol.CMD_TRIM -> onDevice(() -> device.discard(request.offset(), request.length()));
      case Protocol.CMD_CACHE -> cache(request);
      case Protocol.CMD_FLUSH -> onDevice(device::flush);
      default -> {
        // What was to be written is.
      }
    }
    if (request.has(Protocol.CMD_FLAG_FUA) && !device.isReadOnly()) {
      onDevice(device::flush);
    }
    replies.done(request);
  }

  private void writeZeroes(Request request) throws DeviceFailure {
    long end = request.offset() + request.length();
    for (long at = request.offset(); at < end; at += ZEROES.length) {
      long from = at;
      onDevice(() -> device.write(from, ZEROES, 0, (int) Math.min(ZEROES.length, end - from)));
    }
  }

  private void cache(Request request) throws DeviceFailure {
    long end = request.offset() + request.length();
    for (long at = request.offset(); at < end; at += buffer.limit()) {
      fill(at, end);
    }
  }

  private void read(Request request) throws IOException, DeviceFailure {
    long end = request.offset() + request.length();
    if (request.length() == 0) {
      replies.done(request);
    } else if (replies.isStructured()) {
      for (long at = request.offset(); at < end; at += buffer.capacity()) {
        fill(at, end);
        replies.data(request, at, buffer, at + buffer.limit() == end);
      }
    } else {
      fill(request.offset(), end);
      replies.simpleData(request, buffer, new Rest(request.offset() + buffer.limit(), end)::next);
    }
  }

  /** Reads into the buffer as much as fits. */
  private void fill(long position, long end) throws DeviceFailure {
    int length = (int) Math.min(buffer.capacity(), end - position);
    buffer.clear().limit(length);
    onDevice(() -> device.read(position, bytes, 0, length));
  }

  /** What follows the first buffer of a simple reply. */
  private final class Rest {

    private long at;
    private final long end;

    Rest(long at, long end) {
      this.at = at;
      this.end = end;
    }

    /** Nothing can be said in a reply that has begun; only the end of the connection says it. */
    ByteBuffer next() throws IOException {
      try {
        fill(at, end);
      } catch (DeviceFailure e) {
        throw new IOException("the volume cannot be read", e);
      }
      at += buffer.limit();
      return buffer;
    }
  }
}
