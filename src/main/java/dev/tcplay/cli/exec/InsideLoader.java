package dev.tcplay.cli.exec;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.SecureClassLoader;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * Loads classes and resources from a class path inside a volume. Above it are the JDK's classes
 * only, so that a program never meets a library of the command.
 */
final class InsideLoader extends SecureClassLoader implements Closeable {

  static {
    registerAsParallelCapable();
  }

  private final List<ClassPathEntry> entries = new CopyOnWriteArrayList<>();
  private final InsideUrls urls = new InsideUrls(entries);

  private InsideLoader() {
    super(ClassLoader.getPlatformClassLoader());
  }

  /**
   * Opens a class path.
   *
   * @param classPath folders and jars in the volume, divided by colons
   * @throws NoSuchFileException if one is missing
   */
  static InsideLoader open(FileSystem volume, String classPath) throws IOException {
    InsideLoader loader = new InsideLoader();
    try {
      for (String place : classPath.split(":", -1)) {
        if (!place.isEmpty()) {
          Path path = volume.getPath("/").resolve(place).normalize();
          if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
          }
          loader.add(path);
        }
      }
      return loader;
    } catch (IOException | RuntimeException e) {
      try (loader) {
        throw e;
      }
    }
  }

  private void add(Path place) throws IOException {
    URI location = place.toUri();
    if (entries.stream().anyMatch(entry -> entry.location().equals(location))) {
      return;
    }
    ClassPathEntry entry = ClassPathEntry.of(place);
    entries.add(entry);
    String more =
        entry
            .manifest()
            .map(its -> its.getMainAttributes().getValue(Attributes.Name.CLASS_PATH))
            .orElse("");
    for (String relative : more.trim().split("\\s+", -1)) {
      // As the JDK does it: beside the jar, and what is missing is left out.
      Path path = place.resolveSibling(relative).normalize();
      if (!relative.isEmpty() && Files.exists(path)) {
        add(path);
      }
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    for (ClassPathEntry entry : entries) {
      Optional<Path> path = entry.find(file);
      if (path.isPresent()) {
        try {
          return define(name, file, entry, Files.readAllBytes(path.get()));
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
    }
    throw new ClassNotFoundException(name);
  }

  private Class<?> define(String name, String file, ClassPathEntry entry, byte[] bytes) {
    URL location = InsideUrls.url(entry.location().toString(), urls);
    int dot = name.lastIndexOf('.');
    if (dot >= 0) {
      definePackage(name.substring(0, dot), entry.manifest().orElse(null), location);
    }
    CodeSource source = new CodeSource(location, entry.signatures().of(file));
    return defineClass(name, bytes, 0, bytes.length, source);
  }

  private synchronized void definePackage(String name, @Nullable Manifest manifest, URL location) {
    Facts facts = new Facts(manifest, name.replace('.', '/') + "/");
    boolean sealed = "true".equalsIgnoreCase(facts.get(Attributes.Name.SEALED));
    Package known = getDefinedPackage(name);
    if (known == null) {
      definePackage(
          name,
          facts.get(Attributes.Name.SPECIFICATION_TITLE),
          facts.get(Attributes.Name.SPECIFICATION_VERSION),
          facts.get(Attributes.Name.SPECIFICATION_VENDOR),
          facts.get(Attributes.Name.IMPLEMENTATION_TITLE),
          facts.get(Attributes.Name.IMPLEMENTATION_VERSION),
          facts.get(Attributes.Name.IMPLEMENTATION_VENDOR),
          sealed ? location : null);
    } else if (known.isSealed() ? !known.isSealed(location) : sealed) {
      throw new SecurityException("sealing violation: package " + name + " is sealed");
    }
  }

  /** What a manifest says of a package: its own section first, then the main one. */
  private record Facts(@Nullable Manifest manifest, String section) {

    @Nullable String get(Attributes.Name name) {
      if (manifest == null) {
        return null;
      }
      Attributes own = manifest.getAttributes(section);
      String value = own == null ? null : own.getValue(name);
      return value == null ? manifest.getMainAttributes().getValue(name) : value;
    }
  }

  @Override
  protected @Nullable URL findResource(String name) {
    for (ClassPathEntry entry : entries) {
      if (entry.find(name).isPresent()) {
        return entry.url(name, urls);
      }
    }
    return null;
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    return Collections.enumeration(
        entries.stream()
            .filter(entry -> entry.find(name).isPresent())
            .map(entry -> entry.url(name, urls))
            .toList());
  }

  @Override
  public void close() throws IOException {
    for (ClassPathEntry entry : entries) {
      entry.close();
    }
  }
}
