package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.cluster.ClusterBitmap;
import dev.tcplay.fs.cluster.ClusterLinks;
import dev.tcplay.fs.cluster.FreeSpaceMap;
import java.io.IOException;
import java.util.stream.LongStream;

/**
 * The file allocation table: for every cluster the next one of its chain.
 *
 * <p>The table is never held in memory; entries are read through the device, whose cache keeps the
 * sectors that are in use. Safe for any number of threads; a {@link Cursor} serves one.
 */
final class FatTable implements ClusterLinks {

  private static final int WALK_WINDOW = 4096;
  private static final int SCAN_WINDOW = 1 << 16;
  private static final int WINDOW_ALIGNMENT = 512;

  private final BlockDevice device;
  private final Geometry geometry;

  FatTable(BlockDevice device, Geometry geometry) {
    this.device = device;
    this.geometry = geometry;
  }

  /** Reads entries through a window of its own, so that neighbours cost one transfer. */
  final class Cursor implements ClusterLinks.Cursor {

    private final byte[] window;
    private long start;
    private int length;

    private Cursor(int windowBytes) {
      this.window = new byte[(int) Math.min(windowBytes, geometry.fatLength())];
    }

    @Override
    public boolean holds(long cluster) {
      return holdsAt(geometry.type().position(cluster));
    }

    private boolean holdsAt(long position) {
      return position >= start && position + geometry.type().width() <= start + length;
    }

    @Override
    public long next(long cluster) throws IOException {
      int value = get((int) cluster);
      FatType type = geometry.type();
      if (type.isEnd(value)) {
        return END;
      }
      if (value == type.bad()) {
        return BAD;
      }
      return value == FatType.FREE ? FREE : value;
    }

    /** Returns the masked value of a cluster's entry. */
    int get(int cluster) throws IOException {
      FatType type = geometry.type();
      long position = type.position(cluster);
      if (!holdsAt(position)) {
        load(position);
      }
      return type.get(window, (int) (position - start), cluster);
    }

    private void load(long position) throws IOException {
      length = 0;
      long first = position & -WINDOW_ALIGNMENT;
      int bytes = (int) Math.min(window.length, geometry.fatLength() - first);
      device.read(geometry.fatPosition() + first, window, 0, bytes);
      start = first;
      length = bytes;
    }
  }

  @Override
  public boolean isCluster(long number) {
    return geometry.isCluster(number);
  }

  @Override
  public Cursor cursor() {
    return new Cursor(WALK_WINDOW);
  }

  /** Returns a cursor for reading many entries in their order. */
  Cursor scanCursor() {
    return new Cursor(SCAN_WINDOW);
  }

  /** Counts the free clusters by one pass over the table. */
  int countFree() throws IOException {
    Cursor cursor = scanCursor();
    int free = 0;
    for (int i = 0; i < geometry.clusters(); i++) {
      if (cursor.get(Geometry.FIRST_CLUSTER + i) == FatType.FREE) {
        free++;
      }
    }
    return free;
  }

  /**
   * Reads which clusters can be taken. Bad ones never can. A FAT12 entry that lies in two sectors
   * cannot be written as one, so its cluster is never given out and never counts as free.
   *
   * @param hint where to look first; no cluster's number to look from the start
   */
  FreeSpaceMap freeSpace(long hint) throws IOException {
    Cursor cursor = scanCursor();
    int end = Geometry.FIRST_CLUSTER + geometry.clusters();
    ClusterBitmap free = new ClusterBitmap(end);
    int firstFree = Geometry.FIRST_CLUSTER;
    for (int cluster = firstFree; cluster < end; cluster++) {
      if (cursor.get(cluster) != FatType.FREE) {
        free.set(firstFree, cluster);
        firstFree = cluster + 1;
      }
    }
    free.set(firstFree, end);
    return new FreeSpaceMap(free, hint, straddling(end));
  }

  /** Returns the number behind the last cluster that is not free. */
  int usedEnd() throws IOException {
    Cursor cursor = scanCursor();
    int end = Geometry.FIRST_CLUSTER;
    for (int cluster = end; geometry.isCluster(cluster); cluster++) {
      if (cursor.get(cluster) != FatType.FREE) {
        end = cluster + 1;
      }
    }
    return end;
  }

  private long[] straddling(int end) {
    FatType type = geometry.type();
    return type == FatType.FAT12
        ? LongStream.range(Geometry.FIRST_CLUSTER, end).filter(type::straddles).toArray()
        : new long[0];
  }
}
