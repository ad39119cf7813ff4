package dev.tcplay.serve.fuse.jfuse;

import dev.tcplay.serve.Space;
import dev.tcplay.serve.fuse.tree.ErrorNumber;
import dev.tcplay.serve.fuse.tree.FileFacts;
import dev.tcplay.serve.fuse.tree.FuseTree;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntSupplier;
import org.cryptomator.jfuse.api.DirFiller;
import org.cryptomator.jfuse.api.Errno;
import org.cryptomator.jfuse.api.FileInfo;
import org.cryptomator.jfuse.api.FuseConfig;
import org.cryptomator.jfuse.api.FuseConnInfo;
import org.cryptomator.jfuse.api.FuseOperations;
import org.cryptomator.jfuse.api.Stat;
import org.cryptomator.jfuse.api.Statvfs;
import org.cryptomator.jfuse.api.TimeSpec;
import org.jspecify.annotations.Nullable;

/** Translates each operation of jfuse to one of a tree. */
final class TreeOperations implements FuseOperations {

  /** As much as the kernel moves at once; it takes less where that is its limit. */
  private static final int LARGEST = 1 << 20;

  private final FuseTree tree;
  private final Errno errno;
  private final StatNumbers numbers;

  TreeOperations(FuseTree tree, Errno errno) {
    this.tree = tree;
    this.errno = errno;
    this.numbers = new StatNumbers(tree.hasInodes());
  }

  @Override
  public Errno errno() {
    return errno;
  }

  /**
   * Leaves out permissions, which the kernel checks, and extended attributes: by a missing
   * operation it learns for all time that there are none, and says ENOTSUP; else it would ask for
   * some before every write.
   */
  @Override
  public Set<Operation> supportedOperations() {
    return EnumSet.complementOf(
        EnumSet.of(
            Operation.ACCESS,
            Operation.DESTROY,
            Operation.GET_XATTR,
            Operation.LIST_XATTR,
            Operation.REMOVE_XATTR,
            Operation.SET_XATTR));
  }

  @Override
  public void init(FuseConnInfo connection, @Nullable FuseConfig config) {
    connection.setMaxWrite(LARGEST);
    connection.setMaxReadahead(LARGEST);
    if (config != null) {
      numbers.begin(config);
    }
  }

  /**
   * Does an operation. Whatever is thrown on the way, as for a time that Java cannot tell, must not
   * reach native code, which would end this program. Three errors have other numbers on other
   * systems.
   */
  private int result(IntSupplier operation) {
    int result;
    try {
      result = operation.getAsInt();
    } catch (Throwable e) {
      result = FuseTree.failure(e);
    }
    if (result >= 0) {
      return result;
    }
    if (result == -ErrorNumber.ENOTEMPTY.number()) {
      return -errno.enotempty();
    }
    if (result == -ErrorNumber.ENAMETOOLONG.number()) {
      return -errno.enametoolong();
    }
    return result == -ErrorNumber.ENOTSUP.number() ? -errno.enotsup() : result;
  }

  @Override
  public int getattr(String path, Stat stat, @Nullable FileInfo file) {
    return result(() -> tree.getattr(path, facts -> numbers.fill(stat, facts)));
  }

  @Override
  public int readlink(String path, ByteBuffer to, long length) {
    return result(
        () ->
            tree.readlink(
                path,
                target -> {
                  byte[] bytes = target.getBytes(StandardCharsets.UTF_8);
                  // A zero byte ends it.
                  to.put(bytes, 0, (int) Math.min(bytes.length, length - 1)).put((byte) 0);
                }));
  }

  @Override
  public int symlink(String target, String path) {
    return result(() -> tree.symlink(target, path));
  }

  @Override
  public int mkdir(String path, int mode) {
    return result(() -> tree.mkdir(path, mode));
  }

  @Override
  public int rmdir(String path) {
    return result(() -> tree.rmdir(path));
  }

  @Override
  public int unlink(String path) {
    return result(() -> tree.unlink(path));
  }

  @Override
  public int rename(String from, String to, int flags) {
    return result(() -> tree.rename(from, to, flags));
  }

  @Override
  public int chmod(String path, int mode, @Nullable FileInfo file) {
    return result(() -> tree.chmod(path, mode));
  }

  @Override
  public int chown(String path, int uid, int gid, @Nullable FileInfo file) {
    return result(() -> tree.chown(path, uid, gid));
  }

  @Override
  public int utimens(String path, TimeSpec accessed, TimeSpec modified, @Nullable FileInfo file) {
    return result(() -> tree.utimens(path, time(accessed), time(modified)));
  }

  private static @Nullable Instant time(TimeSpec said) {
    return said.getOptional().orElse(null);
  }

  @Override
  public int create(String path, int mode, FileInfo file) {
    return result(() -> tree.create(path, mode, file.getOpenFlags(), file::setFh));
  }

  @Override
  public int open(String path, FileInfo file) {
    return result(() -> tree.open(path, file.getOpenFlags(), file::setFh));
  }

  @Override
  public int read(String path, ByteBuffer to, long count, long offset, FileInfo file) {
    return result(() -> tree.read(file.getFh(), to, offset));
  }

  @Override
  public int write(String path, ByteBuffer from, long count, long offset, FileInfo file) {
    return result(() -> tree.write(file.getFh(), from, offset));
  }

  @Override
  public int truncate(String path, long size, @Nullable FileInfo file) {
    return result(() -> tree.truncate(path, file == null ? 0 : file.getFh(), size));
  }

  @Override
  public int flush(String path, FileInfo file) {
    return result(() -> tree.flush(file.getFh()));
  }

  @Override
  public int fsync(String path, int dataOnly, FileInfo file) {
    return result(() -> tree.fsync(file.getFh(), dataOnly == 0));
  }

  @Override
  public int release(String path, FileInfo file) {
    return result(() -> tree.release(file.getFh()));
  }

  @Override
  public int opendir(String path, FileInfo file) {
    return result(() -> tree.opendir(path, file::setFh));
  }

  /** The attributes are there anyway, and spare the kernel a question for each entry. */
  @Override
  public int readdir(String path, DirFiller to, long offset, FileInfo file, int flags) {
    int plus = (flags & FUSE_READDIR_PLUS) == 0 ? 0 : DirFiller.FUSE_FILL_DIR_PLUS;
    return result(
        () ->
            tree.readdir(
                path,
                file.getFh(),
                offset,
                (name, facts, next) -> fill(to, name, facts, next, plus)));
  }

  /** Attributes that are not known are not handed on: the kernel asks for them by themselves. */
  private boolean fill(DirFiller to, String name, FileFacts facts, long next, int plus) {
    return to.fill(name, stat -> numbers.fill(stat, facts), next, facts.isKnown() ? plus : 0) == 0;
  }

  @Override
  public int fsyncdir(@Nullable String path, int dataOnly, FileInfo file) {
    return result(() -> tree.fsyncdir(path));
  }

  @Override
  public int releasedir(@Nullable String path, FileInfo file) {
    return result(() -> tree.releasedir(file.getFh()));
  }

  @Override
  public int statfs(String path, Statvfs to) {
    return result(() -> tree.statfs(space -> fill(to, space)));
  }

  private static void fill(Statvfs to, Space space) {
    to.setBsize(space.blockSize());
    to.setFrsize(space.blockSize());
    to.setBlocks(space.blocks());
    to.setBfree(space.free());
    to.setBavail(space.usable());
    to.setNameMax(Space.LONGEST_NAME);
  }
}
