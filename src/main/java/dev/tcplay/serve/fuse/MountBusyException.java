package dev.tcplay.serve.fuse;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A mount cannot be taken away, since programs have files open or stand in a directory of it. */
public final class MountBusyException extends FileSystemException {

  private static final long serialVersionUID = 1;

  MountBusyException(Path mountPoint, String users) {
    super(
        mountPoint.toString(),
        null,
        "is in use"
            + (users.isEmpty() ? "" : " by " + users)
            + ": close what is open in it, leave its directories, and unmount again");
  }
}
