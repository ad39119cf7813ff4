package dev.tcplay.nio;

import dev.tcplay.ContainerOptions;
import dev.tcplay.Credentials;
import dev.tcplay.VolumeInfo;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.block.SnapshotDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.OverlayFile;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.volume.OpenedVolume;
import dev.tcplay.volume.UnlockRequest;
import dev.tcplay.volume.Unlocker;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one way from a container to a mounted volume: host file, window, overlay, decryption, cache,
 * driver. What was opened is closed again when a later step fails.
 */
final class ContainerMounter {

  /**
   * A mounted container.
   *
   * @param info its facts
   * @param warnings what is amiss with the container itself, a sentence each
   * @param volume what is in it; closing it closes the container
   * @param lock knows whether the container is still ours
   */
  record Mounted(
      VolumeInfo info, List<String> warnings, MountedVolume volume, ContainerLock lock) {}

  private final Path container;
  private final ContainerOptions options;
  private final Drivers drivers;
  private final String owner;
  private final boolean writing;
  private @Nullable FileDevice host;

  private ContainerMounter(Path container, ContainerOptions options, Drivers drivers, String owner)
      throws IOException {
    this.container = container;
    this.options = options;
    this.drivers = drivers;
    this.owner = owner;
    this.writing = !options.readOnly() && drivers.canWrite();
  }

  /**
   * Mounts a container; the caller keeps and closes the options.
   *
   * @param owner what those who want the container meanwhile are told of who has it
   * @throws dev.tcplay.block.host.HostInUseException if the container is open elsewhere
   * @throws IllegalArgumentException if an option does not fit, before the container is read
   * @throws IOException if the container cannot be opened or mounted
   */
  static Mounted mount(Path container, ContainerOptions options, String owner) throws IOException {
    Drivers drivers = Drivers.named(options.filesystem());
    return new ContainerMounter(container, options, drivers, owner).mount();
  }

  /**
   * Opens a container to write to it, without looking at what is in it; the caller closes it.
   *
   * @throws AccessDeniedException if it cannot be written
   * @throws IOException as {@link #mount} does
   */
  static BlockDevice openForWriting(Path container, ContainerOptions options, String owner)
      throws IOException {
    Drivers any = Drivers.named(Optional.of("raw"));
    OpenedVolume opened = new ContainerMounter(container, options, any, owner).open();
    BlockDevice plaintext = opened.plaintext();
    if (plaintext.isReadOnly()) {
      try (plaintext) {
        String why = opened.warnings().isEmpty() ? "" : ": " + String.join("; ", opened.warnings());
        throw new AccessDeniedException(container.toString(), null, "opens read-only" + why);
      }
    }
    return plaintext;
  }

  /**
   * Opens a container for reading, without looking at what is in it; the caller closes it.
   *
   * @throws IOException as {@link #mount} does
   */
  static BlockDevice openForReading(Path container, ContainerOptions options, String owner)
      throws IOException {
    Drivers any = Drivers.named(Optional.of("raw"));
    return new ContainerMounter(container, options, any, owner).open().plaintext();
  }

  private Mounted mount() throws IOException {
    return mount(open());
  }

  private OpenedVolume open() throws IOException {
    if (options.plain()) {
      return plain();
    }
    try (Credentials credentials = CredentialSearch.find(container, options);
        UnlockRequest request = request(credentials)) {
      return unlock(request);
    }
  }

  private UnlockRequest request(Credentials credentials) {
    UnlockRequest.Builder builder =
        UnlockRequest.builder()
            .password(credentials.password())
            .format(options.format().orElse(null))
            .pim(options.pim().orElse(credentials.pim().orElse(0)))
            .hash(options.hash().orElse(null))
            .cipher(options.cipher().orElse(null))
            .hidden(options.hidden().orElse(null))
            .backupHeader(options.backupHeader())
            .headerFile(options.headerFile().orElse(null));
    options.progress().ifPresent(builder::progress);
    credentials.keyfiles().forEach(builder::keyfile);
    credentials.keyfileContents().forEach(builder::keyfile);
    return builder.build();
  }

  private OpenedVolume unlock(UnlockRequest request) throws IOException {
    try (Closer onFailure = new Closer()) {
      BlockDevice host = onFailure.add(host());
      OpenedVolume opened = Unlocker.open(host, container.toString(), request);
      onFailure.release();
      return opened;
    }
  }

  private OpenedVolume plain() throws IOException {
    try (Closer onFailure = new Closer()) {
      BlockDevice host = onFailure.add(host());
      VolumeInfo info =
          new VolumeInfo(
              "plain", "-", 0, 0, "-", "-", "normal", options.offset(), host.size(), 0, 512);
      OpenedVolume opened = new OpenedVolume(host, info, List.of());
      onFailure.release();
      return opened;
    }
  }

  /** Opens the host from the offset to its end, with the overlay over it. */
  private BlockDevice host() throws IOException {
    try (Closer onFailure = new Closer()) {
      boolean overlaid = writing && options.overlay().isPresent();
      host = onFailure.add(FileDevice.open(container, !writing || overlaid, options.lock(), owner));
      BlockDevice window = options.offset() == 0 ? host : window(host);
      BlockDevice opened = overlaid ? overlay(window) : window;
      onFailure.release();
      return opened;
    }
  }

  private BlockDevice window(BlockDevice host) {
    if (options.offset() >= host.size()) {
      throw new IllegalArgumentException(
          "offset must be less than the " + host.size() + " bytes of the container");
    }
    return new LinearDevice(host, options.offset(), host.size() - options.offset());
  }

  private BlockDevice overlay(BlockDevice origin) throws IOException {
    Optional<Path> file = options.overlay().flatMap(ContainerOptions.Overlay::file);
    return file.isPresent()
        ? OverlayFile.snapshot(origin, file.get())
        : SnapshotDevice.inMemory(origin);
  }

  private Mounted mount(OpenedVolume opened) throws IOException {
    try (Closer onFailure = new Closer()) {
      onFailure.add(opened.plaintext());
      BlockDevice cached =
          onFailure.add(
              new CachedDevice(
                  opened.plaintext(),
                  options.cacheSize().orElseGet(CachedDevice::defaultBudget),
                  options.syncInterval().orElse(CachedDevice.DEFAULT_SYNC_INTERVAL)));
      MountOptions how =
          MountOptions.DEFAULT
              .withReadOnly(!writing || cached.isReadOnly())
              .withNamed(drivers.isNamed())
              .withZone(options.zone())
              .withCodePage(options.codePage());
      MountedVolume volume = onFailure.add(drivers.mount(cached, how));
      FileDevice file = Objects.requireNonNull(host);
      if (!file.isReadOnly() && volume.isReadOnly()) {
        file.stopWriting();
      }
      Mounted mounted = new Mounted(opened.info(), opened.warnings(), volume, file::checkLock);
      onFailure.release();
      return mounted;
    }
  }
}
