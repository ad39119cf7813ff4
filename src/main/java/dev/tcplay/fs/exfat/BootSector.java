package dev.tcplay.fs.exfat;

import dev.tcplay.fs.CorruptFileSystemException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The fields of a main or backup boot sector, each within its range. Immutable. Names are those of
 * the exFAT specification, section 3.1.
 *
 * @param partitionOffset sectors before the volume on its disk, for boot code; unsigned
 * @param volumeLength sectors of the volume; unsigned
 * @param fatOffset the sector at which the first table begins
 * @param fatLength sectors of one table
 * @param clusterHeapOffset the sector at which cluster 2 begins
 * @param clusterCount the number of clusters; the last one is {@code clusterCount + 1}
 * @param firstClusterOfRootDirectory where the root directory begins
 * @param volumeSerialNumber the serial number
 * @param fileSystemRevision the version: the major one in the upper byte
 * @param volumeFlags the flags, of which the constants here are known
 * @param bytesPerSectorShift the exponent of bytes in a sector, 9 to 12
 * @param sectorsPerClusterShift the exponent of sectors in a cluster
 * @param numberOfFats how many tables there are, 2 on a TexFAT volume
 * @param driveSelect what boot code calls the disk
 * @param percentInUse how full the volume is, 0 to 100, or 255 if that is not known
 */
