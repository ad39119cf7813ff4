package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.ParsedOptions;
import java.io.IOException;
import java.util.Optional;

/**
 * Makes empty file systems of the kind that somebody wants. The driver is the one that is named, by
 * the option or as the type; else the one of small volumes, as long as they are small enough for
 * it. Immutable.
 */
final class FileSystemMaker {

  private static final String SMALL = "fat";
  private static final String LARGE = "exfat";

  /** The most sectors of a volume that is made without a word about its kind by {@link #SMALL}. */
  private static final long MOST_SMALL_SECTORS = 0xFFFF_FFFFL;

  private final FileSystemDriver small;
  private final FileSystemDriver large;
  private final FormatOptions how;

  private FileSystemMaker(FileSystemDriver small, FileSystemDriver large, FormatOptions how) {
    this.small = small;
    this.large = large;
    this.how = how;
  }

  /**
   * Finds the drivers.
   *
   * @throws IllegalArgumentException if {@link ContainerOptions#FILESYSTEM} names none
   */
  static FileSystemMaker of(ParsedOptions options, NewFileSystem wanted) {
    FormatOptions how =
        FormatOptions.DEFAULT
            .withType(wanted.type())
            .withLabel(wanted.label())
            .withZone(options.zone())
            .withCodePage(options.codePage());
    Optional<FileSystemDriver> byType = wanted.type().flatMap(Drivers::find);
    if (options.filesystem().isEmpty() && wanted.type().isEmpty()) {
      return new FileSystemMaker(Drivers.get(SMALL), Drivers.get(LARGE), how);
    }
    FileSystemDriver driver =
        options.filesystem().map(Drivers::get).or(() -> byType).orElseGet(() -> Drivers.get(SMALL));
    // A driver that is named as the type makes the one of its types that suits.
    boolean suits = byType.isPresent() && byType.get().name().equals(driver.name());
    return new FileSystemMaker(driver, driver, suits ? how.withType(Optional.empty()) : how);
  }

  /** Returns the same for a volume that begins at a byte of its disk. */
  FileSystemMaker at(long start) {
    return new FileSystemMaker(small, large, how.withStart(start));
  }

  /**
   * Makes the file system.
   *
   * @throws IllegalArgumentException if type, label or size do not suit; nothing was written
   * @throws IOException if the device fails
   */
  void format(BlockDevice volume) throws IOException {
    long sectors = volume.size() / volume.sectorSize();
    FileSystemDriver driver = sectors > MOST_SMALL_SECTORS ? large : small;
    try {
      driver.format(volume, how);
    } catch (UnsupportedOperationException e) {
      throw new IllegalArgumentException("the driver " + driver.name() + " makes no volumes", e);
    }
  }
}
