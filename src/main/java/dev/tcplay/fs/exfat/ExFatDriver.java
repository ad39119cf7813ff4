package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import java.io.IOException;
import java.util.List;

/**
 * exFAT.
 *
 * <p>A volume is mounted when every field of its boot region is lawful and its root directory leads
 * to a bitmap and an up-case table. One whose main boot region is damaged may be read by its
 * backup. The volume's {@linkplain MountedVolume#warnings warnings} say so, and it is read-only
 * then, as it is when it has two tables, when its up-case table is damaged, or when the boot sector
 * gives it more than there is.
 */
public final class ExFatDriver implements FileSystemDriver {

  /** Makes the driver; called by the service loader. */
  public ExFatDriver() {}

  @Override
  public String name() {
    return "exfat";
  }

  @Override
  public int probe(BlockDevice volume) throws IOException {
    return BootRegion.probe(volume);
  }

  @Override
  public boolean canWrite(boolean named) {
    return true;
  }

  @Override
  public MountedVolume mount(BlockDevice volume, MountOptions options) throws IOException {
    VolumeParts parts = VolumeParts.find(volume);
    List<String> obstacles = parts.obstacles(volume.size());
    boolean readOnly = options.readOnly() || volume.isReadOnly() || !obstacles.isEmpty();
    return new ExFatVolume(volume, parts, List.copyOf(obstacles), options, readOnly);
  }
}
