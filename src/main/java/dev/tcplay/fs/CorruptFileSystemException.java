package dev.tcplay.fs;

import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** What is on the volume breaks the rules of its file system. The reason names the field. */
public final class CorruptFileSystemException extends FileSystemException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param file the path inside the volume that is damaged, null for the volume itself
   * @param reason what is wrong and where
   */
  @SuppressWarnings("exports") // who reads the annotation brings its module
  public CorruptFileSystemException(@Nullable String file, String reason) {
    super(file, null, reason);
  }
}
