package dev.tcplay.volume;

import dev.tcplay.model.CorruptHeaderException;

/**
 * Turns a field that cannot be into the exception of its container.
 *
 * @param file name of the container
 */
record FieldRules(String file) {

  private static final int SMALLEST_SECTOR = 512;
  private static final int LARGEST_SECTOR = 4096;

  /** Throws unless a rule is kept; the text names the field. */
  void demand(boolean kept, String text) throws CorruptHeaderException {
    if (!kept) {
      throw new CorruptHeaderException(file, text);
    }
  }

  /** Demands that a field which need not be set is 0, or what it would have to be. */
  void demandImplied(String field, long stored, long implied) throws CorruptHeaderException {
    demand(
        stored == 0 || stored == implied,
        "%s %d: expected 0 or %d".formatted(field, stored, implied));
  }

  /** Throws unless a place has headers of this version that describe such a volume. */
  void checkPlace(VolumeHeader header, HeaderSlot slot) throws CorruptHeaderException {
    demand(
        header.version() >= slot.oldest() && header.version() <= slot.newest(),
        "header version %d: the %s has %d to %d"
            .formatted(header.version(), slot.name(), slot.oldest(), slot.newest()));
    demand(
        slot.kind() == null || slot.kind() == header.kind(),
        "hidden volume size %d in the %s".formatted(header.hiddenVolumeSize(), slot.name()));
  }

  /** Throws unless all flags are known. */
  void checkFlags(VolumeHeader header) throws CorruptHeaderException {
    int known = VolumeHeader.FLAG_SYSTEM | VolumeHeader.FLAG_IN_PLACE;
    demand((header.flags() & ~known) == 0, "flags 0x%x: unknown bits".formatted(header.flags()));
  }

  /** Throws unless the sector size is one that volumes have. */
  void checkSectorSize(VolumeHeader header) throws CorruptHeaderException {
    int sector = header.sectorSize();
    demand(
        sector >= SMALLEST_SECTOR && sector <= LARGEST_SECTOR && sector % SMALLEST_SECTOR == 0,
        "sector size %d: expected a multiple of 512 up to 4096".formatted(sector));
  }
}
