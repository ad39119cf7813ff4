package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ForbiddenWriteException;
import dev.tcplay.block.GuardDevice;
import dev.tcplay.block.ZeroDevice;
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
      FileSystemMaker maker = FileSystemMaker.of(options, wanted);
      HostCheck.check(container, env);
      Opening opening =
          Opening.writing(container, options, "the making of a file system in " + container);
      OpenedVolume opened = opening.writable(opening.open());
      long start = opened.info().partition().map(PartitionInfo::start).orElse(0L);
      try (BlockDevice volume = opened.plaintext()) {
        FileSystemMaker there = maker.at(start);
        rehearse(there, opened.info(), volume);
        there.format(volume);
        volume.flush();
      } catch (FileSystemException e) {
        throw e.getFile() == null ? NamedFailures.of(e, container, null) : e;
      }
    }
  }

  /** Makes a refusal for a hidden volume come before what is there is overwritten. */
  private static void rehearse(FileSystemMaker maker, VolumeInfo info, BlockDevice volume)
      throws IOException {
    if (info.protectedRange().isPresent()) {
      GuardDevice guard =
          HiddenGuard.over(new ZeroDevice(volume.size(), volume.sectorSize()), info, what -> {});
      try (guard) {
        maker.format(guard);
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
}
