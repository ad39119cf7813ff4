package dev.tcplay.serve.web;

import java.io.IOException;

/** Answers GET and HEAD: the contents of a file, or a page that lists a directory. */
public final class Reading {

  private Reading() {}

  /**
   * Answers.
   *
   * @throws HttpFailure if there is nothing, or a condition of the request is not met
   */
  public static void answer(Exchange exchange, Tree tree) throws IOException {
    Place place = tree.find(exchange.path());
    if (place.known().isDirectory()) {
      if (exchange.path().directory()) {
        Listing.send(exchange, tree, place);
      } else {
        exchange.addHeader("Location", exchange.href(exchange.path().names(), true));
        exchange.answer(302);
      }
    } else if (exchange.path().directory()) {
      throw new HttpFailure(404, "A file is no directory");
    } else {
      FileAnswer.send(exchange, tree, place);
    }
  }
}
