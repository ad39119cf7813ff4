package dev.tcplay.serve.sftp;

import dev.tcplay.serve.Space;
import org.apache.sshd.common.util.buffer.Buffer;

/** How much room there is, as OpenSSH's {@code statvfs} tells it. */
record SpaceReply(Space space, boolean readOnly) {

  private static final long ST_RDONLY = 1;
  private static final long ST_NOSUID = 2;

  void writeTo(Buffer buffer) {
    buffer.putLong(space.blockSize());
    buffer.putLong(space.blockSize());
    buffer.putLong(space.blocks());
    buffer.putLong(space.free());
    buffer.putLong(space.usable());
    // How many files there may be is not known: none of this says that it is full.
    buffer.putLong(0);
    buffer.putLong(0);
    buffer.putLong(0);
    buffer.putLong(0);
    buffer.putLong(readOnly ? ST_RDONLY | ST_NOSUID : ST_NOSUID);
    buffer.putLong(Space.LONGEST_NAME);
  }
}
