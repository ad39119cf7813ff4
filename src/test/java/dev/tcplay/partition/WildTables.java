package dev.tcplay.partition;

import dev.tcplay.Tcplay;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.partition.Tables.Part;
import dev.tcplay.testing.CountingDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Reads wild tables, and mounts disks that have them; a program, for a heap of its own. */
final class WildTables {

  private static final int SIZE = 2 << 20;
  private static final int SECTOR = 512;

  /** A table of each kind, and what goes before one of the longest chain of either. */
  private static final int MOST_READS = 1 + 256 + 8 + 6 * 16;

  private final Random random;
  private final List<byte[]> sound;
  private int tables;
  private int partitions;
  private int mounted;
  private int refused;

  private WildTables(Random random, List<byte[]> sound) {
    this.random = random;
    this.sound = sound;
  }

  /**
   * Runs.
   *
   * @param arguments how many tables, the seed, and a folder to work in
   */
  public static void main(String... arguments) throws Exception {
    int count = Integer.parseInt(arguments[0]);
    Path folder = Path.of(arguments[2]);
    WildTables wild = new WildTables(new Random(Long.parseLong(arguments[1])), soundDisks(folder));
    for (int i = 0; i < count; i++) {
      byte[] disk = i % 5 == 4 ? wild.random() : wild.mutant(wild.sound.get(i % 4));
      try {
        wild.read(disk);
        wild.mount(disk, folder.resolve("wild"));
      } catch (RuntimeException | Error e) {
        throw new AssertionError("table " + i, e);
      }
    }
    System.out.printf(
        "tables %d partitions %d mounted %d refused %d%n",
        wild.tables, wild.partitions, wild.mounted, wild.refused);
  }

  /** Four kinds of tables; the first partition of each has a FAT volume. */
  private static List<byte[]> soundDisks(Path folder) throws IOException {
    Part first = new Part(0x01, 64, 512);
    byte[] primaries = new byte[SIZE];
    Tables.mbr(
        primaries,
        0,
        List.of(first, new Part(0x83, 600, 100), new Part(0x0C, 1000, 9), new Part(7, 2000, 2096)));
    byte[] logical = new byte[SIZE];
    Tables.extended(logical, first, new Part(0x05, 1000, 3000), 10);
    byte[] small = new byte[SIZE];
    Tables.gpt(small, SECTOR, List.of(first, new Part(1, 600, 100), new Part(2, 700, 1)));
    byte[] large = new byte[SIZE];
    Tables.gpt(large, 4096, List.of(new Part(1, 8, 64), new Part(1, 72, 100)));
    List<byte[]> disks = List.of(primaries, logical, small, large);
    Path image = folder.resolve("sound");
    for (byte[] disk : disks) {
      Files.write(image, disk);
      Tcplay.open(image).format("plain").partition(1).makeFileSystem(new NewFileSystem());
      System.arraycopy(Files.readAllBytes(image), 0, disk, 0, SIZE);
    }
    return disks;
  }

  /** Changes a few bytes of tables; half the time checksums are made right again. */
  private byte[] mutant(byte[] whole) {
    byte[] disk = whole.clone();
    int[] places = {446, 512, 512, 1024, 4096, 8192, SIZE - 512, SIZE - 4096};
    for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
      int at = places[random.nextInt(places.length)] + random.nextInt(96);
      if (random.nextInt(3) == 0) {
        at = (1000 + random.nextInt(10) * 300) * SECTOR + 446 + random.nextInt(64);
      }
      disk[at] =
          switch (random.nextInt(3)) {
            case 0 -> (byte) random.nextInt();
            case 1 -> (byte) (disk[at] ^ 1 << random.nextInt(8));
            default -> (byte) (random.nextBoolean() ? 0 : 0xFF);
          };
    }
    if (random.nextBoolean()) {
      for (int size : new int[] {SECTOR, 4096}) {
        Tables.seal(disk, size, Arrays.copyOfRange(disk, 2 * size, 2 * size + (16 << 10)));
      }
    }
    return disk;
  }

  /** Links lead anywhere, and everywhere there may be a table. */
  private byte[] random() {
    byte[] disk = new byte[SIZE];
    ByteBuffer bytes = ByteBuffer.wrap(disk).order(ByteOrder.LITTLE_ENDIAN);
    byte[] types = {0x00, 0x01, 0x05, 0x0F, (byte) 0x85, 0x0C, (byte) 0xEE, 0x05};
    for (int sector = 0; sector < SIZE / SECTOR; sector++) {
      bytes.putShort(sector * SECTOR + 510, (short) 0xAA55);
      for (int i = 0; i < 4; i++) {
        int at = sector * SECTOR + 446 + 16 * i;
        disk[at + 4] = types[random.nextInt(random.nextBoolean() ? 8 : 6)];
        bytes.putInt(at + 8, random.nextInt(random.nextInt(9) == 0 ? Integer.MAX_VALUE : 4200));
        bytes.putInt(at + 12, random.nextInt(random.nextInt(9) == 0 ? Integer.MAX_VALUE : 4200));
      }
    }
    return disk;
  }

  private void read(byte[] disk) throws IOException {
    MemoryDevice memory = new MemoryDevice(SIZE);
    memory.write(0, disk, 0, SIZE);
    CountingDevice device = new CountingDevice(memory);
    PartitionTable table = PartitionTable.read(device).orElse(null);
    require(device.reads() <= MOST_READS, device.reads() + " reads");
    if (table == null) {
      return;
    }
    tables++;
    partitions += table.partitions().size();
    require(table.partitions().size() <= 256 && table.warnings().size() <= 256, "too many");
    int before = 0;
    for (Partition partition : table.partitions()) {
      require(partition.number() > before, partition + " twice");
      before = partition.number();
      boolean inside =
          partition.start() >= 0
              && partition.length() > 0
              && partition.start() <= SIZE - partition.length();
      require(inside, partition + " is not on the disk");
    }
  }

  private void mount(byte[] disk, Path image) throws IOException {
    Files.write(image, disk);
    try (FileSystem volume = Tcplay.open(image).format("plain").readOnly(true).mount()) {
      require(Files.isDirectory(volume.getPath("/")), "no root");
      mounted++;
    } catch (IOException e) {
      require(e.getMessage() != null && e.getMessage().length() > 10, "no reason");
      refused++;
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
