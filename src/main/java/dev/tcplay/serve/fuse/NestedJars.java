package dev.tcplay.serve.fuse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Classes and resources of the jars of jfuse that lie in the command's jar as they were released.
 */
final class NestedJars extends ClassLoader {

  private static final String FOLDER = "META-INF/jfuse/";
  private static final List<String> JARS =
      List.of("jfuse-api", "jfuse-linux-amd64", "jfuse-linux-aarch64", "jfuse-mac", "jfuse-win");

  static {
    registerAsParallelCapable();
  }

  private final Map<String, List<byte[]>> entries = new HashMap<>();

  private NestedJars(ClassLoader parent) {
    super("jfuse", parent);
  }

  /** Reads the jars; empty if the first is not there. */
  static Optional<ClassLoader> find(ClassLoader parent) throws IOException {
    NestedJars jars = new NestedJars(parent);
    for (String jar : JARS) {
      try (InputStream in = parent.getResourceAsStream(FOLDER + jar + ".jar")) {
        if (in == null) {
          return Optional.empty();
        }
        jars.read(new JarInputStream(in));
      }
    }
    return Optional.of(jars);
  }

  private void read(JarInputStream jar) throws IOException {
    for (JarEntry entry; (entry = jar.getNextJarEntry()) != null; ) {
      if (!entry.isDirectory()) {
        entries.computeIfAbsent(entry.getName(), name -> new ArrayList<>()).add(jar.readAllBytes());
      }
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    List<byte[]> found = entries.get(name.replace('.', '/') + ".class");
    if (found == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, found.get(0), 0, found.get(0).length);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    Enumeration<URL> found = findResources(name);
    return found.hasMoreElements() ? found.nextElement() : null;
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    List<URL> found = new ArrayList<>();
    for (byte[] bytes : entries.getOrDefault(name, List.of())) {
      found.add(url(name, bytes));
    }
    return Collections.enumeration(found);
  }

  private static URL url(String name, byte[] bytes) {
    try {
      return new URL("tcplay-jfuse", null, -1, "/" + name, new Handler(bytes));
    } catch (MalformedURLException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private static final class Handler extends URLStreamHandler {

    private final byte[] bytes;

    Handler(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {
          connected = true;
        }

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(bytes);
        }
      };
    }
  }
}
