package dev.tcplay.partition;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.partition.GptHeader.Unsound;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A GUID partition table: a header in the second sector and entries behind it, and copies of both
 * at the end of the disk, which serve where the first ones are damaged.
 */
final class Gpt {

  private static final List<Integer> SECTOR_SIZES = List.of(512, 4096);
  private static final int CHUNK = 1 << 16;

  private static final int NAME_OFFSET = 56;
  private static final int NAME_BYTES = 72;

  private final BlockDevice disk;
  private final Listing listing;

  /** A header to try. */
  private record Place(long sector, int sectorSize) {}

  Gpt(BlockDevice disk, Listing listing) {
    this.disk = disk;
    this.listing = listing;
  }

  /** Lists the partitions; returns false, with a warning, if both tables are damaged. */
  boolean read() throws IOException {
    List<Place> backups = new ArrayList<>();
    String damage;
    try {
      Place first = first();
      GptHeader header = GptHeader.read(disk, first.sector(), first.sectorSize());
      backups.add(new Place(header.alternate(), header.sectorSize()));
      list(header);
      return true;
    } catch (Unsound e) {
      damage = e.reason();
    }
    SECTOR_SIZES.forEach(size -> backups.add(new Place(disk.size() / size - 1, size)));
    String backupDamage = "there is none";
    for (Place backup : backups.stream().distinct().toList()) {
      try {
        list(GptHeader.read(disk, backup.sector(), backup.sectorSize()));
        listing.warn("the first GPT is damaged (%s); its backup is used".formatted(damage));
        return true;
      } catch (Unsound e) {
        backupDamage = backupDamage.equals("there is none") ? e.reason() : backupDamage;
      }
    }
    listing.warn(
        "the GPT is damaged (%s), and so is its backup (%s)".formatted(damage, backupDamage));
    return false;
  }

  private Place first() throws IOException, Unsound {
    for (int size : SECTOR_SIZES) {
      if (GptHeader.isAt(disk, size)) {
        return new Place(1, size);
      }
    }
    throw new Unsound("there is none");
  }

  private void list(GptHeader header) throws IOException, Unsound {
    CRC32 sum = new CRC32();
    inChunks(header, (chunk, length, number) -> sum.update(chunk, 0, length));
    if ((int) sum.getValue() != header.entriesCrc()) {
      throw new Unsound("the checksum of its entries is wrong");
    }
    inChunks(
        header,
        (chunk, length, number) -> {
          for (int at = 0; at < length; at += header.entrySize()) {
            ByteBuffer entry =
                ByteBuffer.wrap(chunk, at, header.entrySize())
                    .slice()
                    .order(ByteOrder.LITTLE_ENDIAN);
            add(number + at / header.entrySize(), entry, header.sectorSize());
          }
        });
  }

  /** Takes some whole entries, of which the first has the number. */
  private interface ChunkUser {
    void take(byte[] chunk, int length, int number);
  }

  private void inChunks(GptHeader header, ChunkUser user) throws IOException {
    int all = header.count() * header.entrySize();
    byte[] chunk = new byte[Math.min(CHUNK, all)];
    for (int done = 0; done < all; done += chunk.length) {
      int length = Math.min(chunk.length, all - done);
      disk.read(header.entries() + done, chunk, 0, length);
      user.take(chunk, length, done / header.entrySize() + 1);
    }
  }

  private void add(int number, ByteBuffer entry, int sectorSize) {
    if (entry.getLong(0) == 0 && entry.getLong(8) == 0) {
      return;
    }
    long first = entry.getLong(32);
    long last = entry.getLong(40);
    if (Long.compareUnsigned(last, first) < 0) {
      listing.warn("partition %d ends before it begins, and is left out".formatted(number));
      return;
    }
    // The one length of 2^64 becomes the one before it; neither fits on a disk.
    long sectors = last - first == -1 ? -1 : last - first + 1;
    listing.add(number, GptTypes.name(guid(entry)), label(entry), first, sectors, sectorSize);
  }

  private static String label(ByteBuffer entry) {
    byte[] name = new byte[NAME_BYTES];
    entry.get(NAME_OFFSET, name);
    String text = new String(name, StandardCharsets.UTF_16LE);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  /** The first three parts of a GUID are numbers, the rest are bytes in their order. */
  private static String guid(ByteBuffer entry) {
    long rest = Long.reverseBytes(entry.getLong(8));
    return "%08X-%04X-%04X-%04X-%012X"
        .formatted(
            entry.getInt(0), entry.getShort(4), entry.getShort(6), rest >>> 48, rest << 16 >>> 16);
  }
}
