package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ForbiddenWriteException;
import dev.tcplay.block.GuardDevice;
import dev.tcplay.block.ZeroDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostKind;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.Keys;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.ParsedOptions;
import dev.tcplay.model.PartitionInfo;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.volume.OpenedVolume;
import dev.tcplay.volume.VolumeBuilder;
import dev.tcplay.volume.VolumeFormat;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** Makes containers and the file systems in them. */
public final class ContainerMaking {

  private ContainerMaking() {}

  /**
   * Makes a container with an empty file system.
   *
   * @param env the options as {@link ContainerOptions} names them, of which those count that {@link
   *     dev.tcplay.ContainerCreator} has
   * @throws IllegalArgumentException as {@link dev.tcplay.ContainerCreator#create} says
   * @throws IOException as {@link dev.tcplay.ContainerCreator#create} says
   */
  public static void create(Path container, Map<String, ?> env, NewContainer wanted)
      throws IOException {
    try (ParsedOptions options = ContainerOptions.parse(env)) {
      if (options.plain()) {
        throw new IllegalArgumentException(
            ContainerOptions.FORMAT + " must be TrueCrypt or VeraCrypt for a new container");
      }
      FileSystemDriver driver = Drivers.forMaking(options.filesystem());
      Path place = place(container, wanted.replaceExisting(), options.lock());
      try (Keys keys = KeySearch.find(container, options.keys())) {
        VolumeBuilder builder = new VolumeBuilder().keys(keys);
        options.format().map(VolumeFormat::parse).ifPresent(builder::format);
        wanted.random().ifPresent(builder::random);
        wanted.progress().ifPresent(builder::progress);
        builder
            .size(checkedSize(wanted.size()))
            .quick(wanted.quick())
            .replaceExisting(wanted.replaceExisting())
            .filling(volume -> driver.format(volume, formatOptions(options, wanted.fileSystem())))
            .create(place);
      }
    }
  }

  /** To the builder, 0 is what its contents need. */
  private static long checkedSize(long size) {
    if (size == 0) {
      throw new IllegalArgumentException("size: how large the container shall be must be said");
    }
    return size;
  }

  /** Returns where the container is to be written: what a link leads to, not the link. */
  private static Path place(Path container, boolean replace, boolean lock) throws IOException {
    if (!Files.exists(container, LinkOption.NOFOLLOW_LINKS)) {
      Path parent = container.toAbsolutePath().getParent();
      if (parent != null && !Files.isDirectory(parent)) {
        throw new NoSuchFileException(parent.toString());
      }
      return container;
    }
    if (Files.exists(container) && HostKind.of(container) == HostKind.BLOCK_DEVICE) {
      throw new FileSystemException(
          container.toString(),
          null,
          "is a block device: a container is made as a file only, and nothing was written");
    }
    if (!replace) {
      throw new FileAlreadyExistsException(container.toString());
    }
    if (!Files.isRegularFile(container)) {
      throw new FileSystemException(
          container.toString(), null, "is no regular file, and is not replaced");
    }
    Path place = container.toRealPath();
    // Refuses what is open elsewhere.
    HostOpen how = HostOpen.writing().by("the making of another container");
    FileDevice.open(place, lock ? how : how.unlocked()).close();
    return place;
  }

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

  private static FormatOptions formatOptions(ParsedOptions options, NewFileSystem wanted) {
    return FormatOptions.DEFAULT
        .withType(wanted.type())
        .withLabel(wanted.label())
        .withZone(options.zone())
        .withCodePage(options.codePage());
  }
}
