package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.tree.InUseMark;
import java.io.IOException;

/**
 * The flag in the main boot sector that says that the volume is in use, or was left without being
 * closed. A flag that stood before this session stays. Safe for any number of threads.
 */
final class DirtyMark implements InUseMark {

  private final BlockDevice device;
  private final boolean wasDirty;
  private final boolean wasSet;
  private volatile boolean set;
  private volatile boolean kept;

  DirtyMark(BlockDevice device, BootSector boot) {
    this.device = device;
    this.wasDirty = boot.has(BootSector.VOLUME_DIRTY);
    this.wasSet = wasDirty || boot.has(BootSector.MEDIA_FAILURE);
  }

  /** Returns whether the volume bore the mark, or that of media errors, when it was mounted. */
  @Override
  public boolean wasSet() {
    return wasSet;
  }

  @Override
  public boolean isSet() {
    return set;
  }

  /** Marks the volume on the host's storage; does nothing from the second time on. */
  @Override
  public synchronized void set() throws IOException {
    if (!set) {
      byte[] flags = read();
      // What means nothing is to be cleared before anything is changed.
      flags[0] = (byte) ((flags[0] & ~BootSector.CLEAR_TO_ZERO) | BootSector.VOLUME_DIRTY);
      write(BootSector.VOLUME_FLAGS_POSITION, flags, 1);
      set = true;
    }
  }

  /** Lets the mark stand when the volume is closed. */
  @Override
  public void keep() {
    kept = true;
  }

  /**
   * Says how full the volume is, and takes the mark away unless it stood before this session or is
   * to be kept: in one sector, behind which nothing is written.
   */
  synchronized void clear(int percentInUse) throws IOException {
    byte[] fields = read();
    if (!wasDirty && !kept) {
      fields[0] &= ~BootSector.VOLUME_DIRTY;
    }
    fields[BootSector.PERCENT_IN_USE_POSITION - BootSector.VOLUME_FLAGS_POSITION] =
        (byte) percentInUse;
    write(BootSector.VOLUME_FLAGS_POSITION, fields, fields.length);
    set = false;
  }

  /** Takes the mark away for good, whoever set it: the volume was checked. */
  synchronized void clean() throws IOException {
    byte[] flags = read();
    flags[0] &= ~BootSector.VOLUME_DIRTY;
    write(BootSector.VOLUME_FLAGS_POSITION, flags, 1);
    set = false;
  }

  /** Reads the bytes from the flags to the percentage. */
  private byte[] read() throws IOException {
    byte[] bytes =
        new byte[BootSector.PERCENT_IN_USE_POSITION + 1 - BootSector.VOLUME_FLAGS_POSITION];
    device.read(BootSector.VOLUME_FLAGS_POSITION, bytes, 0, bytes.length);
    return bytes;
  }

  private void write(long position, byte[] bytes, int length) throws IOException {
    device.write(position, bytes, 0, length);
    device.flush();
  }
}
