package dev.tcplay.serve.fuse.tree;

/** The errors that the kernel is told, with Linux's numbers; see errno(3). */
public enum ErrorNumber {
  EPERM(1),
  ENOENT(2),
  EIO(5),
  EBADF(9),
  ENOMEM(12),
  EACCES(13),
  EBUSY(16),
  EEXIST(17),
  EXDEV(18),
  ENOTDIR(20),
  EISDIR(21),
  EINVAL(22),
  EMFILE(24),
  EFBIG(27),
  ENOSPC(28),
  EROFS(30),
  EMLINK(31),
  ENAMETOOLONG(36),
  ENOTEMPTY(39),
  ELOOP(40),
  ENOTSUP(95),
  EDQUOT(122);

  private final int number;

  ErrorNumber(int number) {
    this.number = number;
  }

  /** Returns Linux's number. */
  public int number() {
    return number;
  }
}
