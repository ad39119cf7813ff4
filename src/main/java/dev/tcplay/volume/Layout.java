package dev.tcplay.volume;

import static dev.tcplay.volume.VolumeKind.HIDDEN;
import static dev.tcplay.volume.VolumeKind.NORMAL;

import dev.tcplay.NotAContainerException;
import dev.tcplay.block.BlockDevice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where headers stand. Up to version 3 the normal header is the first sector, and the hidden one
 * lies 1536 bytes before the end, inside the data area. From version 4 on slots of 64 KiB for both
 * stand at the start, and their backups at the end.
 */
final class Layout {

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
  private static final int OLD_HEADER_FILE = 1024;

  private static final int OLDEST_VERSION = 3;
  private static final int NEWEST_WITHOUT_SLOTS = FIRST_VERSION_WITH_SLOTS - 1;
  private static final int SMALLEST_DATA = 512;

  private Layout() {}

  /**
   * Returns the places to try in a host, the normal header first.
   *
   * @param kind what is wanted, null for either
   * @throws NotAContainerException if the host is too short for any of them
   */
  static List<HeaderSlot> headers(BlockDevice host, String hostName, @Nullable VolumeKind kind)
      throws NotAContainerException {
    // Of a container that was cut behind its headers, nothing is left but the facts in them.
    boolean roomForSlots = host.size() >= SLOTS;
    int newest = roomForSlots ? HeaderCodec.NEWEST_VERSION : NEWEST_WITHOUT_SLOTS;
    long oldHidden = host.size() - OLD_HIDDEN_FROM_END;
    List<HeaderSlot> slots = new ArrayList<>();
    if (host.size() >= OLD_DATA_START + SMALLEST_DATA) {
      slots.add(new HeaderSlot("normal header", host, 0, NORMAL, OLDEST_VERSION, newest));
    }
    if (roomForSlots) {
      slots.add(withSlots("hidden header", host, SLOT, HIDDEN));
    }
    if (oldHidden >= OLD_DATA_START + SMALLEST_DATA) {
      String name = "hidden header of TrueCrypt 5";
      slots.add(
          new HeaderSlot(name, host, oldHidden, HIDDEN, OLDEST_VERSION, NEWEST_WITHOUT_SLOTS));
    }
    return demandAny(only(kind, slots), host, hostName, "a header and data");
  }

  /** Returns whether a host is long enough to have headers, data and backups of the headers. */
  static boolean hasRoomForBackups(BlockDevice host) {
    return host.size() >= 2L * SLOTS + SMALLEST_DATA;
  }

  /** Returns the places of the backups to try in a host; otherwise like {@link #headers}. */
  static List<HeaderSlot> backups(BlockDevice host, String hostName, @Nullable VolumeKind kind)
      throws NotAContainerException {
    long start = host.size() - SLOTS;
    List<HeaderSlot> slots =
        hasRoomForBackups(host)
            ? List.of(
                withSlots("backup of the normal header", host, start, NORMAL),
                withSlots("backup of the hidden header", host, start + SLOT, HIDDEN))
            : List.of();
    return demandAny(only(kind, slots), host, hostName, "backup headers");
  }

  /**
   * Returns the places to try in a file of headers: VeraCrypt's backup of both slots or a longer
   * copy of a volume's start, the 1024 bytes of both old headers, or one bare header of either
   * kind.
   *
   * @throws NotAContainerException if the file's size is none of these
   */
  static List<HeaderSlot> headerFile(BlockDevice file, String name, @Nullable VolumeKind kind)
      throws NotAContainerException {
    if (file.size() == HeaderCodec.SIZE) {
      return List.of(inFile(file, 0, kind));
    }
    if (file.size() != OLD_HEADER_FILE && file.size() < SLOTS) {
      throw new NotAContainerException(
          name,
          "a file of headers has %d, %d, or at least %d bytes; this one has %d"
              .formatted(HeaderCodec.SIZE, OLD_HEADER_FILE, SLOTS, file.size()));
    }
    int hidden = file.size() == OLD_HEADER_FILE ? HeaderCodec.SIZE : SLOT;
    return only(kind, List.of(inFile(file, 0, NORMAL), inFile(file, hidden, HIDDEN)));
  }

  private static HeaderSlot withSlots(String name, BlockDevice host, long offset, VolumeKind kind) {
    return new HeaderSlot(
        name, host, offset, kind, FIRST_VERSION_WITH_SLOTS, HeaderCodec.NEWEST_VERSION);
  }

  private static HeaderSlot inFile(BlockDevice file, long offset, @Nullable VolumeKind kind) {
    String name = kind == null ? "header in the file" : kind.id() + " header in the file";
    return new HeaderSlot(name, file, offset, kind, OLDEST_VERSION, HeaderCodec.NEWEST_VERSION);
  }

  private static List<HeaderSlot> only(@Nullable VolumeKind kind, List<HeaderSlot> slots) {
    return slots.stream().filter(slot -> kind == null || slot.kind() == kind).toList();
  }

  private static List<HeaderSlot> demandAny(
      List<HeaderSlot> slots, BlockDevice host, String hostName, String wanted)
      throws NotAContainerException {
    if (slots.isEmpty()) {
      throw new NotAContainerException(
          hostName, "%d bytes are too short for %s".formatted(host.size(), wanted));
    }
    return slots;
  }
}
