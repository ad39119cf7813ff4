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

  /**
   * Sets them; a copy keeps its own where its file system has no such times, as FAT before 1980.
   */
  void setBy(@Nullable BasicFileAttributeView view) throws IOException {
    if (view != null && !set(view, modified, access) && !set(view, modified, null)) {
      set(view, null, access);
    }
  }

  /** Returns whether the file system has such times. */
  private static boolean set(
      BasicFileAttributeView view, @Nullable FileTime modified, @Nullable FileTime access)
      throws IOException {
    try {
      view.setTimes(modified, access, null);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
