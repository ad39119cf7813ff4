package dev.tcplay.volume;

import static java.util.stream.Collectors.joining;

import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.DataUnitCipher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A volume that is to be made: how it is encrypted, and where its headers and its data stand.
 * Offsets and lengths are bytes.
 *
 * @param family the family that it belongs to
 * @param suite one of the family's
 * @param version header version, one of the family's
 * @param kind a hidden volume has slots
 * @param total size of the whole host, headers included, a multiple of the data unit
 * @param dataStart where the data begin
 * @param dataLength how long the data are
 * @param sectorSize bytes in a sector of the host, 512 of every file
 */
record NewVolume(
    HeaderFamily family,
    CipherSuite suite,
    int version,
    VolumeKind kind,
    long total,
    long dataStart,
    long dataLength,
    int sectorSize) {

  /** Bytes in a data unit, of which all places are multiples. */
  static final int UNIT = DataUnitCipher.DATA_UNIT;

  private static final int SMALL_RESERVE = 4096;
  private static final int LARGE_RESERVE = TrueCryptLayout.SLOTS;
  private static final long FIRST_SIZE_WITH_LARGE_RESERVE = 2 << 20;
  private static final Instant FILETIME_EPOCH = Instant.parse("1601-01-01T00:00:00Z");

  /**
   * Returns the family of a format that has a header version.
   *
   * @throws IllegalArgumentException naming the versions that the format has
   */
  static HeaderFamily family(VolumeFormat format, int version) {
    boolean veraCrypt = format == VolumeFormat.VERACRYPT;
    int oldest = veraCrypt ? TrueCryptLayout.FIRST_VERSION_WITH_SLOTS : 1;
    Arguments.demand(
        version >= oldest && version <= TrueCryptHeader.NEWEST_VERSION,
        "headerVersion: expected one of %s's, %d to %d, not %d"
            .formatted(format.displayName(), oldest, TrueCryptHeader.NEWEST_VERSION, version));
    if (veraCrypt) {
      return HeaderFamily.VERACRYPT;
    }
    return version < TrueCryptLayout.FIRST_VERSION_WITH_SIZES
        ? HeaderFamily.TRUECRYPT_1_TO_4
        : HeaderFamily.TRUECRYPT;
  }

  /**
   * Returns the mode of volumes of a header version.
   *
   * @param wanted null for that of most
   * @throws IllegalArgumentException if there are no such volumes
   */
  static CipherMode mode(int version, @Nullable CipherMode wanted) {
    List<CipherMode> modes =
        switch (version) {
          case 1 -> List.of(CipherMode.CBC);
          case 2 -> List.of(CipherMode.LRW, CipherMode.CBC);
          default -> List.of(CipherMode.XTS);
        };
    Arguments.demand(
        wanted == null || modes.contains(wanted),
        "mode: expected %s for header version %d"
            .formatted(modes.stream().map(CipherMode::id).collect(joining(" or ")), version));
    return wanted == null ? modes.get(0) : wanted;
  }

  /** Returns the bytes of a volume of a header version that are not data. */
  static int overhead(int version) {
    return hasSlots(version) ? 2 * TrueCryptLayout.SLOTS : TrueCryptLayout.OLD_DATA_START;
  }

  private static boolean hasSlots(int version) {
    return version >= TrueCryptLayout.FIRST_VERSION_WITH_SLOTS;
  }

  /** Returns the normal volume that fills a host. */
  static NewVolume normal(
      HeaderFamily family, CipherSuite suite, int version, long total, int sectorSize) {
    int start = hasSlots(version) ? TrueCryptLayout.SLOTS : TrueCryptLayout.OLD_DATA_START;
    long length = total - overhead(version);
    return new NewVolume(
        family, suite, version, VolumeKind.NORMAL, total, start, length, sectorSize);
  }

  /**
   * Returns the hidden volume at the end of a normal one, where VeraCrypt puts it.
   *
   * @param size the end of the normal volume's data that it takes, of which a reserve stays empty
   */
  static NewVolume hidden(
      HeaderFamily family, CipherSuite suite, int version, long total, long size, int sectorSize) {
    long start = total - TrueCryptLayout.SLOTS - size;
    return new NewVolume(
        family, suite, version, VolumeKind.HIDDEN, total, start, size - reserve(size), sectorSize);
  }

  /** Returns what stays empty behind the data of a hidden volume, of what it takes. */
  static int reserve(long size) {
    return size < FIRST_SIZE_WITH_LARGE_RESERVE ? SMALL_RESERVE : LARGE_RESERVE;
  }

  /** Returns whether headers stand in slots of their own, and again at the end. */
  boolean hasSlots() {
    return hasSlots(version);
  }

  /** Returns where the header stands, and its backup if there is one. */
  List<Long> headers() {
    long slot = kind == VolumeKind.NORMAL ? 0 : TrueCryptLayout.SLOT;
    return hasSlots() ? List.of(slot, total - TrueCryptLayout.SLOTS + slot) : List.of(0L);
  }

  /** Returns where the data end. */
  long dataEnd() {
    return dataStart + dataLength;
  }

  /** Returns up to where a quick volume may be a hole: behind it a hidden header may stand. */
  long holeEnd() {
    return hasSlots() ? dataEnd() : total - TrueCryptLayout.OLD_HIDDEN_FROM_END;
  }

  /** Returns the number of the first data unit. */
  long firstUnit() {
    return suite.firstUnit(dataStart);
  }

  /** Returns the fields of the header. */
  VolumeHeader fields(Instant made) {
    long size = version < TrueCryptLayout.FIRST_VERSION_WITH_SIZES ? 0 : dataLength;
    long time = hasSlots() ? 0 : fileTime(made);
    return new VolumeHeader(
        family.format(),
        version,
        minimumProgramVersion(),
        time,
        time,
        kind == VolumeKind.HIDDEN ? size : 0,
        size,
        hasSlots() ? dataStart : 0,
        size,
        0,
        version == TrueCryptHeader.NEWEST_VERSION ? sectorSize : 0);
  }

  private int minimumProgramVersion() {
    if (suite.mode() == CipherMode.CBC) {
      return 0x0100;
    }
    boolean trueCrypt = family.format() == VolumeFormat.TRUECRYPT;
    return switch (version) {
      case 3 -> 0x0500;
      case 4 -> trueCrypt ? 0x0600 : family.minimumProgramVersion();
      default -> family.minimumProgramVersion();
    };
  }

  /** Returns a time in 100 ns since 1601, as Windows counts it. */
  private static long fileTime(Instant time) {
    return Duration.between(FILETIME_EPOCH, time).dividedBy(Duration.ofNanos(100));
  }
}
