package dev.tcplay.nbd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/** The answers to one client, whole or in chunks, in any order. Safe for several threads. */
final class Replies {

  private static final int MOST_MESSAGE_BYTES = 1024;

  private final Wire wire;
  private final boolean structured;
  private final ReentrantLock writing = new ReentrantLock();

  Replies(Wire wire, boolean structured) {
    this.wire = wire;
    this.structured = structured;
  }

  boolean isStructured() {
    return structured;
  }

  /** Says that a request was done. */
  void done(Request request) throws IOException {
    if (structured && request.type() == Protocol.CMD_READ) {
      send(chunk(request, Protocol.REPLY_FLAG_DONE, Protocol.REPLY_TYPE_NONE, 0).flip());
    } else {
      send(simple(request, Errors.NONE));
    }
  }

  /** Says that a request failed, or the rest of it. */
  void failed(Request request, int error, String reason) throws IOException {
    if (!structured) {
      send(simple(request, error));
      return;
    }
    byte[] all = reason.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(all.length, MOST_MESSAGE_BYTES);
    int payload = Integer.BYTES + Short.BYTES + length;
    ByteBuffer head = chunk(request, Protocol.REPLY_FLAG_DONE, Protocol.REPLY_TYPE_ERROR, payload);
    send(head.putInt(error).putShort((short) length).flip(), ByteBuffer.wrap(all, 0, length));
  }

  /** Sends bytes that were read, as one of the chunks of a structured reply. */
  void data(Request request, long offset, ByteBuffer bytes, boolean last) throws IOException {
    int payload = Long.BYTES + bytes.remaining();
    int flags = last ? Protocol.REPLY_FLAG_DONE : 0;
    ByteBuffer head = chunk(request, flags, Protocol.REPLY_TYPE_OFFSET_DATA, payload);
    send(head.putLong(offset).flip(), bytes);
  }

  /** Fills a buffer with what comes next of what is read. */
  interface Source {
    /** Returns the next bytes, none at the end. */
    ByteBuffer next() throws IOException;
  }

  /** Sends bytes as a simple reply; a source that fails leaves a reply that has no end. */
  void simpleData(Request request, ByteBuffer first, Source rest) throws IOException {
    writing.lock();
    try {
      wire.write(simple(request, Errors.NONE), first);
      for (ByteBuffer next = rest.next(); next.hasRemaining(); next = rest.next()) {
        wire.write(next);
      }
    } finally {
      writing.unlock();
    }
  }

  private static ByteBuffer simple(Request request, int error) {
    ByteBuffer head = ByteBuffer.allocate(16).putInt(Protocol.SIMPLE_REPLY_MAGIC);
    return head.putInt(error).putLong(request.cookie()).flip();
  }

  /** Returns the head of a chunk, with room for what may follow. */
  private static ByteBuffer chunk(Request request, int flags, int type, int payload) {
    return ByteBuffer.allocate(32)
        .putInt(Protocol.STRUCTURED_REPLY_MAGIC)
        .putShort((short) flags)
        .putShort((short) type)
        .putLong(request.cookie())
        .putInt(payload);
  }

  private void send(ByteBuffer... parts) throws IOException {
    writing.lock();
    try {
      wire.write(parts);
    } finally {
      writing.unlock();
    }
  }
}
