package dev.tcplay.cli.exec;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLStreamHandler;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Manifest;
import java.util.zip.ZipException;

/**
 * A folder or a jar of a class path. A jar is read where it lies, by the JDK's file system of
 * archives, in which a multi-release jar shows what is meant for this release.
 *
 * @param location the URI of the folder or of the jar
 * @param base what the URIs of its resources begin with
 * @param root the folder, or the root of the jar
 * @param manifest the jar's
 * @param signatures what a signed jar's signatures say
 * @param archive closed when nothing is read any more
 */
record ClassPathEntry(
    URI location,
    String base,
    Path root,
    Optional<Manifest> manifest,
    JarSignatures signatures,
    Closeable archive)
    implements Closeable {

  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  static ClassPathEntry of(Path place) throws IOException {
    URI location = place.toUri();
    if (Files.isDirectory(place)) {
      String text = location.toString();
      String base = text.endsWith("/") ? text : text + "/";
      return new ClassPathEntry(
          URI.create(base), base, place, Optional.empty(), JarSignatures.NONE, () -> {});
    }
    FileSystem archive = openArchive(place);
    try {
      Path root = archive.getPath("/");
      return new ClassPathEntry(
          location,
          "jar:" + location + "!/",
          root,
          readManifest(root),
          JarSignatures.of(place, root),
          archive);
    } catch (IOException | RuntimeException e) {
      try (archive) {
        throw e;
      }
    }
  }

  private static FileSystem openArchive(Path jar) throws IOException {
    try {
      return FileSystems.newFileSystem(jar, Map.of("releaseVersion", "runtime"));
    } catch (ProviderNotFoundException | ZipException e) {
      FileSystemException refusal =
          new FileSystemException(jar.toString(), null, "is neither a folder nor a sound jar");
      refusal.initCause(e);
      throw refusal;
    }
  }

  private static Optional<Manifest> readManifest(Path root) throws IOException {
    Path file = root.resolve(MANIFEST);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream bytes = Files.newInputStream(file)) {
      return Optional.of(new Manifest(bytes));
    }
  }

  /** Returns a resource, empty if there is none of that name. */
  Optional<Path> find(String name) {
    if (name.startsWith("/")) {
      return Optional.empty();
    }
    try {
      Path path = root.resolve(name).normalize();
      return path.startsWith(root) && Files.exists(path) ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Returns the URL of a resource, which the handler opens. */
  URL url(String name, URLStreamHandler handler) {
    return InsideUrls.url(base + escaped(name), handler);
  }

  private static String escaped(String name) {
    try {
      // A path, so that no colon in it ends a scheme.
      return new URI(null, null, "/" + name, null).toASCIIString().substring(1);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
