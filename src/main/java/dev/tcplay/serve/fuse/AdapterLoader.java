package dev.tcplay.serve.fuse;

import java.io.IOException;
import java.io.InputStream;

/**
 * Defines the classes of the adapter beside jfuse, which its parent finds. They lie where a
 * multi-release jar has them, in folders of classes too; and another loader could not see jfuse.
 */
final class AdapterLoader extends ClassLoader {

  private static final String PACKAGE = "dev.tcplay.serve.fuse.jfuse.";

  /** The class to begin with. */
  static final String ADAPTER = PACKAGE + "Jfuse";

  private static final String FOLDER = "META-INF/versions/22/";

  static {
    registerAsParallelCapable();
  }

  AdapterLoader(ClassLoader jfuse) {
    super("tcplay-fuse", jfuse);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(PACKAGE)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? findClass(name) : known;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String file = FOLDER + name.replace('.', '/') + ".class";
    try (InputStream in = AdapterLoader.class.getClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length, AdapterLoader.class.getProtectionDomain());
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
