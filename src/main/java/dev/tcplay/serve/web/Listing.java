package dev.tcplay.serve.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A page that lists a directory for browsers, of the look of the JDK's simple file server. */
final class Listing {

  private Listing() {}

  /** Sends the page, or for HEAD what stands before it. */
  static void send(Exchange exchange, Tree tree, Place directory) throws IOException {
    List<String> names = new ArrayList<>();
    if (exchange.method().equals("GET")) {
      tree.list(
          directory.real(),
          new Tree.Visitor() {
            @Override
            public void visit(Place entry) {
              names.add(entry.path().getFileName() + (entry.isDirectory() ? "/" : ""));
            }

            @Override
            public void failed(Path entry, IOException failure) {
              names.add(String.valueOf(entry.getFileName()));
            }
          });
      names.sort(String.CASE_INSENSITIVE_ORDER.thenComparing(String::compareTo));
    }
    String title = "Directory listing for /" + escape(String.join("/", exchange.path().names()));
    try (Writer page =
        new BufferedWriter(
            new OutputStreamWriter(exchange.answer(200, "text/html; charset=utf-8", -1), UTF_8))) {
      if (exchange.method().equals("HEAD")) {
        return;
      }
      page.write("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\"/>\n");
      page.write("<meta name=\"viewport\" content=\"width=device-width\"/>\n");
      page.write("<title>" + title + "</title>\n</head>\n<body>\n<h1>" + title + "</h1>\n<ul>\n");
      if (!exchange.path().names().isEmpty()) {
        page.write("<li><a href=\"../\">../</a></li>\n");
      }
      for (String name : names) {
        boolean inner = name.endsWith("/");
        String plain = inner ? name.substring(0, name.length() - 1) : name;
        // The dot keeps a name with a colon from being taken for a scheme.
        page.write("<li><a href=\"./" + escape(RequestPath.encode(plain)) + (inner ? "/" : ""));
        page.write("\">" + escape(name) + "</a></li>\n");
      }
      page.write("</ul>\n</body>\n</html>\n");
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
