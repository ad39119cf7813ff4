package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ForbiddenWriteException;
import dev.tcplay.block.GuardDevice;
import dev.tcplay.block.ZeroDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.ParsedOptions;
import dev.tcplay.model.PartitionInfo;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.volume.OpenedVolume;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;

/** Makes file systems in containers that exist. */
public final class FileSystemMaking {

  private FileSystemMaking() {}

  /**
   * Makes an empty file system in a container that exists.
   *
   * @param env how to open the container, as {@link ContainerOptions} says
   * @throws IllegalArgumentException as {@link dev.tcplay.ContainerOpener#makeFileSystem} says
   * @throws IOException as {@link dev.tcplay.ContainerOpener#makeFileSystem} says
   */
  public static void makeFileSystem(Path container, Map<String, ?> env, NewFileSystem wanted)
      throws IOException {
    try (ParsedOptions options = ContainerOptions.parse(env)) {
      if (options.overlay().isPresent()) {
        throw new IllegalArgumentException(
            ContainerOptions.OVERLAY + " would throw the new file system away");
      }
      FileSystemDriver driver = Drivers.forMaking(options.filesystem());
      HostCheck.check(container, env);
      Opening opening =
          Opening.writing(container, options, "the making of a file system in " + container);
      OpenedVolume opened = opening.writable(opening.open());
      long start = opened.info().partition().map(PartitionInfo::start).orElse(0L);
      FormatOptions how = formatOptions(options, wanted).withStart(start);
      try (BlockDevice volume = opened.plaintext()) {
        rehearse(driver, opened.info(), volume.size(), how);
        driver.format(volume, how);
        volume.flush();
      } catch (FileSystemException e) {
        throw e.getFile() == null ? NamedFailures.of(e, container, null) : e;
      }
    }
  }

  /** Makes a refusal for a hidden volume come before what is there is overwritten. */
  private static void rehearse(
      FileSystemDriver driver, VolumeInfo info, long size, FormatOptions how) throws IOException {
    if (info.protectedRange().isPresent()) {
      GuardDevice guard = HiddenGuard.over(new ZeroDevice(size), info, what -> {});
      try (guard) {
        driver.format(guard, how);
      } catch (FileSystemException e) {
        if (!guard.isTripped()) {
          throw e;
        }
        FileSystemException refusal =
            new FileSystemException(
                null,
                null,
                "nothing was written, since the file system would reach into the hidden volume: "
                    + guard.refusal().map(ForbiddenWriteException::getReason).orElse(""));
        refusal.initCause(e);
        throw refusal;
      }
    }
  }

  /** Returns how a driver is to make a file system. */
  static FormatOptions formatOptions(ParsedOptions options, NewFileSystem wanted) {
    return FormatOptions.DEFAULT
        .withType(wanted.type())
        .withLabel(wanted.label())
        .withZone(options.zone())
        .withCodePage(options.codePage());
  }
}
