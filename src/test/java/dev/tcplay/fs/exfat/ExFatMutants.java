package dev.tcplay.fs.exfat;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A sound volume with files in pieces and in one piece, directories three deep and sets in two
 * sectors; and volumes made of it by wild bytes where they matter. Nothing in the directory {@value
 * #SPARED} is ever touched.
 */
final class ExFatMutants {

  /** A directory whose entries and files no mutation changes. */
  static final String SPARED = "/spared";

  static final int CLUSTER = 1024;

  private static final int BYTES = 1 << 20;
  private static final int CLUSTERS = 300;
  private static final int USED = CLUSTERS / 3;
  private static final int FILES = 5;
  private static final int BOOT_BYTES = 113;
  private static final int SECTOR = 512;

  /** Bytes of the volume from one on. */
  private record Area(long start, int length) {}

  private final byte[] sound;
  private final List<Area> seldom = new ArrayList<>();
  private final List<Area> directories = new ArrayList<>();
  private final List<Area> areas = new ArrayList<>();

  /** Makes the sound volume. */
  ExFatMutants() throws IOException {
    MemoryDevice device = new MemoryDevice(BYTES);
    ExFatVolumes.format(device, CLUSTER, CLUSTERS);
    try (MountedVolume volume = ExFatVolumes.mount(device)) {
      fill(volume, "");
      fill(volume, SPARED);
      fill(volume, "/a directory");
      fill(volume, "/a directory/another one");
    }
    VolumeParts parts = VolumeParts.find(device);
    Geometry geometry = parts.region().geometry();
    seldom.add(new Area(0, BOOT_BYTES));
    seldom.add(new Area(geometry.position(parts.root().upcase().firstCluster()), 2 * SECTOR));
    areas.add(new Area(geometry.fatPosition(), CLUSTERS * Integer.BYTES / 2));
    areas.add(new Area(geometry.position(Geometry.FIRST_CLUSTER), CLUSTERS / Byte.SIZE));
    directories.add(new Area(geometry.position(geometry.rootCluster()), CLUSTER));
    try (MountedVolume volume = ExFatVolumes.mount(device)) {
      for (String path : List.of("/a directory", "/a directory/another one")) {
        ExFatNode node = (ExFatNode) Walk.find(volume, path);
        directories.add(new Area(geometry.position(node.entry().firstCluster()), CLUSTER));
      }
    }
    areas.addAll(directories);
    sound = new byte[BYTES];
    device.read(0, sound, 0, BYTES);
  }

  private static void fill(MountedVolume volume, String path) throws IOException {
    Node directory = volume.root();
    if (!path.isEmpty()) {
      Node parent = Walk.find(volume, Walk.parent(path));
      directory = volume.create(parent, Walk.name(path), NodeType.DIRECTORY, AttributeChange.NONE);
    }
    List<OpenNode> open = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      String name = "file " + i + ", name".repeat(5 * i);
      open.add(volume.open(volume.create(directory, name, NodeType.FILE, AttributeChange.NONE)));
    }
    // In turns, so that all but the last are in pieces.
    byte[] bytes = new byte[CLUSTER + 100];
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < FILES; i++) {
        new Random(path.hashCode() + i + round).nextBytes(bytes);
        open.get(i).append(bytes, 0, bytes.length);
      }
    }
    for (OpenNode file : open) {
      file.close();
    }
  }

  /** Returns a volume with some wild bytes. */
  byte[] mutant(Random random) {
    byte[] bytes = sound.clone();
    // One in four has a damaged boot sector or up-case table: most of those are read-only.
    boolean isSeldom = random.nextInt(4) == 0;
    int changes = 1 + random.nextInt(8);
    for (int i = 0; i < changes; i++) {
      Area area = any(isSeldom && i == 0 ? seldom : areas, random);
      int at = (int) area.start + random.nextInt(area.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0 : 0xFF);
        default -> bytes[at] = bytes[(int) area.start + random.nextInt(area.length)];
      }
    }
    if (random.nextInt(4) == 0) {
      relink(bytes, random);
    }
    seal(bytes, random);
    return bytes;
  }

  /**
   * Lets a cluster lead to any other one: a chain that is cut off, goes on or runs into another.
   */
  private void relink(byte[] bytes, Random random) {
    int from = Geometry.FIRST_CLUSTER + random.nextInt(USED);
    int to = random.nextInt(6) == 0 ? -1 : Geometry.FIRST_CLUSTER + random.nextInt(USED);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) areas.get(0).start + from * Integer.BYTES, to);
  }

  private static Area any(List<Area> areas, Random random) {
    return areas.get(random.nextInt(areas.size()));
  }

  /** Makes some sums right again, so that the fields which they guard are looked at. */
  private void seal(byte[] bytes, Random random) {
    if (random.nextInt(4) > 0) {
      byte[] region = Arrays.copyOf(bytes, BootRegion.SECTORS * SECTOR);
      BootRegion.seal(region, SECTOR);
      System.arraycopy(region, 0, bytes, 0, region.length);
    }
    for (Area directory : directories) {
      if (random.nextInt(4) > 0) {
        sealSets(bytes, (int) directory.start, (int) directory.start + directory.length);
      }
    }
  }

  private static void sealSets(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at += EntrySet.ENTRY_BYTES) {
      int end = at + (1 + (bytes[at + 1] & 0xFF)) * EntrySet.ENTRY_BYTES;
      if ((bytes[at] & 0xFF) == EntryType.FILE && end <= to) {
        int sum = Checksums.ofSet(Arrays.copyOfRange(bytes, at, end));
        bytes[at + 2] = (byte) sum;
        bytes[at + 3] = (byte) (sum >> Byte.SIZE);
      }
    }
  }
}
