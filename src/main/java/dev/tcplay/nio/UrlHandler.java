package dev.tcplay.nio;

import dev.tcplay.url.PathConnection;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Reads and opens URLs of ours: the URIs of paths, under the same rules. A relative one is resolved
 * within its container, which it cannot leave. What a URI holds in escapes only, such as spaces, a
 * URL may hold as it is.
 *
 * <p>A URL that names a container, and nothing in it, is not opened. Of {@code
 * jar:tcplay:CONTAINER!/x.jar!/name} the JDK takes what is before the first {@code !/} for the jar,
 * and copies that to the temporary folder; and for the class path it adds a fragment, which URLs of
 * ours do not have. So only the names of a crypttab are left, where it copies.
 */
final class UrlHandler extends URLStreamHandler {

  private static final String PREFIX = TcplayUri.SCHEME + ":";
  private static final String NOT_OPEN =
      "; a URL opens only in a file system that FileSystems.newFileSystem(URI, Map) has opened, by"
          + " its URI and not by its path, and that is still open";
  private static final Pattern NOT_IN_URIS = Pattern.compile("[\\x00-\\x20\\x7f\"<>\\\\^`{|}]");
  private static final Pattern NOT_IN_PATHS = Pattern.compile("[!\\[\\]]");

  /**
   * Reads a URL; what is thrown here becomes a {@link MalformedURLException}. Nothing shows it, as
   * it might hold a secret.
   */
  @Override
  protected void parseURL(URL url, String spec, int start, int limit) {
    String text = spec.substring(start, limit);
    if (url.getRef() != null || text.indexOf('?') >= 0) {
      throw new IllegalArgumentException("a tcplay URL has neither a query nor a fragment");
    }
    text = quote(text, NOT_IN_URIS);
    int begin = start - PREFIX.length();
    boolean isWhole = spec.regionMatches(true, begin, PREFIX, 0, PREFIX.length());
    if (isWhole) {
      set(url, text);
    } else if (!text.isEmpty()) {
      set(url, UrlBase.of(url).resolve(quote(text, NOT_IN_PATHS)));
    }
  }

  private static String quote(String text, Pattern characters) {
    return characters.matcher(text).replaceAll(one -> PercentCode.encode(one.group()));
  }

  private void set(URL url, String specific) {
    URI uri;
    try {
      uri = new URI(PREFIX + specific);
    } catch (URISyntaxException e) {
      // Without the cause, whose message shows the URL.
      throw new IllegalArgumentException("the URL is malformed");
    }
    if (NamedUri.of(uri).isPresent()) {
      int slash = specific.indexOf('/', 2);
      int end = slash < 0 ? specific.length() : slash;
      String name = specific.substring(2, end);
      setURL(url, TcplayUri.SCHEME, name, -1, name, null, specific.substring(end), null, null);
    } else {
      TcplayUri.parse(uri);
      setURL(url, TcplayUri.SCHEME, "", -1, null, null, specific, null, null);
    }
  }

  /**
   * Finds the file of a URL, without looking whether it is there.
   *
   * @throws IOException if its file system was not opened by URI, or is closed again
   * @throws MalformedURLException if it is no URI of ours, or names a container only
   */
  @Override
  protected URLConnection openConnection(URL url) throws IOException {
    Path path;
    boolean isNamed = false;
    try {
      URI uri = new URI(url.toExternalForm());
      isNamed = NamedUri.of(uri).isPresent();
      if (!isNamed && !TcplayUri.isInside(uri)) {
        throw new MalformedURLException(
            "the URL names a container; that of a file in it goes on with !/ and a path");
      }
      path = Path.of(uri);
    } catch (FileSystemNotFoundException e) {
      String reason = url + ": " + Objects.requireNonNullElse(e.getMessage(), "not open");
      throw new IOException(isNamed ? reason : reason + NOT_OPEN, e);
    } catch (URISyntaxException e) {
      throw new MalformedURLException("the URL is malformed");
    } catch (IllegalArgumentException e) {
      throw malformed(e);
    }
    return new PathConnection(url, path);
  }

  private static MalformedURLException malformed(IllegalArgumentException cause) {
    MalformedURLException failure = new MalformedURLException(cause.getMessage());
    failure.initCause(cause);
    return failure;
  }

  /** There is nothing between here and a file, as for {@code file:}. */
  @Override
  protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
    return openConnection(url);
  }

  /** By their texts: a name of a crypttab is no host, and nobody asks the network for it. */
  @Override
  protected boolean sameFile(URL one, URL other) {
    return one.toExternalForm().equals(other.toExternalForm());
  }

  @Override
  protected int hashCode(URL url) {
    return url.toExternalForm().hashCode();
  }

  @Override
  protected boolean hostsEqual(URL one, URL other) {
    return Objects.equals(one.getHost(), other.getHost());
  }
}
