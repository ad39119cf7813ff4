package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.CryptDevice;
import dev.tcplay.block.InsetDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.crypto.DataUnitCipher;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.EncryptedScope;
import dev.tcplay.model.VolumeInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A system drive whose header was opened: a disk of which one scope, a partition or all behind the
 * first track, is encrypted. Sectors outside of the scope pass as they are. Units count from the
 * start of the disk, wherever a partition of it is kept.
 *
 * <p>A drive whose encryption was not ended is shown read-only, since whoever goes on with it moves
 * the border and does not know of us. Closing wipes the keys; volumes that were made have their
 * own.
 */
public final class SystemDrive implements AutoCloseable {

  private static final String KIND = "system";

  /** An NTFS boot sector begins so; in ciphertext these bytes come once in 2^88. */
  private static final byte[] NTFS_BOOT_SECTOR = {
    (byte) 0xEB, 0x52, (byte) 0x90, 'N', 'T', 'F', 'S', ' ', ' ', ' ', ' '
  };

  private final UnlockedHeader header;
  private final EncryptedScope scope;

  /** Takes over a header whose scope was found lawful. */
  SystemDrive(UnlockedHeader header, EncryptedScope scope) {
    this.header = header;
    this.scope = scope;
  }

  /**
   * Opens the header of a system drive.
   *
   * @param disk the disk, or as much of its start as holds the header; it stays the caller's
   * @param diskName what exceptions call it
   * @param request what to open it with, for a system drive; the caller keeps and closes it
   * @throws IOException as {@link Unlocker#open} says
   */
  public static SystemDrive open(BlockDevice disk, String diskName, UnlockRequest request)
      throws IOException {
    UnlockedHeader header = Unlocker.unlock(disk, diskName, request);
    try {
      return of(header, diskName);
    } catch (CorruptHeaderException | RuntimeException | Error e) {
      header.close();
      throw e;
    }
  }

  /** Returns the drive of a header, which it takes over. */
  static SystemDrive of(UnlockedHeader header, String diskName) throws CorruptHeaderException {
    return new SystemDrive(header, SystemFields.scope(header.fields(), header.slot(), diskName));
  }

  UnlockedHeader header() {
    return header;
  }

  /** Returns the encrypted part of the disk. */
  public EncryptedScope scope() {
    return scope;
  }

  /**
   * Returns the whole disk, its scope decrypted.
   *
   * @param disk the disk from its first sector on; the result closes it
   * @throws IOException if it cannot be read; the disk stays open then
   */
  public OpenedVolume disk(BlockDevice disk) throws IOException {
    return volume(disk, 0, scope.end(), info(disk.size()));
  }

  /** Returns the facts of the whole disk. */
  VolumeInfo info(long diskSize) {
    return header.info(KIND, 0, diskSize, 0, Optional.of(scope));
  }

  /**
   * Returns a partition of the disk that is kept in a host of its own.
   *
   * @param host holds the partition, and nothing before it; the result closes it, and shows nothing
   *     behind the partition
   * @param start where the partition begins on the disk, in bytes, a multiple of 512
   * @param length bytes in the partition
   * @throws IOException if the host cannot be read; it stays open then
   */
  public OpenedVolume partition(BlockDevice host, long start, long length) throws IOException {
    long there = Math.min(host.size(), length);
    VolumeInfo info = header.info(KIND, 0, there, unit(start), Optional.of(scope));
    if (there == host.size()) {
      return volume(host, start, start + length, info);
    }
    OpenedVolume opened =
        volume(LinearDevice.readOnly(host, 0, length), start, start + length, info);
    List<String> told = new ArrayList<>(opened.warnings());
    told.add(
        "the host is %d bytes longer than the partition, so it may be another one"
            .formatted(host.size() - length));
    return new OpenedVolume(opened.plaintext(), info, List.copyOf(told));
  }

  /**
   * Decrypts what a host has of the scope.
   *
   * @param origin where on the disk the host begins
   * @param end where on the disk it should end at the earliest
   */
  private OpenedVolume volume(BlockDevice host, long origin, long end, VolumeInfo info)
      throws IOException {
    List<String> told = new ArrayList<>(header.warnings());
    String cut = cut(host.size(), end - origin);
    if (cut != null) {
      told.add(cut);
    }
    if (scope.isPartial()) {
      told.add(
          "only %d of the %d bytes of the scope, up to %d, are encrypted: encryption or decryption was not ended"
              .formatted(scope.encrypted(), scope.length(), scope.encryptedUpTo()));
    }
    long from = inside(host, scope.start() - origin);
    long to = inside(host, scope.encryptedUpTo() - origin);
    boolean hasStart = origin + from == scope.start() && to > from;
    if (hasStart && beginsAsNtfs(host, from)) {
      from += DataUnitCipher.DATA_UNIT;
    }
    BlockDevice encrypted = LinearDevice.shared(host, from, to - from);
    BlockDevice decrypted = new CryptDevice(encrypted, header.dataCipher(), unit(origin + from));
    boolean readOnly = cut != null || scope.isPartial() || header.isDamaged();
    return new OpenedVolume(
        new InsetDevice(host, decrypted, from, readOnly), info, List.copyOf(told));
  }

  private static @Nullable String cut(long size, long expected) {
    return size >= expected
        ? null
        : "the disk or partition was cut at %d bytes: %d are missing"
            .formatted(size, expected - size);
  }

  /** Returns the nearest position in a host that is a multiple of the data unit. */
  private static long inside(BlockDevice host, long position) {
    return Math.max(0, Math.min(position, host.size())) & -DataUnitCipher.DATA_UNIT;
  }

  /**
   * Windows may write the boot sector of its volume, where that begins with the scope, past the
   * encryption. VeraCrypt passes such a sector as it is, and so do we, in both directions.
   */
  private static boolean beginsAsNtfs(BlockDevice host, long position) throws IOException {
    byte[] start = new byte[NTFS_BOOT_SECTOR.length];
    host.read(position, start, 0, start.length);
    return Arrays.equals(start, NTFS_BOOT_SECTOR);
  }

  /** Returns the number of the data unit at a position of the disk, in bytes. */
  public static long unit(long position) {
    return position / DataUnitCipher.DATA_UNIT;
  }

  /** Wipes the keys of the header. */
  @Override
  public void close() {
    header.close();
  }
}
