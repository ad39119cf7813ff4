package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import java.io.IOException;
import java.util.Objects;

/** The contents of one file, shared by all who have it open. Safe for any number of threads. */
final class FatFile {

  private final BlockDevice device;
  private final Geometry geometry;
  private final FatNode node;
  private final Extents extents;
  private final long size;

  FatFile(
      BlockDevice device, Geometry geometry, FatTable table, FatNode node, DirectoryEntry entry) {
    this.device = device;
    this.geometry = geometry;
    this.node = node;
    this.extents = new Extents(table, geometry, entry.firstCluster(), node::path);
    this.size = entry.size();
  }

  long size() {
    return size;
  }

  /** Reads as {@link dev.tcplay.fs.OpenNode#read} says. */
  int read(long position, byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (position < 0) {
      throw new IllegalArgumentException("position " + position);
    }
    if (length == 0) {
      return 0;
    }
    if (position >= size) {
      return -1;
    }
    int wanted = (int) Math.min(length, size - position);
    int done = 0;
    try {
      while (done < wanted) {
        done += readRun(position + done, target, offset + done, wanted - done);
      }
    } catch (CorruptFileSystemException e) {
      if (done == 0) {
        throw e;
      }
    }
    return done;
  }

  /** Reads what lies in one piece on disk. */
  private int readRun(long position, byte[] target, int offset, int length) throws IOException {
    int clusterSize = geometry.clusterSize();
    int skip = (int) (position % clusterSize);
    int most = (int) ((skip + (long) length + clusterSize - 1) / clusterSize);
    Extents.Run run = extents.find((int) (position / clusterSize), most);
    if (run == null) {
      throw new CorruptFileSystemException(
          node.path(), "the cluster chain ends at byte " + position + " of " + size);
    }
    long place = geometry.position(run.cluster()) + skip;
    long inRun = (long) run.length() * clusterSize - skip;
    long inVolume = Math.min(device.size(), geometry.length()) - place;
    if (inVolume <= 0) {
      throw new CorruptFileSystemException(
          node.path(), "byte " + position + " lies at " + place + ", beyond the volume's end");
    }
    int count = (int) Math.min(length, Math.min(inRun, inVolume));
    device.read(place, target, offset, count);
    return count;
  }
}
