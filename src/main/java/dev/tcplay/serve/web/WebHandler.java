package dev.tcplay.serve.web;

import java.io.IOException;

/** Answers requests of those who were let in. Safe for several threads. */
public interface WebHandler {

  /**
   * Answers a request.
   *
   * @throws HttpFailure to answer by its status
   * @throws IOException if the tree or the connection failed; {@link Statuses} says what the client
   *     is told
   */
  void handle(Exchange exchange) throws IOException;

  /** Answers a question about the whole server, which strangers may ask, too. */
  void handleServerOptions(Exchange exchange) throws IOException;
}
