package dev.tcplay.serve.webdav;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tcplay.serve.web.Exchange;
import dev.tcplay.serve.web.HttpFailure;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/**
 * An answer in XML with a status for each of several files, which goes out while it is made, so
 * that it takes no memory. For one thread.
 */
final class MultiStatus implements Closeable {

  private static final String TYPE = "application/xml; charset=utf-8";
  private static final String HEAD = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

  private final Writer out;

  /** Begins an answer with status 207. */
  MultiStatus(Exchange exchange) throws IOException {
    out = writer(exchange, 207);
    out.write(HEAD + "<D:multistatus xmlns:D=\"DAV:\">\n");
  }

  /** Answers by a status, with the condition that was not met. */
  static void error(Exchange exchange, HttpFailure failure) throws IOException {
    try (Writer out = writer(exchange, failure.status())) {
      out.write(HEAD + "<D:error xmlns:D=\"DAV:\"><D:" + failure.condition() + ">");
      for (String href : failure.hrefs()) {
        out.write("<D:href>" + XmlText.escape(href) + "</D:href>");
      }
      out.write("</D:" + failure.condition() + "></D:error>\n");
    }
  }

  /** Answers with properties alone. */
  static void properties(Exchange exchange, int status, String properties) throws IOException {
    try (Writer out = writer(exchange, status)) {
      out.write(HEAD + "<D:prop xmlns:D=\"DAV:\">" + properties + "</D:prop>\n");
    }
  }

  /** Adds a file with one status. */
  void add(String href, int status) throws IOException {
    out.write("<D:response><D:href>" + XmlText.escape(href) + "</D:href>");
    out.write(status(status) + "</D:response>\n");
  }

  /**
   * Adds a file with its properties.
   *
   * @param byStatus texts of properties, and the status that they have
   */
  void add(String href, Map<Integer, List<String>> byStatus) throws IOException {
    out.write("<D:response><D:href>" + XmlText.escape(href) + "</D:href>\n");
    for (Map.Entry<Integer, List<String>> entry : byStatus.entrySet()) {
      out.write("<D:propstat><D:prop>");
      for (String property : entry.getValue()) {
        out.write(property);
      }
      out.write("</D:prop>" + status(entry.getKey()) + "</D:propstat>\n");
    }
    out.write("</D:response>\n");
  }

  @Override
  public void close() throws IOException {
    out.write("</D:multistatus>\n");
    out.close();
  }

  private static Writer writer(Exchange exchange, int status) {
    return new BufferedWriter(
        new OutputStreamWriter(exchange.answer(status, TYPE, -1), UTF_8), 16 << 10);
  }

  private static String status(int status) {
    return "<D:status>HTTP/1.1 " + status + " " + (status < 300 ? "OK" : "Failed") + "</D:status>";
  }
}
