package dev.tcplay.serve.fuse.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * The attributes of other file systems. Permissions are those of the view {@code posix}; without it
 * every file has all that the umask leaves, and a read-only one of the view {@code dos} nobody may
 * write, as under Linux's vfat. What cannot be kept is refused or passed over as there.
 */
final class PlainFacts implements Facts {

  private final TreeOptions options;
  private final Class<? extends BasicFileAttributes> type;
  private final long blockSize;

  private PlainFacts(
      TreeOptions options, Class<? extends BasicFileAttributes> type, long blockSize) {
    this.options = options;
    this.type = type;
    this.blockSize = blockSize;
  }

  static PlainFacts of(Path root, TreeOptions options, long blockSize) {
    if (Files.getFileAttributeView(root, PosixFileAttributeView.class) != null) {
      return new PlainFacts(options, PosixFileAttributes.class, blockSize);
    }
    if (Files.getFileAttributeView(root, DosFileAttributeView.class) != null) {
      return new PlainFacts(options, DosFileAttributes.class, blockSize);
    }
    return new PlainFacts(options, BasicFileAttributes.class, blockSize);
  }

  /** Returns whether files tell who they are, so that numbers can be made of it. */
  static boolean haveKeys(Path root) throws IOException {
    return Files.readAttributes(root, BasicFileAttributes.class).fileKey() != null;
  }

  @Override
  public FileFacts read(Path file) throws IOException {
    BasicFileAttributes read = Files.readAttributes(file, type, LinkOption.NOFOLLOW_LINKS);
    long space = (read.size() + blockSize - 1) / blockSize * blockSize;
    return new FileFacts(
        type(read) | permissions(read),
        1,
        options.uid(),
        options.gid(),
        read.size(),
        (space + 511) / 512,
        inode(read.fileKey()),
        read.lastAccessTime().toInstant(),
        read.lastModifiedTime().toInstant(),
        read.lastModifiedTime().toInstant());
  }

  private static int type(BasicFileAttributes read) {
    if (read.isDirectory()) {
      return FileFacts.DIRECTORY;
    } else if (read.isSymbolicLink()) {
      return FileFacts.LINK;
    }
    // What it is else is not told; a pipe is what no program takes for contents, and does no harm.
    return read.isOther() ? FileFacts.PIPE : FileFacts.REGULAR;
  }

  private int permissions(BasicFileAttributes read) {
    if (read.isSymbolicLink()) {
      return FileFacts.ALL;
    }
    if (read instanceof PosixFileAttributes posix) {
      return Permissions.bits(posix.permissions());
    }
    int all = FileFacts.ALL & ~options.umask();
    boolean readOnly =
        read instanceof DosFileAttributes dos && dos.isReadOnly() && read.isRegularFile();
    return readOnly ? all & ~FileFacts.WRITE : all;
  }

  /**
   * Makes a number of what only says whether it is equal: of its text, since hash codes collide.
   */
  private static long inode(Object key) {
    if (key instanceof Number number && number.longValue() != 0) {
      return number.longValue();
    }
    String text = String.valueOf(key);
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash == 0 ? 1 : hash;
  }

  @Override
  public void chmod(Path file, int mode) throws IOException {
    if ((mode & ~FileFacts.ALL) != 0) {
      throw new ErrorException(ErrorNumber.EPERM);
    }
    PosixFileAttributeView posix =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (posix != null) {
      posix.setPermissions(Permissions.of(mode));
      return;
    }
    int all = FileFacts.ALL & ~options.umask();
    int others = all & ~FileFacts.WRITE;
    boolean keepsAll = (mode & all & ~FileFacts.WRITE) == others;
    int writers = mode & all & FileFacts.WRITE;
    DosFileAttributeView dos =
        Files.getFileAttributeView(file, DosFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (dos == null || !keepsAll || !dos.readAttributes().isRegularFile()) {
      // vfat, too, says yes and changes nothing.
      return;
    }
    if (writers == 0 || writers == (all & FileFacts.WRITE)) {
      dos.setReadOnly(writers == 0);
    }
  }

  @Override
  public void chown(Path file, int uid, int gid) throws IOException {
    FileFacts now = read(file);
    if ((uid != -1 && uid != now.uid()) || (gid != -1 && gid != now.gid())) {
      throw new ErrorException(ErrorNumber.EPERM);
    }
  }
}
