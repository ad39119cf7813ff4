package dev.tcplay.serve.fuse.tree;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A library that hands a tree to the kernel. */
public interface FuseLibrary {

  /**
   * Mounts a tree and returns once it can be used.
   *
   * @param libfuse where the native library is; null: where the adapter finds it by itself
   * @param options those of mount(8), one an element, such as {@code ro}; a value may hold commas
   * @throws IOException if the kernel or the library refuses
   * @throws LinkageError if the native library cannot be loaded
   */
  Session mount(FuseTree tree, @Nullable Path libfuse, Path mountPoint, List<String> options)
      throws IOException;

  /** A tree that is mounted. */
  interface Session {

    /** Waits until the kernel asks nothing any more, and returns whether that is so. */
    boolean awaitEnd(long time, TimeUnit unit) throws InterruptedException;

    /**
     * Unmounts by the library itself, where the system has no tool for it; whoever has files open
     * is cut off.
     *
     * @throws IOException if the kernel goes on to ask
     */
    void unmount() throws IOException;

    /**
     * Gives back what the library holds; to be called after the end.
     *
     * @throws IOException if the kernel may still ask
     */
    void release() throws IOException;
  }
}
