package dev.tcplay.nio;

import dev.tcplay.ContainerOptions;
import dev.tcplay.Credentials;
import dev.tcplay.VolumeInfo;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.CachedDevice;
import dev.tcplay.block.FileDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.volume.OpenedVolume;
import dev.tcplay.volume.UnlockRequest;
import dev.tcplay.volume.Unlocker;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The one way from a container to a mounted volume: host file, window, decryption, cache, driver.
 * What was opened is closed again when a later step fails.
 */
final class ContainerMounter {

  /**
   * A mounted container.
   *
   * @param info its facts
   * @param volume what is in it; closing it closes the container
   */
  record Mounted(VolumeInfo info, MountedVolume volume) {}

  private static final long LEAST_CACHE = 4 << 20;
  private static final long LARGEST_CACHE = 32 << 20;

  private final Path container;
  private final ContainerOptions options;
  private final Drivers drivers;

  private ContainerMounter(Path container, ContainerOptions options, Drivers drivers) {
    this.container = container;
    this.options = options;
    this.drivers = drivers;
  }

  /**
   * Mounts a container; the caller keeps and closes the options.
   *
   * @throws IllegalArgumentException if an option does not fit, before the container is read
   * @throws IOException if the container cannot be opened or mounted
   */
  static Mounted mount(Path container, ContainerOptions options) throws IOException {
    Drivers drivers = Drivers.named(options.filesystem());
    return new ContainerMounter(container, options, drivers).mount();
  }

  private Mounted mount() throws IOException {
    if (options.plain()) {
      return mount(plain());
    }
    try (Credentials credentials = CredentialSearch.find(container, options);
        UnlockRequest request = request(credentials)) {
      return mount(unlock(request));
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
      BlockDevice window = window(onFailure);
      OpenedVolume opened = Unlocker.open(window, container.toString(), request);
      onFailure.release();
      return opened;
    }
  }

  private OpenedVolume plain() throws IOException {
    try (Closer onFailure = new Closer()) {
      BlockDevice window = window(onFailure);
      onFailure.release();
      VolumeInfo info =
          new VolumeInfo(
              "plain", "-", 0, 0, "-", "-", "normal", options.offset(), window.size(), 0, 512);
      return new OpenedVolume(window, info);
    }
  }

  /** Opens the host from the offset to its end. */
  private BlockDevice window(Closer onFailure) throws IOException {
    BlockDevice host = onFailure.add(FileDevice.open(container, true));
    if (options.offset() == 0) {
      return host;
    }
    if (options.offset() >= host.size()) {
      throw new IllegalArgumentException(
          "offset must be less than the " + host.size() + " bytes of the container");
    }
    return new LinearDevice(host, options.offset(), host.size() - options.offset());
  }

  private Mounted mount(OpenedVolume opened) throws IOException {
    try (Closer onFailure = new Closer()) {
      BlockDevice cached =
          onFailure.add(
              new CachedDevice(
                  opened.plaintext(),
                  options.cacheSize().orElseGet(ContainerMounter::defaultCacheSize)));
      MountedVolume volume =
          drivers.mount(
              cached,
              new MountOptions(
                  true, options.filesystem().isPresent(), options.zone(), options.codePage()));
      onFailure.release();
      return new Mounted(opened.info(), volume);
    }
  }

  /** A share of the largest heap, so that several volumes fit beside the program. */
  private static long defaultCacheSize() {
    long share = Runtime.getRuntime().maxMemory() / 16;
    return Math.min(LARGEST_CACHE, Math.max(LEAST_CACHE, share));
  }
}
