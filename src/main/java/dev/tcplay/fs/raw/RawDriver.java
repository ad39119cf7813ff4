package dev.tcplay.fs.raw;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;

/**
 * Shows any volume as a directory with one file, {@code volume.img}, which is the volume byte for
 * byte. Serves volumes that hold no known file system, and any volume when asked for by name; only
 * then it writes, since what nobody recognised may hold more than nothing.
 */
public final class RawDriver implements FileSystemDriver {

  /** Makes the driver; called by the service loader. */
  public RawDriver() {}

  @Override
  public String name() {
    return "raw";
  }

  @Override
  public int probe(BlockDevice volume) {
    return FALLBACK;
  }

  @Override
  public boolean canWrite(boolean named) {
    return named;
  }

  @Override
  public MountedVolume mount(BlockDevice volume, MountOptions options) {
    boolean readOnly = options.readOnly() || !options.named() || volume.isReadOnly();
    return new RawVolume(volume, readOnly);
  }

  /** Does nothing, since any bytes are a volume of this driver, which has no types and no label. */
  @Override
  public void format(BlockDevice volume, FormatOptions options) {
    if (options.type().isPresent() || options.label().isPresent()) {
      throw new IllegalArgumentException("a raw volume has no type and no label");
    }
  }
}
