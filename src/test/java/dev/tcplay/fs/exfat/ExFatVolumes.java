package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.testing.KeptDevice;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;

/** Volumes with the clusters that a test wants, and short ways to mount them. */
final class ExFatVolumes {

  static final MountOptions OPTIONS = MountOptions.DEFAULT.withZone(ZoneOffset.UTC);

  private static final int CACHE = 4 << 20;
  private static final int SECTOR_SHIFT = 9;
  private static final int FAT_OFFSET = 24;
  private static final int UPCASE_BYTES = 5836;
  private static final int HARD_DISK = 0x80;
  private static final int UNKNOWN_PERCENT = 0xFF;

  private ExFatVolumes() {}

  /** Makes an empty volume that uses all of a device. */
  static void format(BlockDevice device, int clusterSize) throws IOException {
    format(device, clusterSize, Long.MAX_VALUE);
  }

  /**
   * Makes an empty volume.
   *
   * @param most how many clusters it has at most, as a volume may leave space at its end
   */
  static void format(BlockDevice device, int clusterSize, long most) throws IOException {
    long sectors = device.size() >> SECTOR_SHIFT;
    int perCluster = clusterSize >> SECTOR_SHIFT;
    long fatLength = ((sectors / perCluster * Integer.BYTES) >> SECTOR_SHIFT) + 1;
    long heap = FAT_OFFSET + fatLength;
    long clusters = Math.min(most, (sectors - heap) / perCluster);
    long bitmap = ((clusters + 7) / 8 + clusterSize - 1) / clusterSize;
    long upcase = (UPCASE_BYTES + clusterSize - 1L) / clusterSize;
    BootSector boot =
        new BootSector(
            0,
            sectors,
            FAT_OFFSET,
            fatLength,
            heap,
            clusters,
            Geometry.FIRST_CLUSTER + bitmap + upcase,
            0x1234ABCD,
            BootSector.REVISION,
            0,
            SECTOR_SHIFT,
            Integer.numberOfTrailingZeros(perCluster),
            1,
            HARD_DISK,
            UNKNOWN_PERCENT);
    ExFatLayout layout = new ExFatLayout(boot, Geometry.FIRST_CLUSTER + bitmap);
    new ExFatFormatter(device, layout, LabelEditor.encode(Optional.empty())).format();
  }

  /** Mounts a device with a cache over it; closing the volume leaves the device open. */
  static MountedVolume mount(BlockDevice device) throws IOException {
    return new ExFatDriver()
        .mount(new CachedDevice(new KeptDevice(device), CACHE, Duration.ZERO), OPTIONS);
  }
}
