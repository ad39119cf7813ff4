package dev.tcplay.serve.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.coyote.Response;

/** The body of an answer, straight to the connection. For one thread; it keeps nothing back. */
final class AnswerStream extends OutputStream {

  private final Response response;

  AnswerStream(Response response) {
    this.response = response;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > 0) {
      response.doWrite(ByteBuffer.wrap(bytes, offset, length));
    }
  }
}
