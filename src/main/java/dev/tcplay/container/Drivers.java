package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.GrownFileSystem;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.RepairOptions;
import dev.tcplay.model.ContainerOptions;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The file-system drivers that are asked about a volume. What a driver throws that it must not
 * becomes a {@link FileSystemException} that names the driver.
 */
final class Drivers {

  private final List<FileSystemDriver> candidates;
  private final boolean named;
  private final String missed;

  private Drivers(List<FileSystemDriver> candidates, boolean named, String missed) {
    this.candidates = candidates;
    this.named = named;
    this.missed = missed;
  }

  /**
   * Finds the drivers, as {@link DriverSearch} says.
   *
   * @param name the name of the only one wanted
   * @throws IllegalArgumentException if there is no driver of that name
   */
  static Drivers named(Optional<String> name) {
    DriverSearch search = new DriverSearch();
    if (name.isEmpty()) {
      return new Drivers(List.copyOf(search.all()), false, search.failures());
    }
    FileSystemDriver wanted = search.drivers().get(name.get());
    if (wanted == null) {
      throw new IllegalArgumentException(
          ContainerOptions.FILESYSTEM
              + " must be one of "
              + new TreeSet<>(search.drivers().keySet())
              + " but was "
              + name.get()
              + search.failures());
    }
    return new Drivers(List.of(wanted), true, "");
  }

  /** Returns the driver of a name. */
  static FileSystemDriver get(String name) {
    return named(Optional.of(name)).candidates.get(0);
  }

  /** Returns the driver of a name in any case, empty if there is none. */
  static Optional<FileSystemDriver> find(String name) {
    return Optional.ofNullable(new DriverSearch().drivers().get(name.toLowerCase(Locale.ROOT)));
  }

  /** Returns whether the caller named the driver. */
  boolean isNamed() {
    return named;
  }

  /**
   * Returns whether a volume may come out writable.
   *
   * @throws FileSystemException if a driver fails
   */
  boolean canWrite() throws IOException {
    for (FileSystemDriver candidate : candidates) {
      if (guarded(candidate, "canWrite", () -> candidate.canWrite(named))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether one of the drivers knows a volume for its own. One that shows any volume knows
   * none so, unless the caller named it.
   *
   * @throws IOException if the device or a driver fails
   */
  boolean recognise(BlockDevice volume) throws IOException {
    int least = named ? FileSystemDriver.NOT_MINE : FileSystemDriver.FALLBACK;
    for (FileSystemDriver candidate : candidates) {
      if (guarded(candidate, "probe", () -> candidate.probe(volume)) > least) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the type of the file system on a volume that is {@linkplain #recognise recognised}: the
   * driver's name where it is too damaged to be mounted.
   *
   * @param volume what closing does no harm to
   * @throws IOException if the device or a driver fails
   */
  String type(BlockDevice volume, MountOptions options) throws IOException {
    FileSystemDriver driver = named ? candidates.get(0) : best(volume);
    return guarded(
        driver,
        "mount",
        () -> {
          try (MountedVolume mounted = driver.mount(volume, options.withReadOnly(true))) {
            return mounted.type();
          } catch (FileSystemException e) {
            return driver.name();
          }
        });
  }

  /**
   * Mounts a volume by the driver that was named, else by the one that knows it best; of several
   * that know it as well, the first.
   *
   * @throws IOException if none knows it, a driver fails, or it cannot be mounted
   */
  MountedVolume mount(BlockDevice volume, MountOptions options) throws IOException {
    FileSystemDriver driver = named ? candidates.get(0) : best(volume);
    return guarded(driver, "mount", () -> driver.mount(volume, options));
  }

  /**
   * Mounts a volume as {@link #mount(BlockDevice, MountOptions)} does.
   *
   * @param place names the failures in which the driver names no file
   */
  MountedVolume mount(Path place, BlockDevice volume, MountOptions options) throws IOException {
    try {
      return mount(volume, options);
    } catch (FileSystemException e) {
      throw e.getFile() == null ? NamedFailures.of(e, place, null) : e;
    }
  }

  /**
   * Checks a volume, and repairs it if asked, by the driver that would mount it.
   *
   * @throws FileSystemException if that driver does not check or repair, or no driver knows it
   */
  void check(
      BlockDevice volume,
      MountOptions options,
      Optional<RepairOptions> repair,
      Consumer<Finding> findings)
      throws IOException {
    FileSystemDriver driver = named ? candidates.get(0) : best(volume);
    guarded(
        driver,
        "check",
        () -> {
          try {
            if (repair.isPresent()) {
              driver.repair(volume, options, repair.get(), findings);
            } else {
              driver.check(volume, options, findings);
            }
          } catch (UnsupportedOperationException e) {
            throw new FileSystemException(null, null, String.valueOf(e.getMessage()));
          }
          return driver;
        });
  }

  /**
   * Lets the file system of a volume that is {@linkplain #recognise recognised} grow.
   *
   * @return what became of it, empty if its driver lets none grow
   * @throws IOException if the device or the driver fails
   */
  Optional<GrownFileSystem> grow(BlockDevice volume, MountOptions options) throws IOException {
    FileSystemDriver driver = named ? candidates.get(0) : best(volume);
    return guarded(
        driver,
        "grow",
        () -> {
          try {
            return Optional.of(driver.grow(volume, options));
          } catch (UnsupportedOperationException e) {
            return Optional.empty();
          }
        });
  }

  private FileSystemDriver best(BlockDevice volume) throws IOException {
    FileSystemDriver best = null;
    int highest = FileSystemDriver.NOT_MINE;
    for (FileSystemDriver candidate : candidates) {
      int rank = guarded(candidate, "probe", () -> candidate.probe(volume));
      if (rank > highest) {
        best = candidate;
        highest = rank;
      }
    }
    if (best == null) {
      throw new FileSystemException(
          null, null, "no driver knows the file system of the volume" + missed);
    }
    return best;
  }

  /** A call of a driver. */
  private interface Call<T> {
    T run() throws IOException;
  }

  /** A driver that was built for another version of the library fails with a linkage error. */
  private static <T> T guarded(FileSystemDriver driver, String method, Call<T> call)
      throws IOException {
    try {
      return Objects.requireNonNull(call.run(), "null was returned");
    } catch (RuntimeException | LinkageError e) {
      FileSystemException failure =
          new FileSystemException(
              null, null, "the driver " + driver.name() + " failed in " + method + ": " + e);
      failure.initCause(e);
      throw failure;
    }
  }
}
