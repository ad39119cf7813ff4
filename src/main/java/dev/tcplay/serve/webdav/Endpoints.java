package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.Exchange;
import dev.tcplay.serve.web.HttpFailure;
import dev.tcplay.serve.web.Place;
import dev.tcplay.serve.web.RequestPath;
import dev.tcplay.serve.web.Tree;
import java.io.IOException;

/**
 * Where DELETE, COPY and MOVE lead from and to.
 *
 * @param tree the tree
 * @param permits who may do so; its monitor keeps what was found as it is
 */
record Endpoints(Tree tree, Permits permits) {

  /** Returns what is asked for, after all that speaks against it. */
  Place source(Exchange exchange) throws IOException {
    Place place = tree.find(exchange.path());
    place.known();
    if (exchange.path().directory() && !place.isDirectory()) {
      throw new HttpFailure(404, "A file is no directory");
    }
    permits.checkConditions(exchange, place);
    if (place.path().equals(tree.root()) && !exchange.method().equals("COPY")) {
      throw new HttpFailure(403, "The root stays");
    }
    return place;
  }

  /** Returns where to, after all that speaks against it. */
  Place destination(Exchange exchange, Place from) throws IOException {
    RequestPath path =
        exchange.local(
            exchange
                .header("Destination")
                .orElseThrow(() -> new HttpFailure(400, "No Destination")));
    String overwrite = exchange.header("Overwrite").orElse("T").strip();
    if (!overwrite.equalsIgnoreCase("T") && !overwrite.equalsIgnoreCase("F")) {
      throw new HttpFailure(400, "Overwrite is T or F");
    }
    Place to = tree.find(path);
    boolean same = to.exists() && to.real().equals(from.real());
    boolean respelled = exchange.method().equals("MOVE") && isRespelled(from, to);
    if ((same && !respelled) || to.path().equals(tree.root())) {
      throw new HttpFailure(403, "Onto itself, or the root");
    }
    if (!same && (to.path().startsWith(from.real()) || from.real().startsWith(to.path()))) {
      throw new HttpFailure(403, "One is in the other");
    }
    if (!to.exists() && !to.inDirectory()) {
      throw new HttpFailure(409, "No directory for it");
    }
    if (to.exists() && !respelled && overwrite.equalsIgnoreCase("F")) {
      throw new HttpFailure(412, "It exists");
    }
    boolean isLink = !to.path().equals(to.real());
    if (to.exists() && !isLink && !to.isDirectory() && !from.isDirectory()) {
      permits.checkContents(exchange, to.real());
    } else {
      permits.checkName(exchange, to);
    }
    return to;
  }

  /** Tells whether one file is meant, by another spelling, such as other capital letters. */
  static boolean isRespelled(Place from, Place to) {
    return from.path().equals(to.path()) && !from.path().toString().equals(to.path().toString());
  }

  /** Returns whether what is in a directory is meant, too. */
  static boolean depth(Exchange exchange, boolean zero) throws HttpFailure {
    String depth = exchange.header("Depth").orElse("infinity");
    boolean deep = depth.equalsIgnoreCase("infinity");
    if (!deep && !(zero && depth.equals("0"))) {
      throw new HttpFailure(400, "Depth is infinity, or for a copy 0");
    }
    return deep;
  }
}
