package dev.tcplay.fs.crash;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.testing.KeptDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A file system whose volumes are cut off and judged: what these tests must know of it. */
public abstract class CrashFormat {

  private static final int CACHE = 4 << 20;

  /** Returns the driver that is tried. */
  protected abstract FileSystemDriver driver();

  /** Returns the options of a writer. */
  protected abstract MountOptions options();

  /** Makes a volume that holds what {@link #inherited} names. */
  protected abstract void format(BlockDevice volume) throws IOException;

  /** Returns the names of empty files in the root of a new volume; a slash behind: a directory. */
  protected List<String> inherited() {
    return List.of();
  }

  /** Returns the kinds of findings that any cut may leave. */
  protected abstract Set<String> leftovers();

  /** Returns the kinds of findings that a directory may have while it has two parents, too. */
  protected abstract Set<String> whileMoved();

  /** Returns the kind of finding that the old name of a file may have, when the file was cut. */
  protected abstract String cutShort();

  /** Returns the path that shares clusters with that of a finding, if it is of that kind. */
  protected abstract Optional<String> sharer(Finding finding);

  /**
   * Returns what an independent judge finds on a volume that was cut off and may not.
   *
   * @param shares whether two names of one file share its clusters
   * @param moved whether a directory has two parents
   */
  protected abstract List<String> judgeCut(Path image, boolean shares, boolean moved)
      throws IOException, InterruptedException;

  /** Returns what an independent judge finds of clusters that files share. */
  protected abstract List<String> judgeShared(Path image) throws IOException, InterruptedException;

  /** Returns all that an independent judge finds on a volume that was closed. */
  protected abstract List<String> judgeClosed(Path image) throws IOException, InterruptedException;

  /** Mounts a volume over nothing, for reading. */
  final MountedVolume read(BlockDevice device) throws IOException {
    return driver().mount(device, options().withReadOnly(true));
  }

  /** Mounts a volume with a cache over it; closing it leaves the device open. */
  final MountedVolume write(BlockDevice device) throws IOException {
    return driver()
        .mount(new CachedDevice(new KeptDevice(device), CACHE, Duration.ZERO), options());
  }

  final void check(BlockDevice device, Consumer<Finding> findings) throws IOException {
    driver().check(device, options().withReadOnly(true), findings);
  }
}
