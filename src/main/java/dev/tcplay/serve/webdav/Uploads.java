package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.Exchange;
import dev.tcplay.serve.web.HttpFailure;
import dev.tcplay.serve.web.Place;
import dev.tcplay.serve.web.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/**
 * PUT and MKCOL.
 *
 * @param tree the tree
 * @param permits who may write
 */
record Uploads(Tree tree, Permits permits) {

  private static final int CHUNK = 64 << 10;

  /** Answers PUT: the file is the old one, or none, until the new one is complete. */
  void put(Exchange exchange) throws IOException {
    if (exchange.header("Content-Range").isPresent()) {
      throw new HttpFailure(400, "A part of a file cannot be put, by RFC 9110, section 14.5");
    }
    try (Replacement replacement = begin(exchange)) {
      try (OutputStream file =
          Files.newOutputStream(replacement.path(), StandardOpenOption.WRITE)) {
        copy(exchange.body(), file);
      }
      synchronized (permits) {
        // Others may have locked or changed it meanwhile.
        Place now = check(exchange);
        replacement.commit(now);
        Place after = tree.find(exchange.path());
        permits.tag(after).ifPresent(tag -> exchange.addHeader("ETag", tag));
        exchange.answer(now.exists() ? 204 : 201);
      }
    }
  }

  /** Begins the file, once all that can be known without its contents has been looked at. */
  private Replacement begin(Exchange exchange) throws IOException {
    synchronized (permits) {
      Place before = check(exchange);
      if (exchange.bodyLength() > Files.getFileStore(tree.root()).getUsableSpace()) {
        throw new HttpFailure(507, "The file does not fit");
      }
      // A link stays, and what it leads to is written.
      return new Replacement(tree, before.real());
    }
  }

  /** Answers MKCOL. */
  void makeCollection(Exchange exchange) throws IOException {
    if (exchange.hasBody()) {
      throw new HttpFailure(415, "No body says what a directory is");
    }
    synchronized (permits) {
      Place place = tree.find(exchange.path());
      permits.checkConditions(exchange, place);
      if (place.exists()) {
        throw new HttpFailure(405, "It exists");
      }
      if (!place.inDirectory()) {
        throw new HttpFailure(409, "No directory for it");
      }
      permits.checkName(exchange, place);
      Files.createDirectory(place.path());
      exchange.answer(201);
    }
  }

  private Place check(Exchange exchange) throws IOException {
    Place place = tree.find(exchange.path());
    permits.checkConditions(exchange, place);
    if (place.isDirectory() || exchange.path().directory()) {
      throw new HttpFailure(405, "A directory");
    }
    if (place.exists()) {
      permits.checkContents(exchange, place.real());
    } else if (place.inDirectory()) {
      permits.checkName(exchange, place);
    } else {
      throw new HttpFailure(409, "No directory for it");
    }
    return place;
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] chunk = new byte[CHUNK];
    int filled;
    // Whole chunks, since what comes over the network comes in small pieces.
    while ((filled = from.readNBytes(chunk, 0, CHUNK)) > 0) {
      to.write(chunk, 0, filled);
    }
  }
}
