package dev.tcplay.fs.tree;

import dev.tcplay.fs.cluster.ClusterPlaces;
import dev.tcplay.fs.cluster.FileData;
import java.io.IOException;
import java.nio.file.FileSystemException;
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
  private final Supplier<String> path;
  private final long largestSize;
  private K clusters;
  private volatile long size;
  private volatile long validLength;

  /**
   * Starts with no bytes.
   *
   * @param none no clusters
   * @param path what an error says is damaged
   */
  FileBytes(
      VolumeWriter<?> writer,
      ClusterPlaces places,
      Supplier<String> path,
      K none,
      long largestSize) {
    this.places = places;
    this.data = new FileData(writer.device(), places, writer::writeData, path);
    this.path = path;
    this.clusters = none;
    this.largestSize = largestSize;
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

  long largestSize() {
    return largestSize;
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

  /**
   * Checks that bytes can be written at a position.
   *
   * @throws FileSystemException if the file would be too large
   */
  void checkFits(long position, int length) throws FileSystemException {
    if (length > largestSize - position) {
      throw new FileSystemException(
          path.get(),
          null,
          "file too large: none of this volume can have more than %d bytes".formatted(largestSize));
    }
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
