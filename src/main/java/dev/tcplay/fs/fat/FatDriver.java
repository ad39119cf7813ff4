package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DosTime;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.GrownFileSystem;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.RepairOptions;
import dev.tcplay.fs.cluster.Findings;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * FAT12, FAT16 and FAT32 with long names.
 *
 * <p>A volume is mounted when every field of its boot sector that is needed is lawful. A FAT32
 * volume whose boot sector is not may be read by the backup that such volumes keep, and one whose
 * table is damaged at its start by a copy of that. The volume's {@linkplain MountedVolume#warnings
 * warnings} say so, and it is read-only then, as it is when the boot sector gives it more than
 * there is.
 */
public final class FatDriver implements FileSystemDriver {

  /** Makes the driver; called by the service loader. */
  public FatDriver() {}

  @Override
  public String name() {
    return "fat";
  }

  @Override
  public int probe(BlockDevice volume) throws IOException {
    return BootRegion.probe(volume);
  }

  @Override
  public MountedVolume mount(BlockDevice volume, MountOptions options) throws IOException {
    BootRegion region = BootRegion.find(volume);
    TableChoice choice = TableChoice.atStart(volume, region);
    BlockDevice view = choice.view(volume, region.geometry());
    boolean readOnly = options.readOnly() || view.isReadOnly() || !isSound(volume, region);
    List<String> warnings = warnings(volume, region, choice);
    boolean mayFallBack =
        readOnly
            && choice.fault() == null
            && region.boot().isMirrored()
            && region.boot().fats() > 1;
    if (!mayFallBack) {
      return new FatVolume(view, region, () -> warnings, options, readOnly);
    }
    TableFallback both = new TableFallback(view, region.geometry());
    return new FatVolume(
        both,
        region,
        () -> Stream.concat(warnings.stream(), both.warnings().stream()).toList(),
        options,
        true);
  }

  /** Returns whether all parts are where the boot sector says, so that nothing else is hit. */
  private static boolean isSound(BlockDevice volume, BootRegion region) {
    Geometry geometry = region.geometry();
    return region.damage() == null && geometry.length() <= volume.size() && geometry.hasWholeRoot();
  }

  @Override
  public boolean canWrite(boolean named) {
    return true;
  }

  /**
   * Makes an empty volume with the sizes that VeraCrypt chooses, and a random serial number. The
   * types are {@code FAT12}, {@code FAT16} and {@code FAT32}; the label has at most eleven bytes.
   */
  @Override
  public void format(BlockDevice volume, FormatOptions options) throws IOException {
    FatType type = options.type().map(FatDriver::type).orElse(null);
    FatLayout layout = FatLayout.of(volume.size(), volume.sectorSize(), type);
    byte[] label =
        options.label().map(text -> ShortName.encodeLabel(text, options.codePage())).orElse(null);
    DosTime now = DosTime.of(FileTime.from(Instant.now()), options.zone());
    int serial = new SecureRandom().nextInt();
    int hidden = hiddenSectors(options.start() / layout.sectorSize());
    new FatFormatter(volume, layout, serial, label, now, hidden).format();
  }

  /** The field has no room for a place behind 2^32 sectors; boot code alone reads it. */
  private static int hiddenSectors(long start) {
    return start >>> Integer.SIZE == 0 ? (int) start : 0;
  }

  /** Finds what fsck.fat finds, and a few things more. */
  @Override
  public void check(BlockDevice volume, MountOptions options, Consumer<Finding> findings)
      throws IOException {
    BootRegion region = BootRegion.find(volume);
    new FatCheck(volume, region, options, new Findings(findings)).run();
  }

  /**
   * Mends what {@link FatRepair} names. A volume that is not all there, or whose boot sector is
   * read by its backup, is not written.
   */
  @Override
  public void repair(
      BlockDevice volume, MountOptions options, RepairOptions repair, Consumer<Finding> findings)
      throws IOException {
    BootRegion region = BootRegion.find(volume);
    if (isSound(volume, region)) {
      new FatRepair(volume, region, options, repair).run(findings);
    } else {
      check(volume, options, findings);
    }
  }

  /**
   * Gives the volume the clusters that its table has room for, but never so many that it would be
   * of another type. One in which a check finds damage stays as it is.
   */
  @Override
  public GrownFileSystem grow(BlockDevice volume, MountOptions options) throws IOException {
    BootRegion region = BootRegion.find(volume);
    if (region.damage() != null) {
      throw new CorruptFileSystemException(null, region.damage());
    }
    return new FatGrowth(volume, region, options).run();
  }

  private static FatType type(String name) {
    for (FatType type : FatType.values()) {
      if (type.name().equalsIgnoreCase(name)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "not a type of FAT: " + name + ", as FAT12, FAT16 and FAT32 are");
  }

  private static List<String> warnings(BlockDevice volume, BootRegion region, TableChoice choice) {
    List<String> warnings = new ArrayList<>();
    Geometry geometry = region.geometry();
    if (region.damage() != null) {
      warnings.add("read by the backup boot sector: " + region.damage());
    }
    if (choice.fault() != null) {
      warnings.add(choice.fault().text());
    }
    if (!region.boot().hasSignature()) {
      warnings.add("the boot sector lacks the signature 55 AA at byte 510");
    }
    if (geometry.length() > volume.size()) {
      warnings.add(
          String.format(
              "the boot sector gives %d bytes, the container has %d",
              geometry.length(), volume.size()));
    }
    if (region.boot().isFat32() && region.boot().rootEntries() != 0) {
      warnings.add("root directory entries are not 0 as on FAT32; ignored");
    }
    if (!geometry.hasWholeRoot()) {
      warnings.add("root directory entries do not fill their last sector");
    }
    return List.copyOf(warnings);
  }
}
