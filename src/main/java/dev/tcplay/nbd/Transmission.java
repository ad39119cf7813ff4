package dev.tcplay.nbd;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one client. Several threads take turns at reading them, and each does what it has
 * read while the next one reads on; so answers come in any order, and a client that does not take
 * its answers holds up no other. Each thread has one buffer, whatever lengths a client names:
 * longer requests pass through it in pieces.
 */
final class Transmission {

  /** What one thread moves at once, in bytes. Clients such as nbdcopy ask for as much. */
  static final int CHUNK = 256 << 10;

  private final Wire wire;
  private final NbdExport export;
  private final Replies replies;
  private final Consumer<Throwable> failures;
  private final ReentrantLock reading = new ReentrantLock();
  private boolean ended;
  private volatile boolean closing;

  /**
   * Makes what answers requests.
   *
   * @param failures told what the device throws
   */
  Transmission(Wire wire, NbdExport export, boolean structured, Consumer<Throwable> failures) {
    this.wire = wire;
    this.export = export;
    this.replies = new Replies(wire, structured);
    this.failures = failures;
  }

  /** Refuses what is read from now on. */
  void close() {
    closing = true;
  }

  /** Makes what one thread works with. */
  Work newWork() {
    return new Work(export.device(), replies);
  }

  /**
   * Takes part in answering, until the client has no more requests.
   *
   * @throws IOException if the way to the client is broken, or the client breaks the protocol
   */
  void run(Work work) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(Request.BYTES);
    try {
      while (step(head, work)) {
        // Each step is one request.
      }
    } finally {
      work.wipe();
    }
  }

  private boolean step(ByteBuffer head, Work work) throws IOException {
    Request request;
    int error;
    Work.DeviceFailure failure = null;
    reading.lock();
    try {
      if (ended || !wire.read(head.clear())) {
        ended = true;
        return false;
      }
      request = Request.of(head);
      if (request.isLast()) {
        ended = true;
        return false;
      }
      error = closing ? Errors.ESHUTDOWN : request.error(export, replies.isStructured());
      if (request.type() == Protocol.CMD_WRITE) {
        if (error != Errors.NONE) {
          wire.skip(request.length(), work.buffer());
        } else {
          failure = takeLong(request, work);
        }
      }
    } catch (Throwable e) {
      ended = true;
      throw e;
    } finally {
      reading.unlock();
    }
    if (error != Errors.NONE) {
      replies.failed(request, error, "refused");
    } else {
      answer(request, work, failure);
    }
    return true;
  }

  /**
   * Reads what is to be written. All pieces but the last are written at once, since nobody can read
   * on before; what the device throws meanwhile is returned.
   */
  private Work.@Nullable DeviceFailure takeLong(Request request, Work work) throws IOException {
    ByteBuffer buffer = work.buffer();
    Work.DeviceFailure failure = null;
    long end = request.offset() + request.length();
    for (long at = request.offset(); at < end; at += buffer.capacity()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
      if (!wire.read(buffer)) {
        throw new EOFException("the client has ended within a request");
      }
      if (failure == null && end - at > buffer.capacity()) {
        try {
          work.write(at);
        } catch (Work.DeviceFailure e) {
          failure = e;
        }
      }
    }
    return failure;
  }

  private void answer(Request request, Work work, Work.@Nullable DeviceFailure earlier)
      throws IOException {
    try {
      if (earlier != null) {
        throw earlier;
      }
      if (request.type() == Protocol.CMD_WRITE && request.length() > 0) {
        work.write(request.offset() + request.length() - work.buffer().limit());
      }
      work.finish(request);
    } catch (Work.DeviceFailure e) {
      failures.accept(e.failure());
      replies.failed(request, Errors.of(e.failure()), String.valueOf(e.failure().getMessage()));
    } catch (IOException e) {
      if (e.getCause() instanceof Work.DeviceFailure device) {
        // Within a simple reply, where the client sees the end only.
        failures.accept(device.failure());
      }
      throw e;
    }
  }
}
