package dev.tcplay.cli.exec;

import dev.tcplay.url.PathConnection;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Opens the URLs of a class path inside a volume. They carry this handler with them, so that no
 * other reads them: the JDK's own for {@code jar:} would copy a jar to the temporary folder.
 */
final class InsideUrls extends URLStreamHandler {

  private final List<ClassPathEntry> entries;

  /** Makes the handler of a list that may grow. */
  InsideUrls(List<ClassPathEntry> entries) {
    this.entries = entries;
  }

  static URL url(String text, URLStreamHandler handler) {
    try {
      return new URL(null, text, handler);
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  protected URLConnection openConnection(URL url) throws IOException {
    String text = url.toExternalForm();
    for (ClassPathEntry entry : entries) {
      if (text.startsWith(entry.base())) {
        Optional<Path> file = entry.find(decoded(text.substring(entry.base().length())));
        if (file.isPresent()) {
          return new PathConnection(url, file.get());
        }
      }
    }
    throw new FileNotFoundException(text);
  }

  private static String decoded(String escaped) throws IOException {
    try {
      return URI.create("/" + escaped).getPath().substring(1);
    } catch (IllegalArgumentException e) {
      throw new FileNotFoundException(escaped);
    }
  }
}
