package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.cluster.ClusterLinks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The live file allocation table: for every cluster of a file that does not lie in one piece the
 * next one. What it says of other clusters means nothing; which clusters are free the {@link
 * AllocationBitmap} tells. Read through the device, whose cache keeps what is in use. Safe for any
 * number of threads.
 */
final class FatLinks implements ClusterLinks {

  /** The value of a last cluster. */
  static final int END_OF_CHAIN = 0xFFFF_FFFF;

  /** The value of a cluster that cannot be used. */
  static final int BAD_CLUSTER = 0xFFFF_FFF7;

  /** The value of the first entry, which is no cluster's: the kind of medium. */
  static final int MEDIA = 0xFFFF_FFF8;

  private static final int WINDOW = 4096;

  private final BlockDevice device;
  private final Geometry geometry;

  FatLinks(BlockDevice device, Geometry geometry) {
    this.device = device;
    this.geometry = geometry;
  }

  @Override
  public boolean isCluster(long number) {
    return geometry.isCluster(number);
  }

  /** Returns where the entry of a cluster stands. */
  long position(long cluster) {
    return geometry.fatPosition() + cluster * Integer.BYTES;
  }

  @Override
  public Cursor cursor() {
    return new WindowCursor();
  }

  /** Reads entries through a window, so that neighbours cost one transfer. */
  private final class WindowCursor implements Cursor {

    private final byte[] window = new byte[WINDOW];
    private final ByteBuffer values = ByteBuffer.wrap(window).order(ByteOrder.LITTLE_ENDIAN);
    private long start = -WINDOW;

    @Override
    public boolean holds(long cluster) {
      long offset = cluster * Integer.BYTES - start;
      return offset >= 0 && offset < WINDOW;
    }

    @Override
    public long next(long cluster) throws IOException {
      if (!holds(cluster)) {
        load(cluster * Integer.BYTES / WINDOW * WINDOW);
      }
      int value = values.getInt((int) (cluster * Integer.BYTES - start));
      return switch (value) {
        case END_OF_CHAIN -> END;
        case BAD_CLUSTER -> BAD;
        case 0 -> FREE;
        default -> Integer.toUnsignedLong(value);
      };
    }

    private void load(long first) throws IOException {
      start = -WINDOW;
      int bytes = (int) Math.min(WINDOW, geometry.fatLength() - first);
      device.read(geometry.fatPosition() + first, window, 0, bytes);
      start = first;
    }
  }
}
