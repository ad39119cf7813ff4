package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.WriteOrder;
import dev.tcplay.fs.tree.AllocationEdit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The entries of the table that one batch changes, group by group. Every live copy of the table
 * gets the same bytes; what an entry does not own, a neighbour's nibble in FAT12 and the upper four
 * bits in FAT32, is taken from the copy that is read.
 *
 * <p>The bytes beside an entry must not change between its {@link #set} and the hand-over of the
 * batch: who edits holds the volume's allocation lock from the one to the other. Not safe for
 * threads. Memory: the sectors touched, until {@link #finish}, and in the batch once for each copy.
 */
final class TableEdit implements AllocationEdit {

  private static final int SECTOR = 512;

  /** A piece of the table as it will be, and the part of it that the present group changes. */
  private static final class Sector {

    private final byte[] bytes;
    private int from;
    private int to;

    private Sector(byte[] bytes) {
      this.bytes = bytes;
      clean();
    }

    private void clean() {
      from = bytes.length;
      to = 0;
    }

    private void touch(int at) {
      from = Math.min(from, at);
      to = Math.max(to, at + 1);
    }
  }

  private final BlockDevice device;
  private final Geometry geometry;
  private final long[] copies;
  private final WriteBatch batch;
  private final TreeMap<Long, Sector> sectors = new TreeMap<>();
  private long lastNumber = -1;
  private @Nullable Sector lastSector;
  private Group group = WriteOrder.DATA;

  /**
   * Begins the changes of one batch.
   *
   * @param copies where the live copies of the table begin, as {@link #copies} gives them
   */
  TableEdit(BlockDevice device, Geometry geometry, long[] copies, WriteBatch batch) {
    this.device = device;
    this.geometry = geometry;
    this.copies = copies;
    this.batch = batch;
  }

  /**
   * Returns where the copies of the table begin that are written: all of them, or the only live one
   * of a FAT32 volume that does not mirror them. The one that is read comes first.
   */
  static long[] copies(BootSector boot, Geometry geometry) {
    if (boot.isFat32() && (boot.extendedFlags() & 0x80) != 0) {
      return new long[] {geometry.fatPosition()};
    }
    long[] copies = new long[boot.fats()];
    for (int i = 0; i < copies.length; i++) {
      copies[i] = geometry.fatPosition() + i * geometry.fatLength();
    }
    return copies;
  }

  /**
   * Changes an entry in a group. Groups come in their order.
   *
   * @param value the next cluster, {@link FatType#FREE} or {@link FatType#end}
   * @throws IllegalArgumentException if there is no such cluster or value, or an earlier group
   *     comes after a later one
   */
  void set(Group group, long cluster, long value) throws IOException {
    FatType type = geometry.type();
    if (!geometry.isCluster(cluster)) {
      throw new IllegalArgumentException("cluster " + cluster);
    }
    if (value != FatType.FREE && value != type.end() && !geometry.isCluster(value)) {
      throw new IllegalArgumentException("value " + value);
    }
    if (group.compareTo(this.group) < 0) {
      throw new IllegalArgumentException(group + " after " + this.group);
    }
    if (group != this.group) {
      writeGroup();
      this.group = group;
    }
    long position = type.position(cluster);
    byte[] bytes = new byte[type.width()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = sector(position + i).bytes[(int) ((position + i) % SECTOR)];
    }
    type.put(bytes, 0, (int) cluster, (int) value);
    for (int i = 0; i < bytes.length; i++) {
      int at = (int) ((position + i) % SECTOR);
      Sector sector = sector(position + i);
      sector.bytes[at] = bytes[i];
      sector.touch(at);
    }
  }

  /** Links the clusters of extents in their order and ends the chain with the last of them. */
  void chain(Group group, List<Extent> extents) throws IOException {
    chain(group, extents, cluster -> true);
  }

  /** Writes those entries of a new chain that are chosen. */
  private void chain(Group group, List<Extent> extents, LongPredicate chosen) throws IOException {
    for (int i = 0; i < extents.size(); i++) {
      Extent extent = extents.get(i);
      long last = extent.end() - 1;
      long behind = i + 1 < extents.size() ? extents.get(i + 1).cluster() : geometry.type().end();
      for (long cluster = extent.cluster(); cluster <= last; cluster++) {
        if (chosen.test(cluster)) {
          set(group, cluster, cluster < last ? cluster + 1 : behind);
        }
      }
    }
  }

  /**
   * Links new clusters behind the last one of a chain that is on disk. The link is there no sooner
   * than what it leads to: entries in its own sector are written with it, all others before.
   */
  void append(long last, List<Extent> extents) throws IOException {
    long sector = sectorOf(last);
    chain(WriteOrder.DATA, extents, cluster -> sectorOf(cluster) != sector);
    chain(WriteOrder.ALLOCATIONS, extents, cluster -> sectorOf(cluster) == sector);
    set(WriteOrder.ALLOCATIONS, last, extents.get(0).cluster());
  }

  private long sectorOf(long cluster) {
    return geometry.type().position(cluster) / SECTOR;
  }

  /** Frees the clusters of extents. */
  void free(Group group, List<Extent> extents) throws IOException {
    for (Extent extent : extents) {
      for (long cluster = extent.cluster(); cluster < extent.end(); cluster++) {
        set(group, cluster, FatType.FREE);
      }
    }
  }

  /** Adds what is left to the batch. */
  @Override
  public void finish() {
    writeGroup();
    sectors.clear();
    lastSector = null;
  }

  private Sector sector(long position) throws IOException {
    long number = position / SECTOR;
    if (number == lastNumber && lastSector != null) {
      return lastSector;
    }
    Sector sector = sectors.get(number);
    if (sector == null) {
      byte[] bytes = new byte[(int) Math.min(SECTOR, geometry.fatLength() - number * SECTOR)];
      device.read(geometry.fatPosition() + number * SECTOR, bytes, 0, bytes.length);
      sector = new Sector(bytes);
      sectors.put(number, sector);
    }
    lastNumber = number;
    lastSector = sector;
    return sector;
  }

  private void writeGroup() {
    List<Map.Entry<Long, Sector>> touched = new ArrayList<>();
    for (Map.Entry<Long, Sector> entry : sectors.entrySet()) {
      if (entry.getValue().to > 0) {
        touched.add(entry);
      }
    }
    for (long copy : copies) {
      for (Map.Entry<Long, Sector> entry : touched) {
        Sector sector = entry.getValue();
        long position = copy + entry.getKey() * SECTOR + sector.from;
        batch.write(group, position, sector.bytes, sector.from, sector.to - sector.from);
      }
    }
    touched.forEach(entry -> entry.getValue().clean());
  }
}
