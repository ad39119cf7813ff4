package dev.tcplay.block.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a host file looks like from outside, so that a change by another program shows. The time of
 * the last access is not in it.
 *
 * @param size bytes
 * @param modified when contents were changed last
 * @param changed when contents or attributes were changed last, null where the host does not tell
 * @param key what tells the file from others, null where the host has no such thing
 */
record HostStamp(long size, FileTime modified, @Nullable FileTime changed, @Nullable Object key) {

  private static final String CHANGE_TIME = "ctime";

  /** Storage of this machine, whose times are those of the last change, by the clock here. */
  private static final Set<String> LOCAL =
      Set.of(
          "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "zfs", "tmpfs", "overlay", "apfs", "hfs",
          "ufs");

  /**
   * Returns whether the times of a file tell of changes at once; on a network they may settle.
   * Those of a device are those of its node, which udev touches, and which another node leaves
   * alone.
   */
  static boolean hasPromptTimes(Path file) {
    try {
      return Files.isRegularFile(file) && LOCAL.contains(Files.getFileStore(file).type());
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /**
   * Returns the stamp of what a path leads to, null if it leads to nothing.
   *
   * @throws IOException if the attributes cannot be read
   */
  static @Nullable HostStamp of(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      FileTime changed = null;
      if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
        changed = (FileTime) Files.readAttributes(file, "unix:" + CHANGE_TIME).get(CHANGE_TIME);
      }
      return new HostStamp(
          attributes.size(), attributes.lastModifiedTime(), changed, attributes.fileKey());
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Returns whether both are of one file, as far as can be told. */
  boolean isOf(@Nullable Object otherKey) {
    return Objects.equals(key, otherKey);
  }

  /** Returns whether nothing tells that the contents are others than at another time. */
  boolean hasContentsOf(HostStamp other) {
    return size == other.size && modified.equals(other.modified);
  }
}
