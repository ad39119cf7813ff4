package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.GuardDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.block.SnapshotDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.block.host.OverlayFile;
import dev.tcplay.model.Keys;
import dev.tcplay.model.NotAContainerException;
import dev.tcplay.model.ParsedOptions;
import dev.tcplay.model.ProtectionListener;
import dev.tcplay.model.VolumeKeyOptions;
import dev.tcplay.partition.PartitionTable;
import dev.tcplay.volume.HeaderlessVolume;
import dev.tcplay.volume.OpenedVolume;
import dev.tcplay.volume.UnlockRequest;
import dev.tcplay.volume.Unlocker;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The one way from a file to its plaintext: host, window, overlay, decryption, cache, partition.
 * What was opened is closed again when a later step fails. Used once.
 */
final class Opening {

  private final Path place;
  private final ParsedOptions options;
  private final boolean writing;
  private final String owner;
  private @Nullable FileDevice host;
  private @Nullable GuardDevice guard;

  private Opening(Path place, ParsedOptions options, boolean writing, String owner) {
    this.place = place;
    this.options = options;
    this.writing = writing;
    this.owner = owner;
  }

  /**
   * Begins to open a container only to read it.
   *
   * @param options how; the caller keeps and closes them
   * @param owner how exceptions name this user to others that want the container meanwhile
   */
  static Opening reading(Path place, ParsedOptions options, String owner) {
    return new Opening(place, options, false, owner);
  }

  /** Begins to open a container to write to it, unless the options forbid that. */
  static Opening writing(Path place, ParsedOptions options, String owner) {
    return new Opening(place, options, !options.readOnly(), owner);
  }

  /**
   * Opens the container, or the partition of it that the options name; closing its plaintext closes
   * everything.
   *
   * @throws dev.tcplay.block.host.HostInUseException if it is open elsewhere
   * @throws IllegalArgumentException if an option does not fit
   * @throws IOException if it cannot be opened
   */
  OpenedVolume open() throws IOException {
    return chosen(guarded(openWhole()));
  }

  /** Puts the guard over a volume in which a hidden one is protected. */
  private OpenedVolume guarded(OpenedVolume whole) {
    if (whole.info().protectedRange().isEmpty()) {
      return whole;
    }
    ProtectionListener listener = options.protectionListener().orElse(what -> {});
    guard = HiddenGuard.over(whole.plaintext(), whole.info(), listener);
    return new OpenedVolume(guard, whole.info(), whole.warnings());
  }

  private OpenedVolume chosen(OpenedVolume whole) throws IOException {
    // Of a system drive and of a disk in clear the partition was chosen before.
    boolean taken = options.system() && !options.fde();
    boolean isPart = whole.info().partition().isPresent();
    if (taken || isPart || options.partition().isEmpty()) {
      return whole;
    }
    try (Closer onFailure = new Closer()) {
      onFailure.add(whole.plaintext());
      OpenedVolume part = PartitionChoice.numbered(place, whole, options.partition().getAsInt());
      onFailure.release();
      return part;
    }
  }

  private OpenedVolume openWhole() throws IOException {
    if (options.plain()) {
      return plain();
    }
    if (options.volumeKey().isPresent()) {
      return headerless(options.volumeKey().get());
    }
    try (Keys keys = KeySearch.find(place, options.keys());
        UnlockRequest request = UnlockRequests.opening(place, options, keys)) {
      return unlock(request);
    }
  }

  private OpenedVolume headerless(VolumeKeyOptions key) throws IOException {
    String cipher = options.keys().cipher().orElseThrow();
    boolean hidden = options.hidden().orElse(false);
    try (Closer onFailure = new Closer()) {
      BlockDevice host = onFailure.add(host());
      OpenedVolume opened = new HeaderlessVolume(key, cipher, options.format(), hidden).open(host);
      onFailure.release();
      return opened;
    }
  }

  private OpenedVolume unlock(UnlockRequest request) throws IOException {
    try (Closer onFailure = new Closer()) {
      BlockDevice host = onFailure.add(host());
      OpenedVolume opened = unlock(host, request);
      onFailure.release();
      return opened;
    }
  }

  private OpenedVolume unlock(BlockDevice host, UnlockRequest request) throws IOException {
    SystemOpening system = new SystemOpening(place, options.partition());
    Optional<Path> systemDisk = options.systemDisk();
    if (systemDisk.isPresent()) {
      return system.partition(host, systemDisk.get(), request);
    } else if (UnlockRequests.hiddenSystem(options)) {
      return system.hiddenSystem(host, request);
    } else if (options.system() && !options.fde()) {
      return system.encryptedPartition(host, request);
    }
    // A container begins with its salt; where a table stands, it can only be one of the partitions.
    OptionalInt number = options.system() ? OptionalInt.empty() : options.partition();
    if (number.isPresent() && PartitionTable.read(host).isPresent()) {
      return clear(host).container(number.getAsInt(), request);
    }
    return Unlocker.open(host, place.toString(), request);
  }

