package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.ExtentMap;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the slots of one directory lie: each takes {@value #SLOT_BYTES} bytes and holds an entry.
 * Safe for any number of readers; who lets the directory grow is alone.
 */
final class DirectorySlots {

  static final int SLOT_BYTES = EntrySet.ENTRY_BYTES;

  /** Slots that a directory can have. */
  static final int MAX_SLOTS = (int) (Allocation.MOST_DIRECTORY_BYTES / SLOT_BYTES);

  /** Bytes that reach the host as one, whatever the volume's sectors are. */
  static final int SECTOR = 512;

  /** Slots in so many bytes. */
  static final int IN_SECTOR = SECTOR / SLOT_BYTES;

  private final BlockDevice device;
  private final Geometry geometry;
  private final ExtentMap extents;
  private final Supplier<String> path;
  private final int perCluster;

  /** How many there are by the directory's own entry; {@link #MAX_SLOTS} for the root. */
  private volatile int limit;

  DirectorySlots(
      BlockDevice device, Geometry geometry, ExtentMap extents, int limit, Supplier<String> path) {
    this.device = device;
    this.geometry = geometry;
    this.extents = extents;
    this.limit = limit;
    this.path = path;
    this.perCluster = geometry.clusterSize() / SLOT_BYTES;
  }

  /** Returns whether slots lie in one sector of the host, which is written whole or not at all. */
  static boolean isInOneSector(int first, int count) {
    return first / IN_SECTOR == (first + count - 1) / IN_SECTOR;
  }

  /** Returns whether the File entry at a place and the Stream entry behind it do not. */
  static boolean straddles(long place) {
    return place % SECTOR == SECTOR - SLOT_BYTES;
  }

  /**
   * Returns where a slot lies in the volume, -1 behind the last one.
   *
   * @throws CorruptFileSystemException if the chain is damaged before it
   */
  long position(int slot) throws IOException {
    if (slot >= limit) {
      return -1;
    }
    Extent extent = extents.find(slot / perCluster, 1);
    if (extent == null) {
      if (limit == MAX_SLOTS) {
        return -1;
      }
      throw new CorruptFileSystemException(
          path.get(), "the cluster chain ends before DataLength, at slot " + slot);
    }
    return geometry.position(extent.cluster()) + (long) (slot % perCluster) * SLOT_BYTES;
  }

  /**
   * Reads slots that follow each other on disk.
   *
   * @return how many of them were read, 0 behind the last one
   */
  int read(int first, byte[] target) throws IOException {
    long position = position(first);
    if (position < 0) {
      return 0;
    }
    int rest = Math.min(perCluster - first % perCluster, limit - first);
    int slots = Math.min(target.length / SLOT_BYTES, rest);
    int length = slots * SLOT_BYTES;
    if (position > device.size() - length) {
      throw new CorruptFileSystemException(
          path.get(), "slot " + first + " lies at " + position + ", beyond the volume's end");
    }
    device.read(position, target, 0, length);
    return slots;
  }

  /** Returns the slots in a cluster. */
  int perCluster() {
    return perCluster;
  }

  /**
   * Returns the number of slots, used or not.
   *
   * @throws CorruptFileSystemException if the chain is damaged anywhere
   */
  int capacity() throws IOException {
    return (int) Math.min(extents.length() * perCluster, limit);
  }

  /** Forgets clusters behind those that the directory's own entry counts: they may be others'. */
  void trim() throws IOException {
    long counted = limit / perCluster;
    if (limit < MAX_SLOTS && extents.length() > counted) {
      extents.cut(counted);
    }
  }

  /** Returns the extents from a place on, of a directory whose {@link #capacity} was asked for. */
  List<Extent> from(long place) throws IOException {
    return extents.from(place);
  }

  /** Returns the last cluster. */
  long lastCluster() throws IOException {
    return extents.length() == 0 ? 0 : extents.last();
  }

  /** Takes clusters in that the directory has grown by. */
  void append(List<Extent> more) throws IOException {
    extents.append(more);
    if (limit < MAX_SLOTS) {
      limit = (int) Math.min(extents.length() * perCluster, MAX_SLOTS);
    }
  }

  /** Returns roughly the bytes of memory that knowing the places takes. */
  long memory() {
    return extents.memory();
  }
}
