package dev.tcplay.nio;

import dev.tcplay.ContainerOptions;
import dev.tcplay.NotAContainerException;
import dev.tcplay.VolumeFinding;
import dev.tcplay.VolumeRepair;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.RepairOptions;
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
  private final ContainerOptions options;

  private VolumeChecker(Path container, ContainerOptions options) {
    this.container = container;
    this.options = options;
  }

  /** Checks, as {@link dev.tcplay.ContainerMaker#check} says. */
  static void check(
      Path container,
      Map<String, ?> env,
      Optional<VolumeRepair> repair,
      Consumer<VolumeFinding> findings)
      throws IOException {
    try (ContainerOptions options = ContainerOptions.parse(env)) {
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
        MountOptions.DEFAULT
            .withReadOnly(repair.isEmpty())
            .withNamed(drivers.isNamed())
            .withZone(options.zone())
            .withCodePage(options.codePage());
    try (BlockDevice volume = open(repair.isPresent())) {
      drivers.check(
          volume,
          how,
          repair.map(wanted -> RepairOptions.DEFAULT.withKeepLost(wanted.keepLost())),
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
