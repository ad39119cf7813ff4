package dev.tcplay.nbd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.GatheringByteChannel;
import javax.net.ssl.SSLSocket;

/**
 * The streams of an encrypted socket as a channel, for buffers of the heap. Whoever closes the
 * socket below ends it.
 */
record TlsChannel(SSLSocket socket, InputStream in, OutputStream out)
    implements ByteChannel, GatheringByteChannel {

  @Override
  public int read(ByteBuffer target) throws IOException {
    int count =
        in.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
    if (count > 0) {
      target.position(target.position() + count);
    }
    return count;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    int count = source.remaining();
    out.write(source.array(), source.arrayOffset() + source.position(), count);
    source.position(source.limit());
    return count;
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    long count = 0;
    for (int i = offset; i < offset + length; i++) {
      count += write(sources[i]);
    }
    return count;
  }

  @Override
  public long write(ByteBuffer[] sources) throws IOException {
    return write(sources, 0, sources.length);
  }

  @Override
  public boolean isOpen() {
    return !socket.isOutputShutdown();
  }

  /**
   * Says that this is the end; closing the socket would say "user cancelled", too, which other
   * libraries take for an error.
   */
  @Override
  public void close() throws IOException {
    socket.shutdownOutput();
  }
}
