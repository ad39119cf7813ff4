package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostKind;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.CreatedVolume;
import dev.tcplay.model.Keys;
import dev.tcplay.model.MissingCredentialsException;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.ParsedOptions;
import dev.tcplay.volume.VolumeBuilder;
import dev.tcplay.volume.VolumeFormat;
import dev.tcplay.volume.VolumeSizes;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/** Makes containers, as files and in place, with a hidden volume or without. */
public final class ContainerMaking {

  private static final int SECTOR = 512;
  private static final String OWNER = "the making of another container";

  private final Path container;
  private final ParsedOptions options;
  private final NewContainer wanted;
  private final FileSystemMaker maker;

  private ContainerMaking(Path container, ParsedOptions options, NewContainer wanted) {
    this.container = container;
    this.options = options;
    this.wanted = wanted;
    this.maker = FileSystemMaker.of(options, wanted.fileSystem());
  }

  /**
   * Makes a container, or a hidden volume in one, with an empty file system.
   *
   * @param env the options as {@link ContainerOptions} names them, of which those count that {@link
   *     dev.tcplay.ContainerCreator} has
   * @throws IllegalArgumentException as {@link dev.tcplay.ContainerCreator#create} says
   * @throws IOException as {@link dev.tcplay.ContainerCreator#create} says
   */
  public static CreatedVolume create(Path container, Map<String, ?> env, NewContainer wanted)
      throws IOException {
    try (ParsedOptions options = ContainerOptions.parse(env)) {
      if (options.plain()) {
        throw new IllegalArgumentException(
            ContainerOptions.FORMAT + " must be TrueCrypt or VeraCrypt for a new container");
      }
      return wanted.outer().isPresent()
          ? HiddenMaking.make(container, options, wanted, wanted.outer().get())
          : new ContainerMaking(container, options, wanted).create();
    }
  }

  private CreatedVolume create() throws IOException {
    boolean there = Files.exists(container, LinkOption.NOFOLLOW_LINKS);
    boolean device = Files.exists(container) && HostKind.of(container) == HostKind.BLOCK_DEVICE;
    checkGoing(there, device);
    return device || wanted.going().inPlace() ? createInPlace() : createFile(there);
  }

  private void checkGoing(boolean there, boolean device) throws IOException {
    NewContainer.Going going = wanted.going();
    boolean inPlace = device || going.inPlace();
    if (inPlace && !there) {
      throw new NoSuchFileException(container.toString());
    }
    if (there && !wanted.replaceExisting()) {
      throw new FileAlreadyExistsException(container.toString());
    }
    if (going.resume() && inPlace) {
      throw new IllegalArgumentException(
          "resume: in place, the making goes on where resumeAt says");
    }
    if (going.from() != 0 && !inPlace) {
      throw new IllegalArgumentException("resumeAt: expected only in place");
    }
  }

  private CreatedVolume createInPlace() throws IOException {
    HostOpen how = HostOpen.writing().by(OWNER);
    try (BlockDevice host = FileDevice.open(container, Opening.by(options, how))) {
      if (host.isReadOnly()) {
        throw new AccessDeniedException(container.toString(), null, "is read-only");
      }
      long said = wanted.size();
      long size = said == NewContainer.LARGEST || said == 0 ? host.size() : said;
      return create(
          size,
          host.sectorSize(),
          builder -> builder.createInPlace(host, container.toString(), wanted.going().from()));
    }
  }

  private CreatedVolume createFile(boolean there) throws IOException {
    if (wanted.size() == 0) {
      throw new IllegalArgumentException("size: a new container needs one of more than 0 bytes");
    }
    Path place = there ? placeOfExisting() : placeOfNew();
    long size = wanted.size() == NewContainer.LARGEST ? room(place) : wanted.size();
    return create(size, SECTOR, builder -> builder.create(place));
  }

