package dev.tcplay.serve.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/** The body of a request, straight from the connection. For one thread. */
final class BodyStream extends InputStream implements ApplicationBufferHandler {

  /** How long a client may be slower than that, in nanoseconds. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  /** In bytes a second; no network that carries files is slower. */
  private static final long SLOWEST = 512;

  private final Request request;
  private final Response response;
  private ByteBuffer buffer = EMPTY_BUFFER;
  private long begun;
  private long count;

  BodyStream(Request request, Response response) {
    this.request = request;
    this.response = response;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (!buffer.hasRemaining() && !fill()) {
      return -1;
    }
    int read = Math.min(length, buffer.remaining());
    buffer.get(bytes, offset, read);
    return read;
  }

  /** Gets more, after it has told a client to go on that asks before it sends. */
  private boolean fill() throws IOException {
    if (begun == 0) {
      begun = System.nanoTime();
      response.action(ActionCode.ACK, ContinueResponseTiming.ALWAYS);
    }
    int read = receive();
    if (read < 0) {
      buffer = EMPTY_BUFFER;
      return false;
    }
    count += read;
    long elapsed = System.nanoTime() - begun;
    if (elapsed > PATIENCE && count < elapsed / TimeUnit.SECONDS.toNanos(1) * SLOWEST) {
      throw new HttpFailure(408, "The body comes too slowly");
    }
    return buffer.hasRemaining();
  }

  /** Reads what is there; what is wrong with it is the client's fault. */
  private int receive() throws HttpFailure {
    try {
      return request.doRead(this);
    } catch (SocketTimeoutException e) {
      throw new HttpFailure(408, "The body does not come");
    } catch (IOException e) {
      throw new HttpFailure(400, "The body is malformed or ends early");
    }
  }

  @Override
  public void setByteBuffer(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  @Override
  public ByteBuffer getByteBuffer() {
    return buffer;
  }

  @Override
  public void expand(int size) {
    // It never asks to keep bytes, so it is never asked for room.
  }
}
