package dev.tcplay.block.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The times that a host file had before it was used, so that it can get them back. When its
 * attributes were changed last no host lets anybody set.
 *
 * @param file its real path
 * @param key what tells it from others, null where the host has no such thing
 * @param modified when contents were changed last
 * @param accessed when it was read last
 */
record HostTimes(Path file, @Nullable Object key, FileTime modified, FileTime accessed) {

  /** Returns the times of a file, null if it is no file, or they cannot be read. */
  static @Nullable HostTimes of(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.isRegularFile()
          ? new HostTimes(file, now.fileKey(), now.lastModifiedTime(), now.lastAccessTime())
          : null;
    } catch (IOException | RuntimeException e) {
      // Whoever opens the file is told.
      return null;
    }
  }

  /**
   * Sets the times back, unless the file is another one by now, or was changed by somebody else.
   * What fails here is no reason to fail: the file is whole, only its times tell of its use.
   *
   * @param written whether we have changed it
   */
  void restore(boolean written) {
    try {
      HostTimes now = of(file);
      if (now == null || !Objects.equals(key, now.key) || now.equals(this)) {
        return;
      }
      if (written || modified.equals(now.modified)) {
        BasicFileAttributeView view =
            Files.getFileAttributeView(file, BasicFileAttributeView.class);
        if (view != null) {
          view.setTimes(modified, accessed, null);
        }
      }
    } catch (IOException | RuntimeException e) {
      // As of a file of somebody else, or on a read-only file system.
    }
  }
}