  private Path placeOfNew() throws IOException {
    Path parent = container.toAbsolutePath().getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      throw new NoSuchFileException(parent.toString());
    }
    return container;
  }

  /** Returns where the container is to be written: what a link leads to, not the link. */
  private Path placeOfExisting() throws IOException {
    if (!Files.isRegularFile(container)) {
      throw new FileSystemException(
          container.toString(), null, "is no regular file, and is not replaced");
    }
    Path place = container.toRealPath();
    // Refuses what is open elsewhere.
    HostOpen how = HostOpen.writing().by(OWNER);
    FileDevice.open(place, options.lock() ? how : how.unlocked()).close();
    return place;
  }

  /** Returns how large a file may become, with the part of it that an earlier attempt has left. */
  private long room(Path place) throws IOException {
    Path folder = place.toAbsolutePath().getParent();
    long usable = Files.getFileStore(folder == null ? place : folder).getUsableSpace();
    // The host keeps record of the file's blocks, too.
    long kept = (usable >>> 10) + (1 << 20);
    long more = Math.max(0, usable - kept);
    long part = wanted.going().resume() ? VolumeBuilder.partLength(place) : 0;
    // An odd end of the part is rounded up, as it must not be longer than the whole.
    return Math.min(VolumeSizes.MAX_SIZE, part + more + SECTOR - 1) & -SECTOR;
  }

  /** What is done with a builder that knows all but the place. */
  private interface Making {
    void by(VolumeBuilder builder) throws IOException;
  }

  private CreatedVolume create(long size, int sectorSize, Making making) throws IOException {
    try (Keys keys = KeySearch.find(container, options.keys())) {
      VolumeBuilder builder = builder(options, wanted, maker.within(size), keys).size(size);
      builder.replaceExisting(wanted.replaceExisting()).resume(wanted.going().resume());
      OptionalLong largest = OptionalLong.empty();
      OptionalLong hiddenSize = OptionalLong.empty();
      if (wanted.inside().isPresent()) {
        if (!wanted.inside().get().keys().haveSecrets()) {
          throw new MissingCredentialsException(
              container.toString(), "no password or keyfile for the hidden volume", true);
        }
        largest = OptionalLong.of(freeEnd(size, sectorSize));
        hiddenSize = OptionalLong.of(Math.min(wanted.inside().get().size(), largest.getAsLong()));
        builder.hidden(inside(wanted.inside().get(), largest.getAsLong()));
      }
      making.by(builder);
      return new CreatedVolume(size, hiddenSize, largest);
    }
  }

  private VolumeBuilder inside(NewContainer.Inside hidden, long largest) {
    long size = hidden.size() == NewContainer.LARGEST ? largest : hidden.size();
    HiddenMaking.checkSize(size, largest);
    VolumeBuilder builder = new VolumeBuilder().keys(hidden.keys()).size(size);
    options.format().map(VolumeFormat::parse).ifPresent(builder::format);
    return builder.filling(FileSystemMaker.of(options, new NewFileSystem()).within(size)::format);
  }

  /** Makes the file system on a trial device, with the host's sectors, and measures that. */
  private long freeEnd(long size, int sectorSize) throws IOException {
    long bytes = Math.max(0, size - VolumeSizes.HEADERS);
    try (BlockDevice trial = new MemoryDevice(bytes, sectorSize)) {
      maker.within(size).format(trial);
      return FreeEnd.of(trial, options).orElse(trial.size());
    }
  }

  /** Returns a builder of a volume that holds what is wanted; its size and place are missing. */
  static VolumeBuilder builder(
      ParsedOptions options, NewContainer wanted, FileSystemMaker maker, Keys keys) {
    VolumeBuilder builder = new VolumeBuilder().keys(keys);
    options.format().map(VolumeFormat::parse).ifPresent(builder::format);
    wanted.random().ifPresent(builder::random);
    wanted.progress().ifPresent(builder::progress);
    return builder.advice(wanted.advice()).quick(wanted.quick()).filling(maker::format);
  }
}
