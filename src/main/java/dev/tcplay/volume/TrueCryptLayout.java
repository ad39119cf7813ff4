package dev.tcplay.volume;

import static dev.tcplay.volume.VolumeKind.HIDDEN;
import static dev.tcplay.volume.VolumeKind.NORMAL;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.CorruptHeaderException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * TrueCrypt's and VeraCrypt's layout. Up to version 3 the normal header is the first sector, and
 * the hidden one lies 1536 bytes before the end, inside the data area. From version 4 on slots of
 * 64 KiB for both stand at the start, and their backups at the end.
 *
 * @param oldestVersion the lowest header version of the family
 * @param newestVersion the highest header version of the family
 */
record TrueCryptLayout(int oldestVersion, int newestVersion) implements VolumeLayout {

  /** The first header version that says how large the volume is. */
  static final int FIRST_VERSION_WITH_SIZES = 3;

  /** The first header version with slots and backups. */
  static final int FIRST_VERSION_WITH_SLOTS = 4;

  /** Bytes in a slot. */
  static final int SLOT = 65_536;

  /** Bytes of both slots together, at the start and again at the end. */
  static final int SLOTS = 2 * SLOT;

  /** Where the data area begins in the layout without slots. */
  static final int OLD_DATA_START = 512;

  /** How far before the end the hidden header stands in the layout without slots. */
  static final int OLD_HIDDEN_FROM_END = 1536;

  /** Bytes in a file with a copy of both headers of the layout without slots. */
  static final int OLD_HEADER_FILE = 1024;

  private static final int NEWEST_WITHOUT_SLOTS = FIRST_VERSION_WITH_SLOTS - 1;
  private static final int SMALLEST_DATA = 512;

  private boolean hasSlots() {
    return newestVersion >= FIRST_VERSION_WITH_SLOTS;
  }

  private int newestWithoutSlots() {
    return Math.min(newestVersion, NEWEST_WITHOUT_SLOTS);
  }

  @Override
  public List<HeaderSlot> headers(BlockDevice host) {
    // Of a container that was cut behind its headers, nothing is left but the facts in them.
    boolean roomForSlots = host.size() >= SLOTS;
    int newest = roomForSlots ? newestVersion : newestWithoutSlots();
    long oldHidden = host.size() - OLD_HIDDEN_FROM_END;
    List<HeaderSlot> slots = new ArrayList<>();
    if (host.size() >= OLD_DATA_START + SMALLEST_DATA && newest >= oldestVersion) {
      slots.add(new HeaderSlot("normal header", host, 0, NORMAL, oldestVersion, newest));
    }
    if (roomForSlots && hasSlots()) {
      slots.add(withSlots("hidden header", host, SLOT, HIDDEN));
    }
    if (oldHidden >= OLD_DATA_START + SMALLEST_DATA && oldestVersion <= NEWEST_WITHOUT_SLOTS) {
      String name = "hidden header of TrueCrypt 1 to 5";
      slots.add(new HeaderSlot(name, host, oldHidden, HIDDEN, oldestVersion, newestWithoutSlots()));
    }
    return slots;
  }

  @Override
  public List<HeaderSlot> backups(BlockDevice host) {
    long start = host.size() - SLOTS;
    return hasSlots() && start >= SLOTS + SMALLEST_DATA
        ? List.of(
            withSlots("backup of the normal header", host, start, NORMAL),
            withSlots("backup of the hidden header", host, start + SLOT, HIDDEN))
        : List.of();
  }

  /**
   * Returns the places in VeraCrypt's backup of both slots or a longer copy of a volume's start, in
   * the 1024 bytes of both old headers, or in one bare header of either kind.
   */
  @Override
  public List<HeaderSlot> headersInFile(BlockDevice file) {
    if (file.size() == TrueCryptHeader.SIZE) {
      return List.of(inFile(file, 0, null));
    }
    if (file.size() == OLD_HEADER_FILE) {
      return List.of(inFile(file, 0, NORMAL), inFile(file, TrueCryptHeader.SIZE, HIDDEN));
    }
    if (file.size() < SLOTS) {
      return List.of();
    }
    return hasSlots()
        ? List.of(inFile(file, 0, NORMAL), inFile(file, SLOT, HIDDEN))
        : List.of(inFile(file, 0, NORMAL));
  }

  @Override
  public DataArea locate(VolumeHeader header, HeaderSlot slot, long hostSize, String hostName)
      throws CorruptHeaderException {
    return TrueCryptFields.locate(header, slot, hostSize, hostName);
  }

  private HeaderSlot withSlots(String name, BlockDevice host, long offset, VolumeKind kind) {
    int oldest = Math.max(oldestVersion, FIRST_VERSION_WITH_SLOTS);
    return new HeaderSlot(name, host, offset, kind, oldest, newestVersion);
  }

  private HeaderSlot inFile(BlockDevice file, long offset, @Nullable VolumeKind kind) {
    String name = kind == null ? "header in the file" : kind.id() + " header in the file";
    return new HeaderSlot(name, file, offset, kind, oldestVersion, newestVersion);
  }
}
