package dev.tcplay.fs.exfat;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.UpcaseTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A small volume whose files are made by hand, byte by byte, so that it can break every rule.
 * Clusters have 4 KiB, and the root directory is cluster {@value #ROOT}.
 */
final class HandMadeImage {

  static final int ROOT = 5;
  static final int CLUSTER = 4096;
  static final int DIRECTORY = 0x10;
  static final int ARCHIVE = 0x20;
  static final int END = -1;
  static final int BAD = -9;

  /** Flags of a stream entry. */
  static final int CHAINED = 1;

  static final int IN_ONE_PIECE = 3;

  private static final int ENTRY = 32;
  private static final int DELETED = 0x05;
  private static final int VOLUME_FLAGS = 106;
  private static final int DIRTY = 2;

  final MemoryDevice device;
  final Geometry geometry;
  private final Map<Integer, Integer> usedSlots = new HashMap<>();

  HandMadeImage() throws IOException {
    this(8 << 20);
  }

  HandMadeImage(long bytes) throws IOException {
    device = new MemoryDevice(bytes);
    new ExFatDriver().format(device, FormatOptions.DEFAULT);
    geometry = BootRegion.find(device).geometry();
    usedSlots.put(ROOT, 3);
  }

  /** Makes a volume of other clusters, whose root is {@link #root}. */
  HandMadeImage(long bytes, int clusterSize) throws IOException {
    device = new MemoryDevice(bytes);
    ExFatVolumes.format(device, clusterSize);
    geometry = BootRegion.find(device).geometry();
    usedSlots.put(root(), 3);
  }

  /** Returns the cluster of the root directory. */
  int root() {
    return (int) geometry.rootCluster();
  }

  /** Returns where a cluster lies. */
  long position(int cluster) {
    return geometry.position(cluster);
  }

  /** Returns where a slot of a directory of one cluster lies. */
  long slot(int directory, int slot) {
    return position(directory) + (long) slot * ENTRY;
  }

  /** Returns the slot of a directory that is used next. */
  int nextSlot(int directory) {
    return usedSlots.getOrDefault(directory, 0);
  }

  /** Lets slots of a directory be used by something else, or deleted. */
  void skip(int directory, int slots, int type) throws IOException {
    for (int i = 0; i < slots; i++) {
      put(slot(directory, nextSlot(directory) + i), type, 1);
    }
    usedSlots.merge(directory, slots, Integer::sum);
  }

  void put(long position, long value, int bytes) throws IOException {
    byte[] little = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      little[i] = (byte) (value >>> (8 * i));
    }
    device.write(position, little, 0, bytes);
  }

  byte[] get(long position, int bytes) throws IOException {
    byte[] got = new byte[bytes];
    device.read(position, got, 0, bytes);
    return got;
  }

  void fat(int cluster, int value) throws IOException {
    put(geometry.fatPosition() + 4L * cluster, value, 4);
  }

  /** Links clusters to a chain, and marks them as used. */
  void chain(int... clusters) throws IOException {
    for (int i = 0; i < clusters.length; i++) {
      fat(clusters[i], i + 1 < clusters.length ? clusters[i + 1] : END);
      mark(clusters[i], true);
    }
  }

  void mark(int cluster, boolean used) throws IOException {
    long at = position(2) + (cluster - 2) / 8;
    int bits = get(at, 1)[0];
    int bit = 1 << (cluster - 2) % 8;
    put(at, used ? bits | bit : bits & ~bit, 1);
  }

  /** Fills clusters with deleted entries, behind which a directory goes on. */
  void fillWithDeleted(int... clusters) throws IOException {
    byte[] deleted = new byte[geometry.clusterSize()];
    for (int at = 0; at < deleted.length; at += ENTRY) {
      deleted[at] = DELETED;
    }
    for (int cluster : clusters) {
      device.write(position(cluster), deleted, 0, deleted.length);
    }
  }

  /** Marks the volume as in use, as a crash leaves it, or as closed in order. */
  void mark(boolean dirty) throws IOException {
    put(VOLUME_FLAGS, dirty ? DIRTY : 0, 2);
  }

  /** Makes an entry set with the right sums. */
  static byte[] set(String name, int attributes, int flags, int first, long valid, long length) {
    int nameEntries = (name.length() + 14) / 15;
    ByteBuffer set = ByteBuffer.allocate((2 + nameEntries) * ENTRY).order(ByteOrder.LITTLE_ENDIAN);
    set.put(0, (byte) 0x85).put(1, (byte) (1 + nameEntries)).putShort(4, (short) attributes);
    for (int time = 8; time < 20; time += 4) {
      set.putInt(time, 45 << 25 | 6 << 21 | 7 << 16);
    }
    set.put(32, (byte) 0xC0).put(33, (byte) flags).put(35, (byte) name.length());
    set.putShort(36, (short) hash(UpcaseTable.standard().toUpper(name)));
    set.putLong(40, valid).putInt(52, first).putLong(56, length);
    for (int i = 0; i < name.length(); i++) {
      set.put(64 + i / 15 * ENTRY, (byte) 0xC1);
      set.putChar(66 + i / 15 * ENTRY + i % 15 * 2, name.charAt(i));
    }
    seal(set.array());
    return set.array();
  }

  private static int hash(String upper) {
    int hash = 0;
    for (int i = 0; i < 2 * upper.length(); i++) {
      int octet = (upper.charAt(i / 2) >> (8 * (i % 2))) & 0xFF;
      hash = ((hash & 1) << 15 | hash >> 1) + octet & 0xFFFF;
    }
    return hash;
  }

  /** Puts the right sum into a set. */
  static void seal(byte[] set) {
    int sum = 0;
    for (int i = 0; i < set.length; i++) {
      sum = i == 2 || i == 3 ? sum : ((sum & 1) << 15 | sum >> 1) + (set[i] & 0xFF) & 0xFFFF;
    }
    set[2] = (byte) sum;
    set[3] = (byte) (sum >> 8);
  }

  /** Adds a set to a directory, and returns where it stands. */
  long add(int directory, byte[] set) throws IOException {
    long position = slot(directory, nextSlot(directory));
    device.write(position, set, 0, set.length);
    usedSlots.merge(directory, set.length / ENTRY, Integer::sum);
    return position;
  }

  /** Adds a file, whose clusters are made elsewhere. */
  long addFile(int directory, String name, int flags, int first, long length) throws IOException {
    return add(directory, set(name, ARCHIVE, flags, first, length, length));
  }

  /** Adds a directory of one cluster. */
  long addDirectory(int parent, String name, int cluster) throws IOException {
    chain(cluster);
    byte[] set = set(name, DIRECTORY, CHAINED, cluster, CLUSTER, CLUSTER);
    return add(parent, set);
  }

  /** Changes a field of a set, and its sum. */
  void change(long position, int field, long value, int bytes) throws IOException {
    put(position + field, value, bytes);
    byte[] set = get(position, ENTRY * (1 + (get(position + 1, 1)[0] & 0xFF)));
    seal(set);
    device.write(position, set, 0, set.length);
  }

  Path save(Path file) throws IOException {
    return Files.write(file, get(0, (int) device.size()));
  }
}
