package dev.tcplay.serve.sftp;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.client.channel.ChannelSubsystem;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.common.SftpConstants;

/** SFTP by the byte: a client that may break every rule. */
final class RawSftp implements Closeable {

  /** An answer: its type, its number, and what follows. */
  record Reply(int type, int id, Buffer rest) {

    /** Returns the status, or -1 where it is another message. */
    int status() {
      return type == SftpConstants.SSH_FXP_STATUS
          ? new ByteArrayBuffer(rest.getCompactData()).getInt()
          : -1;
    }

    /** Returns the status and what is said of it. */
    String text() {
      Buffer copy = new ByteArrayBuffer(rest.getCompactData());
      return type == SftpConstants.SSH_FXP_STATUS
          ? copy.getInt() + " " + copy.getString()
          : "message " + type;
    }

    String handle() throws IOException {
      if (type != SftpConstants.SSH_FXP_HANDLE) {
        throw new IOException(text());
      }
      return new ByteArrayBuffer(rest.getCompactData()).getString(StandardCharsets.ISO_8859_1);
    }
  }

  private final ChannelSubsystem channel;
  private final DataInputStream in;
  private final OutputStream out;
  private int id;

  RawSftp(ClientSession session) throws IOException {
    channel = session.createSubsystemChannel(SftpConstants.SFTP_SUBSYSTEM_NAME);
    channel.open().verify(20_000);
    in = new DataInputStream(channel.getInvertedOut());
    out = channel.getInvertedIn();
  }

  /** Begins as clients do. */
  RawSftp begin() throws IOException {
    send(new byte[] {SftpConstants.SSH_FXP_INIT, 0, 0, 0, 3});
    receive();
    return this;
  }

  /** Sends a message, its length before it. */
  void send(byte[] message) throws IOException {
    Buffer framed = new ByteArrayBuffer(message.length + 4);
    framed.putBytes(message);
    raw(framed.getCompactData());
  }

  void raw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Returns the beginning of a request, with a new number. */
  Buffer request(int type) {
    Buffer buffer = new ByteArrayBuffer(128);
    buffer.putByte((byte) type);
    buffer.putInt(++id);
    return buffer;
  }

  /** Sends a request and waits for its answer. */
  Reply ask(Buffer request) throws IOException {
    send(request.getCompactData());
    return receive();
  }

  /** Asks with strings behind the type. */
  Reply ask(int type, String... strings) throws IOException {
    Buffer request = request(type);
    for (String string : strings) {
      request.putString(string);
    }
    return ask(request);
  }

  /** Asks with strings, and with no attributes after them. */
  Reply askWithoutAttributes(int type, String path) throws IOException {
    Buffer request = request(type);
    request.putString(path);
    request.putInt(0);
    return ask(request);
  }

  Reply open(String path, int flags) throws IOException {
    Buffer request = request(SftpConstants.SSH_FXP_OPEN);
    request.putString(path);
    request.putInt(flags);
    request.putInt(0);
    return ask(request);
  }

  Reply write(String handle, long offset, byte[] data) throws IOException {
    Buffer request = request(SftpConstants.SSH_FXP_WRITE);
    request.putString(handle, StandardCharsets.ISO_8859_1);
    request.putLong(offset);
    request.putBytes(data);
    return ask(request);
  }

  /**
   * Returns the next answer.
   *
   * @throws EOFException if the server has ended the talk
   */
  Reply receive() throws IOException {
    int length = in.readInt();
    if (length < 5 || length > 512 * 1024) {
      throw new IOException("an answer of " + length + " bytes");
    }
    byte[] message = new byte[length];
    in.readFully(message);
    Buffer buffer = new ByteArrayBuffer(message);
    int type = buffer.getUByte();
    return new Reply(type, buffer.getInt(), buffer);
  }

  @Override
  public void close() throws IOException {
    channel.close(false);
  }
}
