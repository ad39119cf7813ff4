package dev.tcplay.nio;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.RepairOptions;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.NotAContainerException;
import dev.tcplay.model.ParsedOptions;
import dev.tcplay.model.VolumeFinding;
import dev.tcplay.model.VolumeRepair;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks and repairs the file systems in containers. */
final class VolumeChecker {

  private final Path container;
  private final ParsedOptions options;

  private VolumeChecker(Path container, ParsedOptions options) {
    this.container = container;
    this.options = options;
  }

  /** Checks, as {@link dev.tcplay.model.ContainerMaker#check} says. */
  static void check(
      Path container,
      Map<String, ?> env,
      Optional<VolumeRepair> repair,
      Consumer<VolumeFinding> findings)
      throws IOException {
    try (ParsedOptions options = ContainerOptions.parse(env)) {
      Optional<String> refusal = HostCheck.refusal(container, env);
      if (refusal.isPresent()) {
        throw new NotAContainerException(container.toString(), refusal.get());
      }
      new VolumeChecker(container, options).check(repair, findings);
    } catch (FileSystemException e) {
      throw e.getFile() == null ? NamedFailures.of(e, container, null) : e;
    }
  }

  private void check(Optional<VolumeRepair> repair, Consumer<VolumeFinding> findings)
      throws IOException {
    Drivers drivers = Drivers.named(options.filesystem());
    MountOptions how =
        new MountOptions(repair.isEmpty(), drivers.isNamed(), options.zone(), options.codePage());
    try (BlockDevice volume = open(repair.isPresent())) {
      drivers.check(
          volume,
          how,
          repair.map(wanted -> new RepairOptions(wanted.keepLost())),
          finding -> findings.accept(ofDriver(finding)));
      if (repair.isPresent()) {
        volume.flush();
      }
    }
  }

  /** Returns the plaintext under a cache, which orders what a repair writes. */
  private BlockDevice open(boolean writing) throws IOException {
    try (Closer onFailure = new Closer()) {
      BlockDevice plaintext =
          onFailure.add(
              writing
                  ? ContainerMounter.openForWriting(
                      container, options, "the repair of " + container)
                  : ContainerMounter.openForReading(
                      container, options, "the check of " + container));
      BlockDevice cached =
          new CachedDevice(
              plaintext, options.cacheSize().orElseGet(CachedDevice::defaultBudget), Duration.ZERO);
      onFailure.release();
      return cached;
    }
  }

  private static VolumeFinding ofDriver(Finding finding) {
    return new VolumeFinding(finding.kind(), finding.path(), finding.text(), finding.mended());
  }
}
