package dev.tcplay.fs.fat;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A small volume made by hand, byte by byte and without any of the code under test, so that it can
 * break every rule. Sectors and clusters have 512 bytes.
 */
final class FatImage {

  static final int SECTOR = 512;
  static final int ROOT = 0;
  static final int DIRECTORY = 0x10;
  static final int ARCHIVE = 0x20;

  private static final int SECTORS_PER_FAT = 40;
  private static final int ROOT_ENTRIES = 64;

  final FatType type;
  final MemoryDevice device;
  private final int sectors;
  private final int reserved;
  private final Map<Integer, Integer> usedSlots = new HashMap<>();

  FatImage(FatType type) throws IOException {
    this.type = type;
    this.sectors = type == FatType.FAT16 ? 6000 : 3000;
    this.reserved = type == FatType.FAT32 ? 32 : 1;
    this.device = new MemoryDevice((long) sectors * SECTOR);
    writeBoot(0);
    fat(0, 0xFFFFFF8);
    fat(1, 0xFFFFFFF);
    if (type == FatType.FAT32) {
      writeBoot(6);
      put(SECTOR, 0x41615252, 4);
      put(SECTOR + 484, 0x61417272, 4);
      put(SECTOR + 488, -1, 4);
      put(SECTOR + 492, -1, 4);
      put(SECTOR + 508, 0xAA550000, 4);
      fat(2, 0xFFFFFFF);
    }
  }

  private void writeBoot(int sector) throws IOException {
    long at = (long) sector * SECTOR;
    put(at, 0x9058EB, 3);
    put(at + 3, "MSDOS5.0");
    put(at + 11, SECTOR, 2);
    put(at + 13, 1, 1);
    put(at + 14, reserved, 2);
    put(at + 16, 2, 1);
    put(at + 17, type == FatType.FAT32 ? 0 : ROOT_ENTRIES, 2);
    put(at + 19, type == FatType.FAT32 ? 0 : sectors, 2);
    put(at + 21, 0xF8, 1);
    put(at + 22, type == FatType.FAT32 ? 0 : SECTORS_PER_FAT, 2);
    put(at + 32, type == FatType.FAT32 ? sectors : 0, 4);
    if (type == FatType.FAT32) {
      put(at + 36, SECTORS_PER_FAT, 4);
      put(at + 44, 2, 4);
      put(at + 48, 1, 2);
      put(at + 50, 6, 2);
    }
    int extension = type == FatType.FAT32 ? 64 : 36;
    put(at + extension, 0x80, 1);
    put(at + extension + 2, 0x29, 1);
    put(at + extension + 3, 0x1234ABCD, 4);
    put(at + extension + 7, "NO NAME    ");
    put(at + extension + 18, String.format("%-8s", type));
    put(at + 510, 0xAA55, 2);
  }

  int rootSectors() {
    return type == FatType.FAT32 ? 0 : ROOT_ENTRIES * 32 / SECTOR;
  }

  int clusters() {
    return sectors - reserved - 2 * SECTORS_PER_FAT - rootSectors();
  }

  long fatPosition() {
    return (long) reserved * SECTOR;
  }

  /** Returns where a directory or file begins that starts with a cluster; 0 is the root. */
  long position(int cluster) {
    long first = (long) (reserved + 2 * SECTORS_PER_FAT) * SECTOR;
    if (cluster == ROOT && type != FatType.FAT32) {
      return first;
    }
    int number = cluster == ROOT ? 2 : cluster;
    return first + (long) (rootSectors() + number - 2) * SECTOR;
  }

  /** Writes an entry into both tables. */
  void fat(int cluster, int value) throws IOException {
    for (int copy = 0; copy < 2; copy++) {
      long table = fatPosition() + (long) copy * SECTORS_PER_FAT * SECTOR;
      if (type == FatType.FAT12) {
        long at = table + cluster + cluster / 2;
        int old = get(at, 2);
        int nibbles = value & 0xFFF;
        put(at, cluster % 2 == 0 ? (old & 0xF000) | nibbles : (old & 0xF) | (nibbles << 4), 2);
      } else if (type == FatType.FAT16) {
        put(table + 2L * cluster, value, 2);
      } else {
        put(table + 4L * cluster, value, 4);
      }
    }
  }