  private OpenedVolume plain() throws IOException {
    try (Closer onFailure = new Closer()) {
      BlockDevice host = onFailure.add(host());
      OpenedVolume opened = clear(host).whole();
      onFailure.release();
      return opened;
    }
  }

  private ClearDisk clear(BlockDevice host) {
    return new ClearDisk(place, host, options.offset());
  }

  /**
   * Opens what holds the container from its first byte to its last, encrypted as it is: the host
   * from the offset on, or the partition of a disk in clear that the options name.
   *
   * @throws IOException as {@link #open} does
   */
  BlockDevice openEncrypted() throws IOException {
    try (Closer onFailure = new Closer()) {
      BlockDevice whole = onFailure.add(host());
      OptionalInt number = options.partition();
      BlockDevice container =
          number.isEmpty()
              ? whole
              : PartitionChoice.numbered(place, clear(whole).whole(), number.getAsInt())
                  .plaintext();
      onFailure.release();
      return container;
    }
  }

  /** Opens the host from the offset to its end, with the overlay over it. */
  private BlockDevice host() throws IOException {
    try (Closer onFailure = new Closer()) {
      boolean overlaid = writing && options.overlay().isPresent();
      HostOpen how = (writing && !overlaid ? HostOpen.writing() : HostOpen.reading()).by(owner);
      host = onFailure.add(FileDevice.open(place, by(options, how)));
      if (host.size() == 0) {
        // A drive without a medium; files were measured before.
        throw new NotAContainerException(place.toString(), "the device has no bytes");
      }
      BlockDevice window = options.offset() == 0 ? host : window(host);
      BlockDevice opened = overlaid ? overlay(window) : window;
      onFailure.release();
      return opened;
    }
  }

  /** Returns a way of opening a host, as far as options say it. */
  static HostOpen by(ParsedOptions options, HostOpen how) {
    HostOpen locked = options.lock() ? how : how.unlocked();
    return options.keepHostTimes() ? locked.keepingTimes() : locked;
  }

  private BlockDevice window(BlockDevice host) {
    if (options.offset() >= host.size()) {
      throw new IllegalArgumentException(
          "offset must be less than the " + host.size() + " bytes of the container");
    }
    return LinearDevice.toEnd(host, options.offset());
  }

  private BlockDevice overlay(BlockDevice origin) throws IOException {
    Optional<Path> file = options.overlay().flatMap(ParsedOptions.Overlay::file);
    return file.isPresent()
        ? OverlayFile.snapshot(origin, file.get())
        : SnapshotDevice.inMemory(origin);
  }

  /** Returns what knows whether the container, once it is open, may still be used. */
  ContainerLock lock() {
    ContainerLock ofFile = file()::checkLock;
    return guard == null ? ofFile : new ProtectedLock(ofFile, guard);
  }

  /** Returns the file that was opened. */
  FileDevice file() {
    return Objects.requireNonNull(host);
  }

  /**
   * Opens the container, as {@link #open}, under a cache that writes back at intervals.
   *
   * @param interval how long a write may wait, 0 for as long as nobody forces it
   */
  OpenedVolume openCached(Duration interval) throws IOException {
    OpenedVolume opened = openWhole();
    try (Closer onFailure = new Closer()) {
      onFailure.add(opened.plaintext());
      BlockDevice cached =
          new CachedDevice(
              opened.plaintext(),
              options.cacheSize().orElseGet(CachedDevice::defaultBudget),
              interval);
      onFailure.release();
      return chosen(guarded(new OpenedVolume(cached, opened.info(), opened.warnings())));
    }
  }

  /**
   * Returns a container that is to be written, or closes it.
   *
   * @throws AccessDeniedException if it opened read-only
   */
  OpenedVolume writable(OpenedVolume opened) throws IOException {
    BlockDevice plaintext = opened.plaintext();
    if (plaintext.isReadOnly()) {
      try (plaintext) {
        throw openedReadOnly(place, opened.warnings());
      }
    }
    return opened;
  }

  /**
   * Returns the exception for a caller that wants to write to a container that opened read-only.
   */
  static AccessDeniedException openedReadOnly(Path place, List<String> warnings) {
    String why = warnings.isEmpty() ? "" : ": " + String.join("; ", warnings);
    return new AccessDeniedException(place.toString(), null, "opens read-only" + why);
  }
}
