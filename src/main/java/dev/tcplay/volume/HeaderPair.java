package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;

/**
 * The two places of a header in a host.
 *
 * @param primary the place of the header
 * @param backup the place of its backup
 * @param inOrder both, in the order in which they are written: first the one that did not open
 */
record HeaderPair(HeaderSlot primary, HeaderSlot backup, List<HeaderSlot> inOrder) {

  /**
   * Returns the places of a header that was opened, of a version with slots.
   *
   * @throws FileSystemException if the volume may not be whole, so that the place of the backup may
   *     hold data
   */
  static HeaderPair of(BlockDevice host, String hostName, UnlockedHeader header)
      throws IOException {
    DataArea area = header.locate(host.size(), hostName);
    if (area.cut() != null) {
      throw refusal(hostName, "its headers are left alone, as " + area.cut());
    }
    VolumeKind kind = header.fields().kind();
    long end = area.offset() + area.length() + TrueCryptLayout.SLOTS;
    if (kind == VolumeKind.NORMAL && end != host.size()) {
      throw refusal(hostName, "%d bytes follow its backup headers".formatted(host.size() - end));
    }
    return at(host, header);
  }

  /** Returns the places that a header of the layout with slots has in a host as it is now. */
  static HeaderPair at(BlockDevice host, UnlockedHeader header) {
    VolumeKind kind = header.fields().kind();
    HeaderSlot primary = place(header.family().layout().headers(host), kind);
    HeaderSlot backup = place(header.family().layout().backups(host), kind);
    boolean openedByBackup =
        header.slot().device() == host && header.slot().offset() == backup.offset();
    return new HeaderPair(
        primary, backup, openedByBackup ? List.of(primary, backup) : List.of(backup, primary));
  }

  private static HeaderSlot place(List<HeaderSlot> slots, VolumeKind kind) {
    return slots.stream()
        .filter(slot -> slot.kind() == kind)
        .filter(slot -> slot.newest() >= TrueCryptLayout.FIRST_VERSION_WITH_SLOTS)
        .findFirst()
        .orElseThrow();
  }

  private static FileSystemException refusal(String hostName, String reason) {
    return new FileSystemException(hostName, null, reason);
  }

  /** Returns whether the backup opened the volume. */
  boolean openedByBackup() {
    return inOrder.get(0).equals(primary);
  }
}
