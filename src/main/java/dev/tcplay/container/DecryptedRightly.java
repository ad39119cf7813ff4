package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.model.EncryptedScope;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.partition.Partition;
import dev.tcplay.partition.PartitionTable;
import dev.tcplay.volume.Likeness;
import java.io.IOException;

/** Tells whether a header decrypts what is behind it, by what that looks like. */
final class DecryptedRightly {

  private DecryptedRightly() {}

  /**
   * Returns whether a volume holds a file system that a driver recognises or that is known by its
   * mark, or a partition table; of a system drive, whose table is in clear, whether an encrypted
   * part of it does.
   *
   * @param plaintext the volume, or the whole disk
   * @param drivers what may recognise it
   * @throws IOException if it cannot be read
   */
  static boolean looksSo(BlockDevice plaintext, VolumeInfo info, Drivers drivers)
      throws IOException {
    if (info.scope().isEmpty()) {
      return isVolume(plaintext, drivers) || PartitionTable.read(plaintext).isPresent();
    }
    EncryptedScope scope = info.scope().get();
    if (isVolume(part(plaintext, scope.start(), scope.length()), drivers)) {
      return true;
    }
    for (Partition partition : SystemPartitions.of(plaintext, scope).fitting()) {
      if (isVolume(part(plaintext, partition.start(), partition.length()), drivers)) {
        return true;
      }
    }
    return false;
  }

  private static BlockDevice part(BlockDevice disk, long start, long length) {
    long from = Math.min(start, disk.size());
    return LinearDevice.shared(disk, from, Math.min(length, disk.size() - from));
  }

  private static boolean isVolume(BlockDevice plaintext, Drivers drivers) throws IOException {
    return drivers.recognise(plaintext) || Likeness.volumeType(plaintext).isPresent();
  }
}
