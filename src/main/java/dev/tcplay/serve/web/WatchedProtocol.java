package dev.tcplay.serve.web;

import java.time.Duration;
import org.apache.coyote.Constants;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Coyote over plain sockets or TLS, which also ends connections whose requests' heads do not get
 * finished: its own timeouts are those between two reads, so that a byte now and then would hold a
 * connection for days. Safe for several threads.
 */
final class WatchedProtocol extends Http11NioProtocol {

  /** What Coyote says of a request that has not begun. */
  private static final long NOT_BEGUN = -1;

  private final long longest;

  /** Takes how long a head may take. */
  WatchedProtocol(Duration longest) {
    this.longest = longest.toNanos();
  }

  /** Ends the connections that are too slow now; to be called every few seconds. */
  void endSlow() {
    long now = System.nanoTime();
    for (SocketWrapperBase<?> connection : getEndpoint().getConnections()) {
      if (connection.getCurrentProcessor() instanceof Processor processor) {
        Request request = processor.getRequest();
        long start = request.getStartTimeNanos();
        boolean waiting = request.getRequestProcessor().getStage() == Constants.STAGE_ENDED;
        if (waiting && start != NOT_BEGUN && now - start > longest) {
          connection.close();
        }
      }
    }
  }
}
