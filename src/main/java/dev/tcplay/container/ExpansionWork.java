package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.KeptDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostKind;
import dev.tcplay.fs.GrownFileSystem;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.ExpandedVolume;
import dev.tcplay.model.Keys;
import dev.tcplay.model.ParsedOptions;
import dev.tcplay.model.WriteListener;
import dev.tcplay.partition.PartitionTable;
import dev.tcplay.volume.ExpandingHost;
import dev.tcplay.volume.HostFailure;
import dev.tcplay.volume.HostLength;
import dev.tcplay.volume.OpenedVolume;
import dev.tcplay.volume.UnlockRequest;
import dev.tcplay.volume.VolumeExpansion;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Lets a container grow, and the file system in it. */
public final class ExpansionWork {

  /** What a host's file system may want for itself as a file grows: one part in so many. */
  private static final int RESERVED_PART = 256;

  private static final int ALIGNMENT = 4096;

  private final Path container;
  private final Map<String, ?> env;
  private final SecureRandom random;
  private final @Nullable WriteListener progress;

  /**
   * Prepares work; nothing is read yet.
   *
   * @param env how to open the container, as {@link ContainerOptions} says
   * @param random where salts and noise come from
   * @param progress who learns how far the new bytes are written, null for nobody
   */
  public ExpansionWork(
      Path container, Map<String, ?> env, SecureRandom random, @Nullable WriteListener progress) {
    this.container = container;
    this.env = env;
    this.random = random;
    this.progress = progress;
  }

  /**
   * Lets the container grow.
   *
   * @param size bytes of it afterwards, empty for as many as there are
   * @param force whether a hidden volume may take what its outer one has
   * @throws IOException as {@link dev.tcplay.ContainerExpansion#expand} says
   */
  public ExpandedVolume expand(OptionalLong size, boolean force) throws IOException {
    try (ParsedOptions options = ContainerOptions.parse(env)) {
      check(options);
      HostCheck.check(container, env);
      Opening opening = Opening.writing(container, options, "the expansion of " + container);
      try (Keys keys = KeySearch.find(container, options.keys());
          BlockDevice host = opening.openEncrypted()) {
        if (host.isReadOnly()) {
          throw refusal("is read-only: it cannot grow");
        }
        ExpandingHost room = new ExpandingHost(length(opening.file(), options), progress);
        try (Closer opened = new Closer()) {
          VolumeExpansion volume =
              open(opened, host, UnlockRequests.opening(container, options, keys), room);
          return expand(new Opened(host, volume, options), size, force);
        }
      }
    }
  }

  /** A volume, with what has opened it. */
  private record Opened(BlockDevice host, VolumeExpansion volume, ParsedOptions options) {}

  private VolumeExpansion open(
      Closer opened, BlockDevice host, UnlockRequest request, ExpandingHost room)
      throws IOException {
    opened.add(request::close);
    VolumeExpansion volume =
        VolumeExpansion.open(host, container.toString(), request, room, random);
    opened.add(volume::close);
    return volume;
  }

  private ExpandedVolume expand(Opened opened, OptionalLong size, boolean force)
      throws IOException {
    VolumeExpansion volume = opened.volume();
    if (volume.isHidden() && !force) {
      throw refusal(
          "the keys open the hidden volume, which grows only at the cost of the outer one, and only"
              + " if that is forced");
    }
    if (opened.options().protectHidden().isPresent()) {
      // Before anything is written: whether the keys of the hidden volume open it.
      volume.volume(new KeptDevice(opened.host())).plaintext().close();
    }
    long wanted = size.isPresent() ? size.getAsLong() : most(opened);
    boolean changed = volume.isHidden() ? volume.growHidden(wanted) : volume.grow(wanted);
    Optional<GrownFileSystem> grown;
    try {
      grown = growFileSystem(opened);
    } catch (IOException e) {
      throw HostFailure.of(
          container.toString(),
          "the volume has %d bytes now, but its file system did not grow"
              .formatted(volume.dataLength()),
          e);
    }
    ExpandedVolume result = result(opened, grown);
    if (!changed && grown.map(system -> system.before() == system.after()).orElse(true)) {
      String unused = result.unused().map(why -> "; " + why).orElse("");
      throw refusal("has that size already" + unused);
    }
    return result;
  }

  /** Returns the bytes of the largest container that there is room for. */
  private long most(Opened opened) throws IOException {
    VolumeExpansion volume = opened.volume();
    long there = opened.host().size();
    if (volume.isHidden() || there > volume.end() || !canGrow(opened.options())) {
      return there - there % volume.sectorSize();
    }
    long free = Files.getFileStore(container).getUsableSpace();
    long more = free - free / RESERVED_PART - ALIGNMENT;
    return Math.max(there, (there + Math.max(0, more)) / ALIGNMENT * ALIGNMENT);
  }

  private boolean canGrow(ParsedOptions options) throws IOException {
    return options.partition().isEmpty() && HostKind.of(container) == HostKind.FILE;
  }

  private @Nullable HostLength length(FileDevice file, ParsedOptions options) throws IOException {
    return canGrow(options) ? bytes -> file.resize(options.offset() + bytes) : null;
  }

  /** Lets the file system grow, if a driver knows it for its own. */
  private static Optional<GrownFileSystem> growFileSystem(Opened opened) throws IOException {
    Drivers drivers = Drivers.named(opened.options().filesystem());
    OpenedVolume whole = opened.volume().volume(new KeptDevice(opened.host()));
    try (Closer all = new Closer()) {
      BlockDevice plaintext = all.add(whole.plaintext());
      BlockDevice cached =
          all.add(new CachedDevice(plaintext, CachedDevice.defaultBudget(), Duration.ZERO));
      BlockDevice volume =
          whole.info().protectedRange().isEmpty()
              ? cached
              : all.add(HiddenGuard.over(cached, whole.info(), what -> {}));
      if (!drivers.recognise(volume) || PartitionTable.read(volume).isPresent()) {
        return Optional.empty();
      }
      Optional<GrownFileSystem> grown =
          drivers.grow(volume, MountedContainer.mountOptions(false, drivers, opened.options()));
      volume.flush();
      return grown;
    }
  }

  private static ExpandedVolume result(Opened opened, Optional<GrownFileSystem> grown) {
    long data = opened.volume().dataLength();
    String use =
        ": to use the room, copy the files out, make a new file system (tcplay format) and copy them"
            + " back";
    Optional<String> unused =
        grown.isEmpty()
            ? Optional.of("no driver can let what is in it grow in place" + use)
            : grown
                .get()
                .limit()
                .map(
                    limit ->
                        "its file system, %s, takes %d of %d bytes, as %s"
                                .formatted(grown.get().type(), grown.get().after(), data, limit)
                            + use);
    OptionalLong taken =
        grown.isPresent() ? OptionalLong.of(grown.get().after()) : OptionalLong.empty();
    return new ExpandedVolume(opened.host().size(), data, taken, unused);
  }

  /** Refuses what cannot grow before keys are looked for. */
  private void check(ParsedOptions options) throws IOException {
    if (options.plain()) {
      throw new IllegalArgumentException(
          ContainerOptions.FORMAT + " must be TrueCrypt or VeraCrypt: a plain file has no header");
    }
    if (options.system()) {
      throw refusal("a system drive cannot grow: its partition table says how long it is");
    }
    if (!Files.isWritable(container) && Files.exists(container)) {
      throw new AccessDeniedException(container.toString(), null, "cannot be written");
    }
  }

  private FileSystemException refusal(String reason) {
    return new FileSystemException(container.toString(), null, reason);
  }
}