  /** Links clusters in this order and ends the chain. */
  void chain(int... clusters) throws IOException {
    for (int i = 0; i < clusters.length; i++) {
      fat(clusters[i], i + 1 < clusters.length ? clusters[i + 1] : 0xFFFFFFF);
    }
  }

  /** Appends an entry with a short name of eleven characters; returns where it lies. */
  long add(int directory, String raw, int attributes, int cluster, long size) throws IOException {
    return add(directory, raw, attributes, 0, cluster, size);
  }

  /** Appends an entry with bits for a lower case name. */
  long add(int directory, String raw, int attributes, int caseBits, int cluster, long size)
      throws IOException {
    ByteBuffer slot = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    slot.put(bytes(raw)).put((byte) attributes).put((byte) caseBits);
    slot.putShort(20, (short) (cluster >>> 16)).putShort(26, (short) cluster);
    slot.putInt(28, (int) size);
    return addSlot(directory, slot.array());
  }

  /** Appends a long name and its short entry; returns where the short entry lies. */
  long addLong(int directory, String name, String raw, int attributes, int cluster, long size)
      throws IOException {
    for (byte[] slot : longSlots(name, raw)) {
      addSlot(directory, slot);
    }
    return add(directory, raw, attributes, cluster, size);
  }

  /** Returns the slots of a long name in the order of the disk. */
  static List<byte[]> longSlots(String name, String raw) {
    int sum = 0;
    for (byte b : bytes(raw)) {
      sum = ((sum >> 1 | sum << 7) + b) & 0xFF;
    }
    int parts = (name.length() + 12) / 13;
    List<byte[]> slots = new ArrayList<>();
    for (int part = parts; part >= 1; part--) {
      ByteBuffer slot = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
      slot.put(0, (byte) (part == parts ? part | 0x40 : part));
      slot.put(11, (byte) 0x0F).put(13, (byte) sum);
      for (int i = 0; i < 13; i++) {
        int index = (part - 1) * 13 + i;
        char unit =
            index < name.length() ? name.charAt(index) : index == name.length() ? 0 : '\uFFFF';
        slot.putShort(i < 5 ? 1 + 2 * i : i < 11 ? 4 + 2 * i : 6 + 2 * i, (short) unit);
      }
      slots.add(slot.array());
    }
    return slots;
  }

  /** Appends any slot; returns where it lies. The clusters of a directory must be neighbours. */
  long addSlot(int directory, byte[] slot) throws IOException {
    int number = usedSlots.merge(directory, 1, Integer::sum) - 1;
    long at = position(directory) + 32L * number;
    device.write(at, slot, 0, 32);
    return at;
  }

  /** Makes an empty directory in one cluster, with dots. */
  void addDirectory(int parent, String raw, int cluster) throws IOException {
    add(parent, raw, DIRECTORY, cluster, 0);
    chain(cluster);
    add(cluster, ".          ", DIRECTORY, cluster, 0);
    add(cluster, "..         ", DIRECTORY, parent, 0);
  }

  void put(long at, int value, int bytes) throws IOException {
    byte[] raw = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    device.write(at, raw, 0, bytes);
  }

  void put(long at, String text) throws IOException {
    device.write(at, bytes(text), 0, text.length());
  }

  private int get(long at, int bytes) throws IOException {
    byte[] raw = new byte[4];
    device.read(at, raw, 0, bytes);
    return ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  /** Mounts the volume to be read. */
  MountedVolume mount() throws IOException {
    return Volumes.mount(device);
  }

  /** Returns the names that a mount lists in the root directory. */
  List<String> names() throws IOException {
    return Walk.names(mount(), "/");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
