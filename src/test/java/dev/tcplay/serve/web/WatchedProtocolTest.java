package dev.tcplay.serve.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections of those who do not finish the head of a request. */
@Timeout(60)
class WatchedProtocolTest {

  @Test
  void slowHeadsEndAndIdleConnectionsStay() throws Exception {
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    WatchedProtocol protocol = new WatchedProtocol(Duration.ofMillis(1));
    try {
      RequestsUnderWay ended = new RequestsUnderWay();
      ended.end();
      WebOptions options =
          new WebOptions(
              Path.of("unused"),
              new InetSocketAddress(0),
              Optional.empty(),
              Optional.empty(),
              Set.of());
      protocol.setAdapter(new Door(new Guard(options), new Nobody(), ended));
      protocol.setUtilityExecutor(timer);
      protocol.setAddress(InetAddress.getLoopbackAddress());
      protocol.setPort(0);
      protocol.init();
      protocol.start();
      try (Socket slow = connect(protocol);
          Socket idle = connect(protocol)) {
        slow.getOutputStream().write("GET / HTTP/1.1\r\nHos".getBytes(US_ASCII));
        do {
          protocol.endSlow();
        } while (isOpen(slow));
        idle.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
        idle.setSoTimeout(10_000);
        assertEquals(503, RawHttp.read(idle.getInputStream(), false).status());
      }
    } finally {
      protocol.stop();
      protocol.destroy();
      timer.shutdownNow();
    }
  }

  private static Socket connect(WatchedProtocol protocol) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), protocol.getLocalPort());
    socket.setSoTimeout(10);
    return socket;
  }

  private static boolean isOpen(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  /** Is not asked. */
  private static final class Nobody implements WebHandler {

    @Override
    public void handle(Exchange exchange) {
      throw new AssertionError();
    }

    @Override
    public void handleServerOptions(Exchange exchange) {
      throw new AssertionError();
    }
  }
}
