package dev.tcplay.url;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Collator;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is at a path as the JDK's connections of {@code file:} do. A directory is a list of
 * its names, a line each, in the order of the default locale; always in UTF-8.
 *
 * <p>Facts are those of the moment of {@link #connect}, and the methods agree with the headers. The
 * file itself is opened by the first {@link #getInputStream} only, and further ones return the same
 * stream, so that whoever closes that leaves nothing open. Nothing is cached, whatever {@link
 * #setUseCaches} says. A file that is missing is a {@link FileNotFoundException}, a closed file
 * system an {@link IOException}. Safe for several threads.
 */
public final class PathConnection extends URLConnection {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final Path path;

  /** By names in small letters. */
  private final Map<String, String> headers = new LinkedHashMap<>();

  private long lastModified;

  /** The contents of a directory. */
  private byte @Nullable [] listing;

  private @Nullable InputStream opened;

  /** Makes a connection, which looks at nothing yet. */
  public PathConnection(URL url, Path path) {
    super(url);
    this.path = path;
  }

  private interface Call<T> {
    T make() throws IOException;
  }

  private <T> T call(Call<T> call) throws IOException {
    try {
      return call.make();
    } catch (FileSystemException e) {
      // Below a file it is not there either, and Java has no class for that.
      boolean isMissing =
          e instanceof NoSuchFileException || "Not a directory".equals(e.getReason());
      if (!isMissing) {
        throw e;
      }
      throw caused(new FileNotFoundException(url.toString()), e);
    } catch (ClosedFileSystemException e) {
      throw new IOException(url + ": the file system is closed", e);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static <E extends IOException> E caused(E failure, IOException cause) {
    failure.initCause(cause);
    return failure;
  }

  @Override
  public synchronized void connect() throws IOException {
    if (!connected) {
      BasicFileAttributes facts = call(() -> Files.readAttributes(path, BasicFileAttributes.class));
      byte[] names = facts.isDirectory() ? call(this::list) : null;
      String type = names == null ? typeOf(name(path)) : "text/plain";
      headers.put("content-type", type);
      headers.put("content-length", Long.toString(names == null ? facts.size() : names.length));
      lastModified = facts.lastModifiedTime().toMillis();
      if (lastModified != 0) {
        headers.put("last-modified", DATE.format(Instant.ofEpochMilli(lastModified)));
      }
      listing = names;
      connected = true;
    }
  }

  private byte[] list() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      entries.forEach(entry -> names.add(name(entry)));
    }
    names.sort(Collator.getInstance());
    StringBuilder lines = new StringBuilder();
    names.forEach(name -> lines.append(name).append('\n'));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The JDK takes what is behind a # for a fragment, but in a name it is a character. */
  private static String typeOf(String name) {
    String known = getFileNameMap().getContentTypeFor(name.replace('#', '_'));
    return known == null ? "content/unknown" : known;
  }

  private static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    connect();
    InputStream stream = opened;
    if (stream == null) {
      byte[] names = listing;
      stream =
          names == null
              ? new BufferedInputStream(call(() -> Files.newInputStream(path)))
              : new ByteArrayInputStream(names);
      opened = stream;
    }
    return stream;
  }

  /**
   * Returns the headers, none if there is nothing to connect to: those who ask get no exception.
   */
  private synchronized Map<String, String> headers() {
    try {
      connect();
    } catch (IOException e) {
      return Map.of();
    }
    return headers;
  }

  @Override
  public @Nullable String getHeaderField(@Nullable String name) {
    return name == null ? null : headers().get(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public @Nullable String getHeaderField(int n) {
    return nth(headers().values(), n);
  }

  @Override
  public @Nullable String getHeaderFieldKey(int n) {
    return nth(headers().keySet(), n);
  }

  private static @Nullable String nth(Iterable<String> texts, int n) {
    int left = n;
    for (String text : texts) {
      if (left-- == 0) {
        return text;
      }
    }
    return null;
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    headers().forEach((name, value) -> fields.put(name, List.of(value)));
    return Collections.unmodifiableMap(fields);
  }

  /** Returns milliseconds since 1970, where the header has whole seconds; 0 if not known. */
  @Override
  public synchronized long getLastModified() {
    return headers().isEmpty() ? 0 : lastModified;
  }
}
