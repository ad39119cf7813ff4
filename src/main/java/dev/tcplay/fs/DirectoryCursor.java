package dev.tcplay.fs;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Goes once through the entries of a directory, without {@code .} and {@code ..}. Used by one
 * thread at a time, and dropped without being closed. Of what is added or deleted meanwhile it may
 * show some; an entry that stays is shown once.
 */
public interface DirectoryCursor {

  /**
   * An entry of a directory.
   *
   * @param name the name as stored, in its own case
   * @param node what it names
   */
  record Entry(String name, Node node) {}

  /**
   * Returns the next entry, null at the end.
   *
   * @throws CorruptFileSystemException if the directory cannot be read further; the entries before
   *     the damage have all been returned, and every later call throws the same
   * @throws IOException if the device fails
   */
  @SuppressWarnings("exports") // who reads the annotation brings its module
  @Nullable Entry next() throws IOException;
}
