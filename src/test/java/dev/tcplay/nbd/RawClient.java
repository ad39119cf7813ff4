package dev.tcplay.nbd;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** A client that says what a test wants, right or wrong, by the numbers of the specification. */
public final class RawClient implements Closeable {

  /** An answer to a request: of a simple reply the flags are 1 and the type is -1. */
  public static final class Reply {

    private final int flags;
    private final int type;
    private final long cookie;
    private final int error;
    private final byte[] payload;

    private Reply(int flags, int type, long cookie, int error, byte[] payload) {
      this.flags = flags;
      this.type = type;
      this.cookie = cookie;
      this.error = error;
      this.payload = payload;
    }

    /** Returns the type of a chunk, or of the reply to an option. */
    public int type() {
      return type;
    }

    /** Returns the cookie of the request. */
    public long cookie() {
      return cookie;
    }

    /** Returns the error, 0 for none. */
    public int error() {
      return error;
    }

    /** Returns what follows the head. */
    public byte[] payload() {
      return payload;
    }

    /** Returns whether no more follows to this request. */
    public boolean isLast() {
      return (flags & 1) != 0;
    }
  }

  /** What the server says. */
  public final DataInputStream in;

  /** What the server hears. */
  public final DataOutputStream out;

  private final SocketChannel channel;

  /** Connects. */
  public RawClient(SocketAddress server) throws IOException {
    channel =
        server instanceof UnixDomainSocketAddress
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    channel.connect(server);
    in = new DataInputStream(Channels.newInputStream(channel));
    out = new DataOutputStream(Channels.newOutputStream(channel));
  }

  private RawClient(SocketChannel channel, Socket encrypted) throws IOException {
    this.channel = channel;
    in = new DataInputStream(encrypted.getInputStream());
    out = new DataOutputStream(encrypted.getOutputStream());
  }

  /** Begins with TLS; returns the client that speaks from now on. */
  RawClient encrypt(Tls tls) throws IOException {
    option(5, new byte[0]);
    check(1, optionReply(5).type());
    SSLSocket socket = (SSLSocket) tls.sockets().createSocket(channel.socket(), null, 0, true);
    socket.startHandshake();
    return new RawClient(channel, socket);
  }

  /** Reads the greeting and answers it. */
  public RawClient greet() throws IOException {
    check(0x4e42444d41474943L, in.readLong());
    check(0x49484156454F5054L, in.readLong());
    check(3, in.readUnsignedShort());
    out.writeInt(3);
    return this;
  }

  private static void check(long expected, long found) {
    if (expected != found) {
      throw new AssertionError(Long.toHexString(expected) + " != " + Long.toHexString(found));
    }
  }

  /** Sends an option. */
  public void option(int option, byte[] data) throws IOException {
    out.writeLong(0x49484156454F5054L);
    out.writeInt(option);
    out.writeInt(data.length);
    out.write(data);
  }

  /** Returns the type of the next reply to an option, and leaves its data to be read. */
  public Reply optionReply(int option) throws IOException {
    check(0x3e889045565a9L, in.readLong());
    check(option, in.readInt());
    int type = in.readInt();
    return new Reply(1, type, 0, 0, in.readNBytes(in.readInt()));
  }

  /** Agrees on structured replies, if wanted, and begins; returns the size. */
  public long begin(boolean structured) throws IOException {
    if (structured) {
      option(8, new byte[0]);
      check(1, optionReply(8).type());
    }
    option(1, "vol".getBytes(StandardCharsets.UTF_8));
    long size = in.readLong();
    in.readUnsignedShort();
    return size;
  }

  /** Sends a request without its data. */
  public void request(int flags, int type, long cookie, long offset, int length)
      throws IOException {
    ByteBuffer head = ByteBuffer.allocate(28).putInt(0x25609513);
    head.putShort((short) flags).putShort((short) type).putLong(cookie).putLong(offset);
    out.write(head.putInt(length).array());
  }

  /** Reads a reply; of a simple one that is to bring data, so many bytes. */
  public Reply reply(int dataLength) throws IOException {
    int magic = in.readInt();
    if (magic == 0x67446698) {
      int error = in.readInt();
      long cookie = in.readLong();
      return new Reply(1, -1, cookie, error, in.readNBytes(error == 0 ? dataLength : 0));
    }
    check(0x668e33ef, magic);
    int flags = in.readUnsignedShort();
    int type = in.readUnsignedShort();
    long cookie = in.readLong();
    byte[] payload = in.readNBytes(in.readInt());
    int error = type == 0x8001 ? ByteBuffer.wrap(payload).getInt() : 0;
    return new Reply(flags, type, cookie, error, payload);
  }

  /** Sends a request and returns the error of its reply, which has no data. */
  public int error(int flags, int type, long offset, int length, byte... data) throws IOException {
    request(flags, type, 7, offset, length);
    out.write(data);
    return reply(0).error();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
