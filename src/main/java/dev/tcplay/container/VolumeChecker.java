package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.RepairOptions;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.ParsedOptions;
import dev.tcplay.model.VolumeFinding;
import dev.tcplay.model.VolumeRepair;
import dev.tcplay.volume.OpenedVolume;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks and repairs the file systems in containers. */
public final class VolumeChecker {

  private final Path container;
  private final ParsedOptions options;

  private VolumeChecker(Path container, ParsedOptions options) {
    this.container = container;
    this.options = options;
  }

  /**
   * Looks for damage of the file system in a container.
   *
   * @param env how to open the container, as {@link ContainerOptions} says
   * @param repair how to mend what is found; empty to write nothing
   * @throws IllegalArgumentException as {@link dev.tcplay.ContainerOpener#check} says
   * @throws IOException as {@link dev.tcplay.ContainerOpener#check} says
   */
  public static void check(
      Path container,
      Map<String, ?> env,
      Optional<VolumeRepair> repair,
      Consumer<VolumeFinding> findings)
      throws IOException {
    try (ParsedOptions options = ContainerOptions.parse(env)) {
      HostCheck.check(container, env);
      new VolumeChecker(container, options).check(repair, findings);
    } catch (FileSystemException e) {
      throw e.getFile() == null ? NamedFailures.of(e, container, null) : e;
    }
  }

  private void check(Optional<VolumeRepair> repair, Consumer<VolumeFinding> findings)
      throws IOException {
    Drivers drivers = Drivers.named(options.filesystem());
    MountOptions how = MountedContainer.mountOptions(repair.isEmpty(), drivers, options);
    OpenedVolume opened = open(repair.isPresent());
    try (Closer all = new Closer()) {
      all.add(opened.plaintext());
      BlockDevice volume =
          all.add(PartitionChoice.forMounting(container, opened, drivers).plaintext());
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
  private OpenedVolume open(boolean writing) throws IOException {
    if (!writing) {
      return Opening.reading(container, options, "the check of " + container)
          .openCached(Duration.ZERO);
    }
    Opening opening = Opening.writing(container, options, "the repair of " + container);
    return opening.writable(opening.openCached(Duration.ZERO));
  }

  private static VolumeFinding ofDriver(Finding finding) {
    return new VolumeFinding(finding.kind(), finding.path(), finding.text(), finding.mended());
  }
}
