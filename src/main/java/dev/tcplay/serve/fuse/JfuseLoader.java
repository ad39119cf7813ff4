package dev.tcplay.serve.fuse;

import dev.tcplay.serve.fuse.tree.FuseLibrary;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads our adapter to jfuse, and jfuse, which is under the LGPL and stays a library of its own: it
 * comes from the jars that the system property {@value #PROPERTY} lists, else from the class path,
 * else from its unmodified jars inside the command's.
 */
final class JfuseLoader {

  /** The system property that lists other jars of jfuse, divided as a class path is. */
  static final String PROPERTY = "tcplay.jfuse";

  private static final int OLDEST_JAVA = 22;
  private static final String API = "org.cryptomator.jfuse.api.FuseBuilder";

  // A native library can be loaded by one class loader only.
  private static @Nullable FuseLibrary loaded;

  private JfuseLoader() {}

  /**
   * Returns the adapter, always the same.
   *
   * @throws FuseUnavailableException if Java is too old, or something is not there
   */
  static synchronized FuseLibrary load() throws FuseUnavailableException {
    FuseLibrary library = loaded;
    if (library == null) {
      int java = Runtime.version().feature();
      if (java < OLDEST_JAVA) {
        throw new FuseUnavailableException(
            "this is Java " + java + ", and mounting takes " + OLDEST_JAVA + " or later");
      }
      library = make();
      loaded = library;
    }
    return library;
  }

  private static FuseLibrary make() throws FuseUnavailableException {
    try {
      return (FuseLibrary)
          new AdapterLoader(jfuse())
              .loadClass(AdapterLoader.ADAPTER)
              .getDeclaredConstructor()
              .newInstance();
    } catch (ClassNotFoundException e) {
      throw new FuseUnavailableException(
          "this jar was built without a JDK " + OLDEST_JAVA + " or later, which mounting takes", e);
    } catch (FuseUnavailableException e) {
      throw e;
    } catch (ReflectiveOperationException | LinkageError | IOException e) {
      throw new FuseUnavailableException("jfuse does not fit: " + e, e);
    }
  }

  private static ClassLoader jfuse() throws IOException {
    ClassLoader own = JfuseLoader.class.getClassLoader();
    String jars = System.getProperty(PROPERTY);
    if (jars != null) {
      return new URLClassLoader(urls(jars), own);
    }
    try {
      Class.forName(API, false, own);
      return own;
    } catch (ClassNotFoundException e) {
      return NestedJars.find(own)
          .orElseThrow(
              () -> new FuseUnavailableException("org.cryptomator:jfuse is not on the class path"));
    }
  }

  private static URL[] urls(String jars) throws FuseUnavailableException, MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String jar : jars.split(File.pathSeparator, -1)) {
      Path file = Path.of(jar);
      if (!Files.isRegularFile(file)) {
        throw new FuseUnavailableException("there is no " + file + ", of -D" + PROPERTY);
      }
      urls.add(file.toUri().toURL());
    }
    return urls.toArray(new URL[0]);
  }
}
