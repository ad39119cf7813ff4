package dev.tcplay.serve.fuse.jfuse;

import dev.tcplay.serve.fuse.tree.FuseLibrary;
import dev.tcplay.serve.fuse.tree.FuseTree;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.cryptomator.jfuse.api.Fuse;
import org.cryptomator.jfuse.api.FuseBuilder;
import org.cryptomator.jfuse.api.FuseMountFailedException;
import org.jspecify.annotations.Nullable;

/** Mounts trees by jfuse. */
public final class Jfuse implements FuseLibrary {

  /** For the loader. */
  public Jfuse() {}

  @Override
  public Session mount(FuseTree tree, @Nullable Path libfuse, Path mountPoint, List<String> options)
      throws IOException {
    FuseBuilder builder = builder();
    if (libfuse != null) {
      builder.setLibraryPath(libfuse.toString());
    }
    Fuse fuse = builder.build(new TreeOperations(tree, builder.errno()));
    List<String> flags = new ArrayList<>();
    for (String option : options) {
      flags.add("-o" + escape(option));
    }
    try {
      fuse.mount("tcplay", mountPoint, flags.toArray(new String[0]));
    } catch (FuseMountFailedException | IllegalArgumentException e) {
      close(fuse);
      throw new FileSystemException(
          mountPoint.toString(),
          null,
          "libfuse cannot mount there, and has said why on standard error: " + e.getMessage());
    }
    try {
      return new JfuseSession(fuse);
    } catch (IOException e) {
      close(fuse);
      throw e;
    }
  }

  /** It looks for the system's own among the services that the thread's loader knows. */
  private static FuseBuilder builder() throws IOException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(FuseBuilder.class.getClassLoader());
    try {
      return Fuse.builder();
    } catch (UnsupportedOperationException e) {
      throw new IOException("jfuse does not know this system: " + e.getMessage(), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** A comma divides options. */
  private static String escape(String option) {
    return option.replace("\\", "\\\\").replace(",", "\\,");
  }

  static void close(Fuse fuse) throws IOException {
    try {
      fuse.close();
    } catch (TimeoutException e) {
      throw new IOException("libfuse does not come to its end", e);
    }
  }
}
