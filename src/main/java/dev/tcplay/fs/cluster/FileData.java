package dev.tcplay.fs.cluster;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Moves the bytes of a file, run by run. The clusters are there, and stay, while it does. */
public final class FileData {

  /** The clusters of a file, by their places in it. */
  public interface Clusters {

    /** Returns where a cluster of the file lies, as {@link ExtentMap#find} says; any thread. */
    @Nullable Extent find(long place, long most) throws IOException;
  }

  /** What writes contents to the volume. */
  public interface Writing {

    /** Writes as {@link BlockDevice#write} does. */
    void write(long position, byte[] source, int offset, int length) throws IOException;
  }

  private final BlockDevice device;
  private final ClusterPlaces places;
  private final Writing writing;
  private final Supplier<String> path;

  /** A piece of a file that is one piece of the volume: where, and how many bytes. */
  private record Piece(long place, int length) {}

  /**
   * Makes what moves the bytes of one file.
   *
   * @param path what an error says is damaged
   */
  public FileData(
      BlockDevice device, ClusterPlaces places, Writing writing, Supplier<String> path) {
    this.device = device;
    this.places = places;
    this.writing = writing;
    this.path = path;
  }

  /**
   * Reads what lies inside of the file.
   *
   * @return how many bytes: less than asked for only where damage begins
   * @throws CorruptFileSystemException if it begins at the position
   */
  public int read(
      Clusters clusters, long size, long position, byte[] target, int offset, int length)
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
  public void write(Clusters clusters, long position, byte[] source, int offset, int length)
      throws IOException {
    for (int done = 0; done < length; ) {
      Piece piece = piece(clusters, position + length, position + done, length - done);
      writing.write(piece.place, source, offset + done, piece.length);
      done += piece.length;
    }
  }

  private Piece piece(Clusters clusters, long size, long position, int length) throws IOException {
    int clusterSize = places.clusterSize();
    int skip = (int) (position % clusterSize);
    long most = (skip + (long) length + clusterSize - 1) / clusterSize;
    Extent extent = clusters.find(position / clusterSize, most);
    if (extent == null) {
      throw new CorruptFileSystemException(
          path.get(), "the cluster chain ends at byte " + position + " of " + size);
    }
    long place = places.position(extent.cluster()) + skip;
    long inExtent = extent.length() * clusterSize - skip;
    long inVolume = Math.min(device.size(), places.length()) - place;
    if (inVolume <= 0) {
      throw new CorruptFileSystemException(
          path.get(), "byte " + position + " lies at " + place + ", beyond the volume's end");
    }
    return new Piece(place, (int) Math.min(length, Math.min(inExtent, inVolume)));
  }
}
