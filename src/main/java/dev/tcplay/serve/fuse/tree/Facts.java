package dev.tcplay.serve.fuse.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a file system tells of its files, and is told; there is one for each kind of attributes. */
interface Facts {

  /** Reads what is told of a file, of a link the link itself. */
  FileFacts read(Path file) throws IOException;

  /**
   * Sets the permissions.
   *
   * @param mode within 07777
   */
  void chmod(Path file, int mode) throws IOException;

  /**
   * Sets owner and group.
   *
   * @param uid -1: it stays
   * @param gid -1: it stays
   */
  void chown(Path file, int uid, int gid) throws IOException;

  /** Sets times; null: it stays. */
  default void setTimes(Path file, @Nullable Instant accessed, @Nullable Instant modified)
      throws IOException {
    Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .setTimes(time(modified), time(accessed), null);
  }

  private static @Nullable FileTime time(@Nullable Instant instant) {
    return instant == null ? null : FileTime.from(instant);
  }
}
