package dev.tcplay.nbd;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * How clients are let in by TLS 1.3, each with a certificate of its own; older versions let a
 * client begin anew at any time, and nobody needs them here. Safe for several threads.
 *
 * @param sockets which know the server's certificate and those of clients
 */
public record Tls(SSLSocketFactory sockets) {

  private static final String[] VERSIONS = {"TLSv1.3"};

  /**
   * Shakes hands with a client that is to begin with it.
   *
   * @param channel at whose end the other one ends, too
   * @throws IOException if the client has no certificate that counts here, or does not speak TLS
   */
  Wire secure(SocketChannel channel) throws IOException {
    SSLSocket socket = (SSLSocket) sockets.createSocket(channel.socket(), null, true);
    socket.setEnabledProtocols(VERSIONS);
    socket.setNeedClientAuth(true);
    socket.startHandshake();
    return Wire.of(new TlsChannel(socket, socket.getInputStream(), socket.getOutputStream()));
  }
}
