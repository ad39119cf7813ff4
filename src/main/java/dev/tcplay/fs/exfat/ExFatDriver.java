package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.RepairOptions;
import dev.tcplay.fs.cluster.Findings;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;

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

  private static final String TYPE = "exFAT";

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

  /**
   * Makes an empty volume with the sizes that mkfs.exfat chooses, and a random serial number. The
   * only type is {@code exFAT}; the label has at most eleven UTF-16 units.
   */
  @Override
  public void format(BlockDevice volume, FormatOptions options) throws IOException {
    String type = options.type().orElse(TYPE);
    if (!type.equalsIgnoreCase(TYPE)) {
      throw new IllegalArgumentException("not a type of exFAT: " + type);
    }
    byte[] label = LabelEditor.encode(options.label());
    int serial = new SecureRandom().nextInt();
    ExFatLayout layout =
        ExFatLayout.of(volume.size(), volume.sectorSize(), options.start(), serial);
    new ExFatFormatter(volume, layout, label).format();
  }

  /** Finds what fsck.exfat finds, and clusters in use that no file owns. */
  @Override
  public void check(BlockDevice volume, MountOptions options, Consumer<Finding> findings)
      throws IOException {
    new ExFatCheck(volume, BootRegion.find(volume), new Findings(findings)).run();
  }

  /**
   * Mends what {@link ExFatRepair} names. A volume that would be mounted read-only is not written.
   */
  @Override
  public void repair(
      BlockDevice volume, MountOptions options, RepairOptions repair, Consumer<Finding> findings)
      throws IOException {
    new ExFatRepair(volume, options, repair).run(findings);
  }
}
