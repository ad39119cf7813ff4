package dev.tcplay.fs.exfat;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DosFlags;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The entries of one file or directory as they stand on disk: File, Stream Extension, File Name,
 * and what others may have added. A change is made to the bytes, and {@link #bytes} seals them. Not
 * safe for threads while it is changed.
 */
final class EntrySet {

  /** Bytes of an entry. */
  static final int ENTRY_BYTES = 32;

  /** The attribute that makes a node a directory. */
  static final int DIRECTORY = 0x10;

  /** The UTF-16 units of a name in one entry. */
  static final int NAME_UNITS = 15;

  /** The flag of an entry that it may have clusters. */
  static final int ALLOCATION_POSSIBLE = 1;

  /** The flag of an entry that its clusters follow each other. */
  static final int NO_FAT_CHAIN = 2;

  /** The entries of the shortest set, and of the longest. */
  static final int LEAST_ENTRIES = 3;

  static final int MOST_ENTRIES = 19;

  private static final int STREAM = ENTRY_BYTES;
  private static final long MOST_U32 = 0xFFFF_FFFFL;

  private final ByteBuffer set;

  private EntrySet(byte[] bytes) {
    this.set = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Makes the set of a new, empty node.
   *
   * @param upper the name in upper case
   */
  static EntrySet of(String name, String upper, int attributes, Timestamp now) {
    EntrySet made = new EntrySet(new byte[count(name) * ENTRY_BYTES]);
    made.set.put(0, (byte) EntryType.FILE).put(STREAM, (byte) EntryType.STREAM);
    made.set.put(STREAM + 1, (byte) ALLOCATION_POSSIBLE);
    made.putName(name, upper);
    made.set.putShort(4, (short) attributes);
    return made.created(now).modified(now).accessed(now);
  }

  /** Returns how many entries a new set of a name has. */
  static int count(String name) {
    return 2 + nameEntries(name.length());
  }

  private static int nameEntries(int units) {
    return (units + NAME_UNITS - 1) / NAME_UNITS;
  }

  /**
   * Reads a set.
   *
   * @param bytes all its entries; the set's own from now on
   * @throws CorruptFileSystemException if it cannot be used; the reason names the field
   */
  static EntrySet parse(byte[] bytes) throws CorruptFileSystemException {
    EntrySet set = new EntrySet(bytes);
    set.checkTypes();
    int sum = Checksums.ofSet(bytes);
    int stored = set.u16(2);
    check(sum == stored, "SetChecksum is %04X, but the sum of the set is %04X", stored, sum);
    return set;
  }

  private void checkTypes() throws CorruptFileSystemException {
    check(
        count() >= LEAST_ENTRIES && count() <= MOST_ENTRIES,
        "SecondaryCount is %d, not 2 to 18",
        count() - 1);
    check(type(1) == EntryType.STREAM, "EntryType behind File is %02X, not C0", type(1));
    int names = nameEntries(nameLength());
    check(nameLength() > 0, "NameLength is %d", nameLength());
    check(
        names <= count() - 2,
        "NameLength is %d, too much for SecondaryCount %d",
        nameLength(),
        count() - 1);
    for (int i = 2; i < count(); i++) {
      if (i < 2 + names) {
        check(
            type(i) == EntryType.NAME, "EntryType of part %d of the name is %02X", i - 1, type(i));
      } else {
        check(
            EntryType.isSecondary(type(i)) && EntryType.isBenign(type(i)),
            "EntryType of entry %d of the set is %02X",
            i,
            type(i));
      }
    }
  }

  private static void check(boolean isLawful, String reason, Object... values)
      throws CorruptFileSystemException {
    if (!isLawful) {
      throw new CorruptFileSystemException(null, String.format(Locale.ROOT, reason, values));
    }
  }

  /** Returns how many entries there are. */
  int count() {
    return set.capacity() / ENTRY_BYTES;
  }

  private int type(int entry) {
    return u8(entry * ENTRY_BYTES);
  }

  /** Returns a copy of the entries with the right checksum. */
  byte[] bytes() {
    set.putShort(2, (short) Checksums.ofSet(set.array()));
    return set.array().clone();
  }

  /** Returns the name. */
  String name() {
    int length = nameLength();
    StringBuilder name = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      name.append(set.getChar(namePosition(i)));
    }
    return name.toString();
  }

  /** Returns where a unit of the name stands in a set. */
  static int namePosition(int unit) {
    return (2 + unit / NAME_UNITS) * ENTRY_BYTES + 2 + unit % NAME_UNITS * Character.BYTES;
  }

  /** Returns the hash of the name, as stored. */
  int nameHash() {
    return u16(STREAM + 4);
  }

  private int nameLength() {
    return u8(STREAM + 3);
  }

  /** Returns this set with another name; what others have added stays behind it. */
  EntrySet withName(String name, String upper) {
    int count = count(name);
    int others = 2 + nameEntries(nameLength());
    byte[] old = set.array();
    byte[] bytes = new byte[(count + count() - others) * ENTRY_BYTES];
    System.arraycopy(old, 0, bytes, 0, 2 * ENTRY_BYTES);
    System.arraycopy(
        old, others * ENTRY_BYTES, bytes, count * ENTRY_BYTES, (count() - others) * ENTRY_BYTES);
    EntrySet renamed = new EntrySet(bytes);
    renamed.putName(name, upper);
    return renamed;
  }

  private void putName(String name, String upper) {
    set.put(1, (byte) (count() - 1));
    set.put(STREAM + 3, (byte) name.length());
    set.putShort(STREAM + 4, (short) Checksums.ofName(upper));
    for (int entry = 0; entry < nameEntries(name.length()); entry++) {
      set.put((2 + entry) * ENTRY_BYTES, (byte) EntryType.NAME);
    }
    for (int i = 0; i < name.length(); i++) {
      set.putChar(namePosition(i), name.charAt(i));
    }
  }

  int attributes() {
    return u16(4);
  }

  boolean isDirectory() {
    return (attributes() & DIRECTORY) != 0;
  }

  EntrySet attributes(int attributes) {
    set.putShort(4, (short) attributes);
    return this;
  }

  Timestamp created() {
    return Timestamp.of(set.getInt(8), u8(20), u8(22));
  }

  EntrySet created(Timestamp time) {
    set.putInt(8, time.stamp())
        .put(20, (byte) time.time().hundredths())
        .put(22, (byte) time.offset());
    return this;
  }

  Timestamp modified() {
    return Timestamp.of(set.getInt(12), u8(21), u8(23));
  }

  EntrySet modified(Timestamp time) {
    set.putInt(12, time.stamp())
        .put(21, (byte) time.time().hundredths())
        .put(23, (byte) time.offset());
    return this;
  }

  /** Returns the time of the last access, which has no hundredths. */
  Timestamp accessed() {
    return Timestamp.of(set.getInt(16), 0, u8(24));
  }

  EntrySet accessed(Timestamp time) {
    set.putInt(16, time.stamp()).put(24, (byte) time.offset());
    return this;
  }

  /** Returns where the contents lie, as stored. */
  Allocation allocation() {
    return new Allocation(
        set.getInt(STREAM + 20) & MOST_U32,
        set.getLong(STREAM + 8),
        set.getLong(STREAM + 24),
        (u8(STREAM + 1) & NO_FAT_CHAIN) != 0);
  }

  /** Returns where the clusters lie that belong to what others have added, as stored. */
  List<Allocation> added() {
    List<Allocation> added = new ArrayList<>();
    for (int entry = 2 + nameEntries(nameLength()); entry < count(); entry++) {
      int start = entry * ENTRY_BYTES;
      Allocation.ofOther(set, start, u8(start + 1)).ifPresent(added::add);
    }
    return added;
  }

  EntrySet allocation(Allocation now) {
    int flags = (u8(STREAM + 1) & ~NO_FAT_CHAIN) | ALLOCATION_POSSIBLE;
    set.put(STREAM + 1, (byte) (now.isContiguous() ? flags | NO_FAT_CHAIN : flags));
    set.putLong(STREAM + 8, now.validLength());
    set.putInt(STREAM + 20, (int) now.firstCluster());
    set.putLong(STREAM + 24, now.length());
    return this;
  }

  /** Changes attributes and times. */
  EntrySet change(AttributeChange change, ZoneId zone) {
    attributes(change.applyTo(new DosFlags(attributes())).bits());
    change.created().ifPresent(time -> created(Timestamp.of(time, zone)));
    change.modified().ifPresent(time -> modified(Timestamp.of(time, zone)));
    change.accessed().ifPresent(time -> accessed(Timestamp.of(time, zone)));
    return this;
  }

  /** Returns what callers see of the entries. */
  NodeAttributes view(ZoneId zone) {
    NodeType type = isDirectory() ? NodeType.DIRECTORY : NodeType.FILE;
    return NodeAttributes.builder(type)
        .size(isDirectory() ? 0 : Math.max(0, allocation().length()))
        .created(created().in(zone))
        .modified(modified().in(zone))
        .accessed(accessed().in(zone))
        .dos(new DosFlags(attributes()))
        .build();
  }

  private int u8(int offset) {
    return set.get(offset) & 0xFF;
  }

  private int u16(int offset) {
    return set.getShort(offset) & 0xFFFF;
  }
}
