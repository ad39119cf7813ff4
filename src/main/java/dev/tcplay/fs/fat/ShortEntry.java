package dev.tcplay.fs.fat;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DosFlags;
import dev.tcplay.fs.DosTime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.ZoneId;

/**
 * The 32 bytes of a short entry, to be made or changed. What is not set keeps its bytes, so that an
 * entry of another system stays as it made it. Not safe for threads.
 */
final class ShortEntry {

  private final byte[] bytes;
  private final ByteBuffer fields;
  private final boolean fat32;

  /**
   * Takes an entry that is on disk, to change it.
   *
   * @param bytes the slot; it is copied
   * @param fat32 whether the upper half of the first cluster stands in the entry; the bytes mean
   *     other things on FAT12 and FAT16, where they are left alone
   */
  ShortEntry(byte[] bytes, boolean fat32) {
    if (bytes.length != DirectorySlots.SLOT_BYTES) {
      throw new IllegalArgumentException("a slot of " + bytes.length + " bytes");
    }
    this.bytes = bytes.clone();
    this.fields = ByteBuffer.wrap(this.bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.fat32 = fat32;
  }

  /** Makes a new entry without contents, with all three times set to one. */
  static ShortEntry of(NewName name, int flags, DosTime now, boolean fat32) {
    return new ShortEntry(new byte[DirectorySlots.SLOT_BYTES], fat32)
        .name(name)
        .flags(flags)
        .created(now)
        .modified(now)
        .accessed(now);
  }

  /** Sets the short name and the bits for its case; other bits beside them are kept. */
  ShortEntry name(NewName name) {
    System.arraycopy(name.shortName(), 0, bytes, 0, ShortName.BYTES);
    int both = ShortName.BASE_IS_LOWER | ShortName.EXTENSION_IS_LOWER;
    bytes[12] = (byte) ((bytes[12] & ~both) | name.caseBits());
    return this;
  }

  /** Returns the first cluster, lawful or not. */
  int firstCluster() {
    int low = fields.getShort(26) & 0xFFFF;
    return fat32 ? fields.getShort(20) << 16 | low : low;
  }

  /** Returns the size in bytes; means nothing for a directory. */
  long size() {
    return fields.getInt(28) & 0xFFFF_FFFFL;
  }

  /** Returns the attribute byte. */
  int flags() {
    return bytes[11] & 0xFF;
  }

  /** Takes over everything but the name, and the bits for its case, from another entry. */
  ShortEntry contentsOf(ShortEntry other) {
    int caseBits = bytes[12];
    System.arraycopy(other.bytes, 11, bytes, 11, bytes.length - 11);
    bytes[12] = (byte) caseBits;
    return this;
  }

  /** Sets the attribute byte. */
  ShortEntry flags(int flags) {
    bytes[11] = (byte) flags;
    return this;
  }

  /** Returns the creation time. */
  DosTime created() {
    return new DosTime(
        fields.getShort(16) & 0xFFFF, fields.getShort(14) & 0xFFFF, bytes[13] & 0xFF);
  }

  /** Sets the creation time, to the hundredth of a second. */
  ShortEntry created(DosTime time) {
    bytes[13] = (byte) time.hundredths();
    return put(14, time.time()).put(16, time.date());
  }

  /** Sets the time of the last write, rounded down to two seconds. */
  ShortEntry modified(DosTime time) {
    return put(22, time.time()).put(24, time.date());
  }

  /** Sets the day of the last access. */
  ShortEntry accessed(DosTime time) {
    return put(18, time.date());
  }

  /** Sets where the contents are: 0 for a file without any. */
  ShortEntry firstCluster(int cluster) {
    if (fat32) {
      put(20, cluster >>> 16);
    } else if (cluster >>> 16 != 0) {
      throw new IllegalArgumentException("cluster " + Integer.toUnsignedString(cluster));
    }
    return put(26, cluster);
  }

  /**
   * Sets the size in bytes, 0 to 4,294,967,295; a directory has 0.
   *
   * @throws IllegalArgumentException if it is beyond that
   */
  ShortEntry size(long size) {
    if (size >>> Integer.SIZE != 0) {
      throw new IllegalArgumentException("size " + size);
    }
    fields.putInt(28, (int) size);
    return this;
  }

  /** Changes attributes. */
  ShortEntry change(AttributeChange change, ZoneId zone) {
    change.created().ifPresent(time -> created(DosTime.of(time, zone)));
    change.modified().ifPresent(time -> modified(DosTime.of(time, zone)));
    change.accessed().ifPresent(time -> accessed(DosTime.of(time, zone)));
    return flags(change.applyTo(new DosFlags(flags())).bits());
  }

  /** Returns a copy of the slot. */
  byte[] bytes() {
    return bytes.clone();
  }

  private ShortEntry put(int at, int value) {
    fields.putShort(at, (short) value);
    return this;
  }
}
