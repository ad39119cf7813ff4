package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times that a copy takes over.
 *
 * @param modified of the last modification
 * @param access of the last access
 */
record FileTimes(FileTime modified, FileTime access) {

  /** Returns those of a file or directory, empty if its copy has times of its own. */
  static Optional<FileTimes> of(BasicFileAttributes attributes, boolean kept) {
    return kept
        ? Optional.of(new FileTimes(attributes.lastModifiedTime(), attributes.lastAccessTime()))
        : Optional.empty();
  }

  /** Sets them; a format puts them into its range, as FAT those before 1980. */
  void setBy(@Nullable BasicFileAttributeView view) throws IOException {
    if (view != null) {
      view.setTimes(modified, access, null);
    }
  }
}
