package dev.tcplay.fs;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A directory that is held on to: unlike a {@link Node}, which stands for the name under which it
 * was found, this stays good when the directory, or one above it, gets another name or another
 * parent. Once the directory is deleted every method but {@link #close} throws {@link
 * java.nio.file.NoSuchFileException}. Safe for any number of threads.
 */
public interface OpenDirectory extends Closeable {

  /**
   * Returns the directory by the name that it has now, for what is made in it, deleted or moved.
   *
   * @throws IOException if it is deleted, or the device fails
   */
  Node node() throws IOException;

  /**
   * Finds an entry, as {@link MountedVolume#lookup}.
   *
   * @return the node, null if there is no entry of that name
   * @throws IOException if the directory is deleted or damaged, or the device fails
   */
  @SuppressWarnings("exports") // who reads the annotation brings its module
  @Nullable Node lookup(String name) throws IOException;

  /**
   * Lists the directory, as {@link MountedVolume#list}.
   *
   * @throws IOException if the directory is deleted or damaged, or the device fails
   */
  DirectoryCursor list() throws IOException;

  /** Gives the handle back. Only the first call acts. */
  @Override
  void close() throws IOException;
}
