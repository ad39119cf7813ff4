package dev.tcplay.fs.tree;

import dev.tcplay.fs.cluster.ClusterPlaces;
import dev.tcplay.fs.cluster.FileData;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The bytes of one open file: its clusters, its size, and how many bytes were written. Guarded by
 * the file's lock; who reads without it must ask the lock afterwards whether that was right.
 */
final class FileBytes<K extends FileChain> {

  private static final byte[] ZEROS = new byte[1 << 16];

  private final ClusterPlaces places;
  private final FileData data;
  private K clusters;
  private volatile long size;
  private volatile long validLength;

  /**
   * Starts with no bytes.
   *
   * @param none no clusters
   * @param path what an error says is damaged
   */
  FileBytes(VolumeWriter<?> writer, Supplier<String> path, K none) {
    this.places = writer.geometry();
    this.data = new FileData(writer.device(), places, writer::writeData, path);
    this.clusters = none;
  }

  /** Takes what the entry on disk says. */
  void take(OpenEntry.Contents<K> onDisk) {
    size = onDisk.size();
    validLength = onDisk.validLength();
    clusters = onDisk.clusters();
  }

  K clusters() {
    return clusters;
  }

  long size() {
    return size;
  }

  long validLength() {
    return validLength;
  }

  /** Reads what is there, -1 for nothing. */
  int read(long position, byte[] target, int offset, int length) throws IOException {
    long end = size;
    long valid = validLength;
    if (position >= end) {
      return -1;
    }
    int inside = (int) Math.min(length, end - position);
    int written = (int) Math.max(0, Math.min(inside, valid - position));
    int read = 0;
    if (written > 0) {
      read = data.read(clusters, end, position, target, offset, written);
    }
    if (read < written) {
      return read;
    }
    Arrays.fill(target, offset + written, offset + inside, (byte) 0);
    return inside;
  }

  /** Writes inside of what was written; false if it is not all there. */
  boolean overwrite(long position, byte[] source, int offset, int length) throws IOException {
    boolean isInside = length <= validLength - position;
    if (isInside) {
      data.write(clusters, position, source, offset, length);
    }
    return isInside;
  }

  /** Writes anywhere; what lies between the valid length and the position becomes zeros. */
  void extend(long position, byte[] source, int offset, int length) throws IOException {
    long end = position + length;
    long needed = places.clustersFor(size);
    clusters.grow(needed, places.clustersFor(end));
    try {
      for (long at = validLength; at < position; at += ZEROS.length) {
        data.write(clusters, at, ZEROS, 0, (int) Math.min(ZEROS.length, position - at));
      }
      data.write(clusters, position, source, offset, length);
    } catch (IOException | RuntimeException e) {
      clusters.giveBackFrom(needed);
      throw e;
    }
    size = Math.max(size, end);
    validLength = Math.max(validLength, end);
  }

  /** Forgets bytes behind a new size; the clusters are another matter. */
  void shorten(long newSize) {
    size = newSize;
    validLength = Math.min(validLength, newSize);
  }
}
