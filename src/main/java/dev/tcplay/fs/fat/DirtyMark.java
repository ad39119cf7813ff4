package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.tree.InUseMark;
import java.io.IOException;

/**
 * The marks that say that a volume is in use, or was left without being closed: a bit in the boot
 * sector, and on FAT16 and FAT32 one in the second entry of the table, which is set as long as the
 * volume is clean. A mark that stood before this session stays. Safe for any number of threads.
 */
final class DirtyMark implements InUseMark {

  private static final int DIRTY = 1;
  private static final int ERRORS = 2;

  private final BlockDevice device;
  private final long statePosition;
  private final FatType type;
  private final long[] copies;
  private final boolean wasDirty;
  private final boolean wasSet;
  private volatile boolean set;
  private volatile boolean kept;

  private DirtyMark(
      BlockDevice device,
      long statePosition,
      FatType type,
      long[] copies,
      boolean wasDirty,
      boolean hadErrors) {
    this.device = device;
    this.statePosition = statePosition;
    this.type = type;
    this.copies = copies;
    this.wasDirty = wasDirty;
    this.wasSet = wasDirty || hadErrors;
  }

  static DirtyMark read(BlockDevice device, BootSector boot, Geometry geometry, long[] copies)
      throws IOException {
    FatType type = geometry.type();
    boolean wasDirty = (boot.state() & DIRTY) != 0;
    boolean hadErrors = (boot.state() & ERRORS) != 0;
    if (type != FatType.FAT12) {
      byte[] last = new byte[1];
      device.read(lastByte(copies[0], type), last, 0, 1);
      wasDirty |= (last[0] & cleanBit(type)) == 0;
      hadErrors |= (last[0] & cleanBit(type) >> 1) == 0;
    }
    return new DirtyMark(device, boot.statePosition(), type, copies, wasDirty, hadErrors);
  }

  /** The highest byte of the second entry has the bits: clean, and below it no errors. */
  private static long lastByte(long copy, FatType type) {
    return copy + type.position(1) + type.width() - 1;
  }

  /** Makes the first bytes of a table equal to those of any other that differs in marks alone. */
  static void hide(byte[] tableStart, FatType type) {
    if (type != FatType.FAT12) {
      tableStart[(int) lastByte(0, type)] |= (byte) (cleanBit(type) | cleanBit(type) >> 1);
    }
  }

  private static int cleanBit(FatType type) {
    return type == FatType.FAT16 ? 0x80 : 0x08;
  }

  /** Returns whether the volume bore a mark, also of media errors, when it was mounted. */
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
  public void set() throws IOException {
    if (!set) {
      write(true);
    }
  }

  /** Lets the mark stand when the volume is closed. */
  @Override
  public void keep() {
    kept = true;
  }

  /** Takes the mark away, unless it stood before this session or is to be kept. */
  void clear() throws IOException {
    if (!wasDirty && !kept) {
      write(false);
    }
  }

  /** Takes the mark away for good, whoever set it: the volume was checked. */
  void clean() throws IOException {
    set = true;
    write(false);
  }

  private synchronized void write(boolean dirty) throws IOException {
    if (set == dirty) {
      return;
    }
    // The mark in the boot sector comes first and goes last: no half of this looks clean.
    if (dirty) {
      writeState(true);
    }
    if (type != FatType.FAT12) {
      for (long copy : copies) {
        writeEntry(lastByte(copy, type), dirty);
      }
    }
    if (!dirty) {
      writeState(false);
    }
    device.flush();
    set = dirty;
  }

  private void writeState(boolean dirty) throws IOException {
    byte[] state = new byte[1];
    device.read(statePosition, state, 0, 1);
    state[0] = (byte) (dirty ? state[0] | DIRTY : state[0] & ~DIRTY);
    device.write(statePosition, state, 0, 1);
  }

  private void writeEntry(long position, boolean dirty) throws IOException {
    byte[] last = new byte[1];
    device.read(position, last, 0, 1);
    last[0] = (byte) (dirty ? last[0] & ~cleanBit(type) : last[0] | cleanBit(type));
    device.write(position, last, 0, 1);
  }
}
