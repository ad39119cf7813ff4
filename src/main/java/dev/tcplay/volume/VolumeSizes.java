package dev.tcplay.volume;

/** The sizes that volumes may have, in bytes; those of VeraCrypt. */
public final class VolumeSizes {

  /** The smallest volume that VeraCrypt makes, headers included. */
  public static final long MIN_SIZE = 299_008;

  /** The smallest volume of header version 1 to 3, which TrueCrypt made. */
  public static final long OLD_MIN_SIZE = 19_456;

  /** The largest volume, headers included: 1 PiB, the bound of XTS. */
  public static final long MAX_SIZE = 1L << 50;

  /**
   * The smallest hidden volume, as what it takes of the outer one: as much data as the smallest
   * normal one has, and the reserve behind them.
   */
  public static final long MIN_HIDDEN_SIZE = 40_960;

  /** What headers take of a volume with slots, half of it at each end. */
  public static final long HEADERS = 2L * TrueCryptLayout.SLOTS;

  private VolumeSizes() {}

  /**
   * Returns the size of a whole normal volume.
   *
   * @param wanted 0 for as much as is needed
   * @param contents bytes that the data area must have
   * @throws IllegalArgumentException if there are no such volumes
   */
  static long total(int version, long wanted, long contents) {
    long least = version < TrueCryptLayout.FIRST_VERSION_WITH_SLOTS ? OLD_MIN_SIZE : MIN_SIZE;
    long needed = contents + NewVolume.overhead(version);
    long total = wanted == 0 ? Math.max(needed, least) : wanted;
    Arguments.demand(
        total >= least && total <= MAX_SIZE && total % NewVolume.UNIT == 0,
        "size: expected a multiple of %d from %d to %d, not %d"
            .formatted(NewVolume.UNIT, least, MAX_SIZE, total));
    Arguments.demand(
        needed <= total,
        "size: expected at least %d for the contents, not %d".formatted(needed, total));
    return total;
  }

  /**
   * Checks what a hidden volume takes of its outer one.
   *
   * @param total size of the host
   * @param sectorSize bytes in a sector of the host, of which the volume takes whole ones
   * @throws IllegalArgumentException if there are no such volumes
   */
  static void checkHidden(int version, long size, long total, int sectorSize) {
    Arguments.demand(
        version >= TrueCryptLayout.FIRST_VERSION_WITH_SLOTS,
        "headerVersion: expected 4 or 5 for a hidden volume and its outer one, not " + version);
    long most = total - HEADERS;
    Arguments.demand(
        size >= MIN_HIDDEN_SIZE && size <= most && size % sectorSize == 0,
        "size: expected a multiple of %d from %d to %d for a hidden volume, not %d"
            .formatted(sectorSize, MIN_HIDDEN_SIZE, most, size));
  }
}
