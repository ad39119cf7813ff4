package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.Extent;
import java.io.IOException;
import java.util.function.Supplier;

/** Moves the bytes of a file, run by run. The clusters are there, and stay, while it does. */
final class FileData {

  private final BlockDevice device;
  private final Geometry geometry;
  private final FatWriter writer;
  private final Supplier<String> path;

  /** A piece of a file that is one piece of the volume: where, and how many bytes. */
  private record Piece(long place, int length) {}

  FileData(BlockDevice device, FatWriter writer, Supplier<String> path) {
    this.device = device;
    this.geometry = writer.geometry();
    this.writer = writer;
    this.path = path;
  }

  /**
   * Reads what lies inside of the file.
   *
   * @return how many bytes: less than asked for only where damage begins
   * @throws CorruptFileSystemException if it begins at the position
   */
  int read(FileClusters clusters, long size, long position, byte[] target, int offset, int length)
      throws IOException {
    int done = 0;
    try {
      while (done < length) {
        Piece piece = piece(clusters, size, position + done, length - done);
        device.read(piece.place, target, offset + done, piece.length);
        done += piece.length;
      }
    } catch (CorruptFileSystemException e) {
      if (done == 0) {
        throw e;
      }
    }
    return done;
  }

  /** Writes into clusters that the file has. */
  void write(FileClusters clusters, long position, byte[] source, int offset, int length)
      throws IOException {
    for (int done = 0; done < length; ) {
      Piece piece = piece(clusters, position + length, position + done, length - done);
      writer.writeData(piece.place, source, offset + done, piece.length);
      done += piece.length;
    }
  }

  private Piece piece(FileClusters clusters, long size, long position, int length)
      throws IOException {
    int clusterSize = geometry.clusterSize();
    int skip = (int) (position % clusterSize);
    long most = (skip + (long) length + clusterSize - 1) / clusterSize;
    Extent extent = clusters.find(position / clusterSize, most);
    if (extent == null) {
      throw new CorruptFileSystemException(
          path.get(), "the cluster chain ends at byte " + position + " of " + size);
    }
    long place = geometry.position(extent.cluster()) + skip;
    long inExtent = extent.length() * clusterSize - skip;
    long inVolume = Math.min(device.size(), geometry.length()) - place;
    if (inVolume <= 0) {
      throw new CorruptFileSystemException(
          path.get(), "byte " + position + " lies at " + place + ", beyond the volume's end");
    }
    return new Piece(place, (int) Math.min(length, Math.min(inExtent, inVolume)));
  }
}
