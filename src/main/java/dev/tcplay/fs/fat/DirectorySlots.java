package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.ExtentMap;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one directory by number, wherever they lie: in the fixed area that FAT12 and FAT16
 * keep for the root, or in a chain of clusters. Safe for any number of threads.
 */
final class DirectorySlots {

  /** Bytes in a slot. */
  static final int SLOT_BYTES = 32;

  /** Slots in the largest directory that is a chain: 2 MiB, as every system limits it. */
  static final int MAX_SLOTS = 1 << 16;

  private final BlockDevice device;
  private final Geometry geometry;
  private final @Nullable ExtentMap extents;
  private final int slotsPerCluster;
  private final Supplier<String> path;

  /**
   * Makes the slots of a directory; nothing is read yet.
   *
   * @param extents the clusters, null for the fixed area
   * @param path what an error says is damaged
   */
  DirectorySlots(
      BlockDevice device, Geometry geometry, @Nullable ExtentMap extents, Supplier<String> path) {
    this.device = device;
    this.geometry = geometry;
    this.extents = extents;
    this.path = path;
    this.slotsPerCluster = geometry.clusterSize() / SLOT_BYTES;
  }

  /**
   * Returns where a slot lies in the volume, -1 behind the last one.
   *
   * @throws CorruptFileSystemException if the chain is damaged before it
   */
  long position(int slot) throws IOException {
    if (extents == null) {
      return slot < geometry.rootEntries()
          ? geometry.rootPosition() + (long) slot * SLOT_BYTES
          : -1;
    }
    Extent extent = extents.find(slot / slotsPerCluster, 1);
    if (extent == null) {
      return -1;
    }
    if (slot >= MAX_SLOTS) {
      throw new CorruptFileSystemException(
          path.get(), "directory has more than " + MAX_SLOTS + " slots");
    }
    return geometry.position(extent.cluster()) + (long) (slot % slotsPerCluster) * SLOT_BYTES;
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
    int rest =
        extents == null
            ? geometry.rootEntries() - first
            : slotsPerCluster - first % slotsPerCluster;
    int slots = Math.min(target.length / SLOT_BYTES, rest);
    int length = slots * SLOT_BYTES;
    if (position + length > device.size()) {
      throw new CorruptFileSystemException(
          path.get(), "slot " + first + " lies at " + position + ", beyond the volume's end");
    }
    device.read(position, target, 0, length);
    return slots;
  }

  /** Returns whether the directory cannot grow. */
  boolean isFixed() {
    return extents == null;
  }

  /** Returns the slots in a cluster. */
  int perCluster() {
    return slotsPerCluster;
  }

  /**
   * Returns the number of slots, used or not.
   *
   * @throws CorruptFileSystemException if the chain is damaged anywhere
   */
  int capacity() throws IOException {
    return extents == null
        ? geometry.rootEntries()
        : (int) Math.min(extents.length() * slotsPerCluster, Integer.MAX_VALUE);
  }

  /** Returns the last cluster of a directory that is a chain. */
  long lastCluster() throws IOException {
    ExtentMap clusters = Objects.requireNonNull(extents);
    return clusters.length() == 0 ? 0 : clusters.last();
  }

  /** Takes clusters in that the directory has grown by. */
  void append(List<Extent> more) {
    Objects.requireNonNull(extents).append(more);
  }

  /** Returns roughly the bytes of memory that knowing the places takes. */
  long memory() {
    return extents == null ? 0 : extents.memory();
  }
}
