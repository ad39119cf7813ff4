package dev.tcplay.serve.fuse.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * The attributes of the view {@code unix}, which the default file system has on Linux and macOS.
 */
final class UnixFacts implements Facts {

  private static final String ALL =
      "unix:mode,nlink,uid,gid,size,ino,lastAccessTime,lastModifiedTime,ctime";

  /** Returns whether a tree has them. */
  static boolean has(Path root) throws IOException {
    try {
      new UnixFacts().read(root);
      return true;
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public FileFacts read(Path file) throws IOException {
    Map<String, Object> read = Files.readAttributes(file, ALL, LinkOption.NOFOLLOW_LINKS);
    long size = number(read, "size");
    return new FileFacts(
        (int) number(read, "mode"),
        (int) number(read, "nlink"),
        (int) number(read, "uid"),
        (int) number(read, "gid"),
        size,
        (size + 511) / 512,
        number(read, "ino"),
        time(read, "lastAccessTime"),
        time(read, "lastModifiedTime"),
        time(read, "ctime"));
  }

  private static long number(Map<String, Object> read, String name) {
    if (read.get(name) instanceof Number number) {
      return number.longValue();
    }
    throw new UnsupportedOperationException("unix:" + name);
  }

  private static Instant time(Map<String, Object> read, String name) {
    if (read.get(name) instanceof FileTime time) {
      return time.toInstant();
    }
    throw new UnsupportedOperationException("unix:" + name);
  }

  @Override
  public void chmod(Path file, int mode) throws IOException {
    Files.setAttribute(file, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void chown(Path file, int uid, int gid) throws IOException {
    if (uid != -1) {
      Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    }
    if (gid != -1) {
      Files.setAttribute(file, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
    }
  }
}
