package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.VolumeTooSmallException;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.ParsedOptions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes empty file systems of the kind that somebody wants. The driver is the one that is named, by
 * the option or as the type; else the one of small volumes, as long as they are small enough for
 * it. Immutable.
 */
final class FileSystemMaker {

  private static final String SMALL = "fat";
  private static final String LARGE = "exfat";

  /** The types of {@link #SMALL}, which is meant where nobody names a driver. */
  private static final List<String> SMALL_TYPES = List.of("fat12", "fat16", "fat32");

  /** The most sectors of a volume that is made without a word about its kind by {@link #SMALL}. */
  private static final long MOST_SMALL_SECTORS = 0xFFFF_FFFFL;

  private final FileSystemDriver small;
  private final FileSystemDriver large;
  private final FormatOptions how;

  /** The bytes of what the volume is made in, if they are known. */
  private final OptionalLong whole;

  private FileSystemMaker(
      FileSystemDriver small, FileSystemDriver large, FormatOptions how, OptionalLong whole) {
    this.small = small;
    this.large = large;
    this.how = how;
    this.whole = whole;
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
      return new FileSystemMaker(Drivers.get(SMALL), Drivers.get(LARGE), how, OptionalLong.empty());
    }
    if (options.filesystem().isEmpty() && byType.isEmpty()) {
      checkSmallType(wanted.type().orElseThrow());
    }
    FileSystemDriver driver =
        options.filesystem().map(Drivers::get).or(() -> byType).orElseGet(() -> Drivers.get(SMALL));
    // A driver that is named as the type makes the one of its types that suits.
    boolean suits = byType.isPresent() && byType.get().name().equals(driver.name());
    return new FileSystemMaker(
        driver, driver, suits ? how.withType(Optional.empty()) : how, OptionalLong.empty());
  }

  private static void checkSmallType(String type) {
    if (SMALL_TYPES.stream().noneMatch(type::equalsIgnoreCase)) {
      throw new IllegalArgumentException(
          "not a type of file system that can be made: "
              + type
              + "; there are "
              + String.join(", ", SMALL_TYPES)
              + " and "
              + LARGE);
    }
  }

  /** Returns the same for a volume that begins at a byte of its disk. */
  FileSystemMaker at(long start) {
    return new FileSystemMaker(small, large, how.withStart(start), whole);
  }

  /** Returns the same for a volume that is the larger part of so many bytes, for refusals. */
  FileSystemMaker within(long whole) {
    return new FileSystemMaker(small, large, how, OptionalLong.of(whole));
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
    } catch (VolumeTooSmallException e) {
      throw whole.isPresent() ? e.inWhole(whole.getAsLong()) : e;
    } catch (UnsupportedOperationException e) {
      throw new IllegalArgumentException("the driver " + driver.name() + " makes no volumes", e);
    }
  }
}