record BootSector(
    long partitionOffset,
    long volumeLength,
    long fatOffset,
    long fatLength,
    long clusterHeapOffset,
    long clusterCount,
    long firstClusterOfRootDirectory,
    int volumeSerialNumber,
    int fileSystemRevision,
    int volumeFlags,
    int bytesPerSectorShift,
    int sectorsPerClusterShift,
    int numberOfFats,
    int driveSelect,
    int percentInUse) {

  /** Bytes of the sector that hold fields, however large the sector is. */
  static final int BYTES = 512;

  /** Where the flags stand in the sector. */
  static final int VOLUME_FLAGS_POSITION = 106;

  /** Where the percentage in use stands in the sector. */
  static final int PERCENT_IN_USE_POSITION = 112;

  /** The flag that the second table and allocation bitmap are the live ones. */
  static final int ACTIVE_FAT = 1;

  /** The flag that the volume is in use, or was not closed in order. */
  static final int VOLUME_DIRTY = 1 << 1;

  /** The flag that the medium has failed. */
  static final int MEDIA_FAILURE = 1 << 2;

  /** The flag that means nothing, and is cleared before anything is changed. */
  static final int CLEAR_TO_ZERO = 1 << 3;

  /** The version that is written. */
  static final int REVISION = 0x0100;

  /** The most clusters that a volume can have: higher numbers have a meaning in the table. */
  static final long MOST_CLUSTERS = 0xFFFF_FFF5L;

  private static final int FIRST_CLUSTER = 2;
  private static final byte[] JUMP = {(byte) 0xEB, 0x76, (byte) 0x90};
  private static final byte[] NAME = "EXFAT   ".getBytes(StandardCharsets.US_ASCII);
  private static final int FIRST_FIELD = 64;
  private static final int LEAST_FAT_OFFSET = 24;
  private static final int LEAST_BYTES_SHIFT = 20;
  private static final int MOST_CLUSTER_SHIFT = 25;
  private static final long MOST_U32 = 0xFFFF_FFFFL;

  /** Returns whether a sector bears the file system's name and the mark of a boot sector. */
  static boolean bearsMarks(byte[] sector) {
    return Arrays.equals(sector, 3, 11, NAME, 0, NAME.length)
        && (sector[510] & 0xFF) == 0x55
        && (sector[511] & 0xFF) == 0xAA;
  }

  /**
   * Reads the fields.
   *
   * @param sector the first {@value #BYTES} bytes of the sector, or more
   * @throws CorruptFileSystemException if one is out of its range; the reason names it
   */
  static BootSector parse(byte[] sector) throws CorruptFileSystemException {
    checkFrame(sector);
    ByteBuffer fields = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
    BootSector boot =
        new BootSector(
            fields.getLong(64),
            fields.getLong(72),
            fields.getInt(80) & MOST_U32,
            fields.getInt(84) & MOST_U32,
            fields.getInt(88) & MOST_U32,
            fields.getInt(92) & MOST_U32,
            fields.getInt(96) & MOST_U32,
            fields.getInt(100),
            fields.getShort(104) & 0xFFFF,
            fields.getShort(VOLUME_FLAGS_POSITION) & 0xFFFF,
            sector[108] & 0xFF,
            sector[109] & 0xFF,
            sector[110] & 0xFF,
            sector[111] & 0xFF,
            sector[PERCENT_IN_USE_POSITION] & 0xFF);
    boot.checkShapes();
    boot.checkPlaces();
    return boot;
  }

  private static void checkFrame(byte[] sector) throws CorruptFileSystemException {
    check(Arrays.equals(sector, 3, 11, NAME, 0, NAME.length), "FileSystemName is not EXFAT");
    check(Arrays.equals(sector, 0, JUMP.length, JUMP, 0, JUMP.length), "JumpBoot is not EB 76 90");
    for (int i = 11; i < FIRST_FIELD; i++) {
      check(sector[i] == 0, "MustBeZero is %02X at byte %d", sector[i], i);
    }
    check(
        (sector[510] & 0xFF) == 0x55 && (sector[511] & 0xFF) == 0xAA,
        "BootSignature is %02X %02X, not 55 AA",
        sector[510],
        sector[511]);
  }

  private void checkShapes() throws CorruptFileSystemException {
    check(
        bytesPerSectorShift >= 9 && bytesPerSectorShift <= 12,
        "BytesPerSectorShift is %d, not 9 to 12",
        bytesPerSectorShift);
    check(
        sectorsPerClusterShift <= MOST_CLUSTER_SHIFT - bytesPerSectorShift,
        "SectorsPerClusterShift is %d, more than %d",
        sectorsPerClusterShift,
        MOST_CLUSTER_SHIFT - bytesPerSectorShift);
    check(numberOfFats == 1 || numberOfFats == 2, "NumberOfFats is %d, not 1 or 2", numberOfFats);
    check(
        fileSystemRevision >> 8 == 1,
        "FileSystemRevision is %d.%02d, not of version 1",
        fileSystemRevision >> 8,
        fileSystemRevision & 0xFF);
  }

  private void checkPlaces() throws CorruptFileSystemException {
    check(
        Long.compareUnsigned(volumeLength, 1L << (LEAST_BYTES_SHIFT - bytesPerSectorShift)) >= 0,
        "VolumeLength is %s sectors, less than 1 MiB",
        Long.toUnsignedString(volumeLength));
    check(
        clusterCount >= 1 && clusterCount <= MOST_CLUSTERS,
        "ClusterCount is %d, not 1 to %d",
        clusterCount,
        MOST_CLUSTERS);
    check(fatOffset >= LEAST_FAT_OFFSET, "FatOffset is %d, less than 24", fatOffset);
    long entries = clusterCount + FIRST_CLUSTER;
    check(
        fatLength << bytesPerSectorShift >= entries * Integer.BYTES,
        "FatLength is %d sectors, too few for %d clusters",
        fatLength,
        clusterCount);
    check(
        clusterHeapOffset >= fatOffset + fatLength * numberOfFats,
        "ClusterHeapOffset is %d, but the tables end at sector %d",
        clusterHeapOffset,
        fatOffset + fatLength * numberOfFats);
    check(
        Long.compareUnsigned(volumeLength, clusterHeapOffset) > 0
            && Long.compareUnsigned(
                    clusterCount, (volumeLength - clusterHeapOffset) >>> sectorsPerClusterShift)
                <= 0,
        "ClusterCount is %d, more than fit into VolumeLength, %s sectors",
        clusterCount,
        Long.toUnsignedString(volumeLength));
    check(
        firstClusterOfRootDirectory >= FIRST_CLUSTER && firstClusterOfRootDirectory < entries,
        "FirstClusterOfRootDirectory is %d, not 2 to %d",
        firstClusterOfRootDirectory,
        clusterCount + 1);
  }

  private static void check(boolean isLawful, String reason, Object... values)
      throws CorruptFileSystemException {
    if (!isLawful) {
      throw new CorruptFileSystemException(
          null, "exFAT boot sector: " + String.format(Locale.ROOT, reason, values));
    }
  }

  /** Returns the bytes in a sector. */
  int bytesPerSector() {
    return 1 << bytesPerSectorShift;
  }

  /** Returns the bytes in a cluster, at most 32 MiB. */
  int bytesPerCluster() {
    return 1 << (bytesPerSectorShift + sectorsPerClusterShift);
  }

  /** Returns whether a flag is set. */
  boolean has(int flag) {
    return (volumeFlags & flag) != 0;
  }

  /** Returns whether two sectors differ at most in what changes while a volume is mounted. */
  boolean isCopyOf(BootSector other) {
    return withState(0, 0).equals(other.withState(0, 0));
  }

  /** Returns these fields with other flags and another percentage in use. */
  BootSector withState(int flags, int percent) {
    return new BootSector(
        partitionOffset,
        volumeLength,
        fatOffset,
        fatLength,
        clusterHeapOffset,
        clusterCount,
        firstClusterOfRootDirectory,
        volumeSerialNumber,
        fileSystemRevision,
        flags,
        bytesPerSectorShift,
        sectorsPerClusterShift,
        numberOfFats,
        driveSelect,
        percent);
  }

  /** Returns the sector as it is on disk, without boot code and without what follows byte 511. */
  byte[] encode() {
    byte[] sector = new byte[BYTES];
    System.arraycopy(JUMP, 0, sector, 0, JUMP.length);
    System.arraycopy(NAME, 0, sector, JUMP.length, NAME.length);
    ByteBuffer.wrap(sector)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(64, partitionOffset)
        .putLong(72, volumeLength)
        .putInt(80, (int) fatOffset)
        .putInt(84, (int) fatLength)
        .putInt(88, (int) clusterHeapOffset)
        .putInt(92, (int) clusterCount)
        .putInt(96, (int) firstClusterOfRootDirectory)
        .putInt(100, volumeSerialNumber)
        .putShort(104, (short) fileSystemRevision)
        .putShort(VOLUME_FLAGS_POSITION, (short) volumeFlags)
        .put(108, (byte) bytesPerSectorShift)
        .put(109, (byte) sectorsPerClusterShift)
        .put(110, (byte) numberOfFats)
        .put(111, (byte) driveSelect)
        .put(PERCENT_IN_USE_POSITION, (byte) percentInUse)
        .put(510, (byte) 0x55)
        .put(511, (byte) 0xAA);
    return sector;
  }
}
