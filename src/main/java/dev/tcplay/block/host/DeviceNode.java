package dev.tcplay.block.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A block device of Linux by its number, and what the kernel tells of it: opening a device that is
 * read-only succeeds, also for writing, and so does opening one that the kernel itself has in use.
 * Elsewhere nothing is told.
 *
 * @param number the number, as the C library packs it
 * @param kernel where the kernel tells of devices by their numbers
 * @param mounts where it tells what is mounted
 */
record DeviceNode(long number, Path kernel, Path mounts) {

  private static final Path KERNEL = Path.of("/sys/dev/block");
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

  /** Bytes in a sector of most devices. */
  static final int USUAL_SECTOR = 512;

  /** Where a line of {@link #mounts} names the device, and where the directory. */
  private static final int DEVICE_FIELD = 2;

  private static final int PLACE_FIELD = 4;

  /** Returns the device of a node; empty if the path leads to something else. */
  static Optional<DeviceNode> of(Path file) throws IOException {
    return HostKind.of(file) == HostKind.BLOCK_DEVICE
            && Files.getAttribute(file, "unix:rdev") instanceof Long number
        ? Optional.of(new DeviceNode(number, KERNEL, MOUNTS))
        : Optional.empty();
  }

  /** Returns the number as the kernel writes it, {@code major:minor}. */
  private String name() {
    long major = (number >>> 8 & 0xFFF) | (number >>> 32 & ~0xFFFL);
    long minor = (number & 0xFF) | (number >>> 12 & 0xFFFF_FF00L);
    return major + ":" + minor;
  }

  /** Returns whether the kernel refuses all writes to the device. */
  boolean isReadOnly() {
    try {
      return Files.readString(kernel.resolve(name()).resolve("ro")).strip().equals("1");
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the bytes in a sector, which the device reads and writes as one; 512 if not told. */
  int sectorSize() {
    Path own = kernel.resolve(name());
    // A partition has the sectors of its disk, in whose folder its own one lies.
    for (Path queue : List.of(own.resolve("queue"), own.resolve("../queue"))) {
      try {
        return Integer.parseInt(Files.readString(queue.resolve("logical_block_size")).strip());
      } catch (IOException | NumberFormatException e) {
        // Asked in the next place, or not told.
      }
    }
    return USUAL_SECTOR;
  }

  /** Returns what the kernel uses the device for, so that nobody else may write it. */
  Optional<String> user() {
    Optional<String> place = mountedAt();
    return place.isPresent()
        ? Optional.of("the kernel, which has it mounted at " + place.get())
        : holders().map(names -> "the kernel, which has it mapped as " + names);
  }

  private Optional<String> mountedAt() {
    try (Stream<String> lines = Files.lines(mounts)) {
      return lines
          .map(line -> line.split(" "))
          .filter(fields -> fields.length > PLACE_FIELD && fields[DEVICE_FIELD].equals(name()))
          .map(fields -> fields[PLACE_FIELD])
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private Optional<String> holders() {
    TreeSet<String> names = new TreeSet<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(kernel.resolve(name()).resolve("holders"))) {
      entries.forEach(entry -> names.add(String.valueOf(entry.getFileName())));
    } catch (IOException | DirectoryIteratorException e) {
      // What is not told is not known.
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
  }
}
