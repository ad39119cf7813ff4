package dev.tcplay;

import static java.nio.file.StandardOpenOption.READ;

import dev.tcplay.container.Closer;
import dev.tcplay.container.Container;
import dev.tcplay.container.FileSystemMaking;
import dev.tcplay.container.HostCheck;
import dev.tcplay.container.VolumeChecker;
import dev.tcplay.model.ContainerOption;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.Keys;
import dev.tcplay.model.MissingCredentialsException;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.NotAContainerException;
import dev.tcplay.model.ParsedOptions;
import dev.tcplay.model.ProtectionListener;
import dev.tcplay.model.VolumeChannel;
import dev.tcplay.model.VolumeFinding;
import dev.tcplay.model.VolumeRepair;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Opens one container, as {@link ContainerOptions} describes; made by {@link Tcplay#open}.
 *
 * <p>Arrays of secrets are read when the container is mounted, and neither changed nor kept
 * afterwards by what is mounted. Not safe for use by several threads; it may mount any number of
 * times.
 */
public final class ContainerOpener extends ExistingSettings<ContainerOpener> {

  private final Path container;

  ContainerOpener(Path container) {
    this.container = container;
    set(ContainerOption.READ_ONLY, false);
  }

  /** Sets {@link ContainerOptions#PROTECT_HIDDEN}, keys that must not be closed yet. */
  public ContainerOpener protectHidden(Keys hidden) {
    return set(ContainerOption.PROTECT_HIDDEN, hidden);
  }

  /** Sets {@link ContainerOptions#PROTECTION_LISTENER}. */
  public ContainerOpener protectionListener(ProtectionListener listener) {
    return set(ContainerOption.PROTECTION_LISTENER, listener);
  }

  /** Sets {@link ContainerOptions#VOLUME_KEY_FILE}. */
  public ContainerOpener volumeKeyFile(Path file) {
    return set(ContainerOption.VOLUME_KEY_FILE, file);
  }

  /** Sets {@link ContainerOptions#VOLUME_OFFSET}. */
  public ContainerOpener volumeOffset(long bytes) {
    return set(ContainerOption.VOLUME_OFFSET, bytes);
  }

  /** Sets {@link ContainerOptions#VOLUME_SIZE}. */
  public ContainerOpener volumeSize(long bytes) {
    return set(ContainerOption.VOLUME_SIZE, bytes);
  }

  /** Sets {@link ContainerOptions#SYSTEM_DISK}. */
  public ContainerOpener systemDisk(Path disk) {
    return set(ContainerOption.SYSTEM_DISK, disk);
  }

  /** Sets {@link ContainerOptions#FDE}. */
  public ContainerOpener fde(boolean whole) {
    return set(ContainerOption.FDE, whole);
  }

  /** Sets {@link ContainerOptions#READ_ONLY}. */
  public ContainerOpener readOnly(boolean readOnly) {
    return set(ContainerOption.READ_ONLY, readOnly);
  }

  /** Sets {@link ContainerOptions#OVERLAY} to memory. */
  public ContainerOpener overlayInMemory() {
    return set(ContainerOption.OVERLAY, "memory");
  }

  /** Sets {@link ContainerOptions#OVERLAY} to a new file. */
  public ContainerOpener overlay(Path file) {
    return set(ContainerOption.OVERLAY, file);
  }

  /** Sets {@link ContainerOptions#SYNC_INTERVAL}. */
  public ContainerOpener syncInterval(Duration interval) {
    return set(ContainerOption.SYNC_INTERVAL, interval);
  }

  /** Sets {@link ContainerOptions#CACHE_SIZE}. */
  public ContainerOpener cacheSize(long bytes) {
    return set(ContainerOption.CACHE_SIZE, bytes);
  }

  /**
   * Opens the container and mounts the file system inside.
   *
   * @return the file system; closing it wipes the keys. It is not registered by URI
   * @throws IllegalArgumentException if an option does not fit
   * @throws NotAContainerException if the file cannot be a container
   * @throws MissingCredentialsException if there is neither a password nor a keyfile
   * @throws WrongPasswordException if no header opens
   * @throws CorruptHeaderException if a header opens but is damaged
   * @throws dev.tcplay.model.SeveralPartitionsException if there are several partitions with a file
   *     system, and no option says which
   * @throws java.nio.file.FileSystemException if the file system inside is damaged at its root, or
   *     there is no partition of the number that an option gives
   * @throws IOException if the container cannot be read
   */
  public FileSystem mount() throws IOException {
    try {
      return Tcplay.provider().newFileSystem(container, env());
    } catch (UnsupportedOperationException e) {
      NotAContainerException refusal =
          new NotAContainerException(container.toString(), String.valueOf(e.getMessage()));
      refusal.initCause(e);
      throw refusal;
    }
  }

  /**
   * Opens the container without looking at what is in it. It can be written unless {@link
   * ContainerOptions#READ_ONLY} is set; then nobody else may have it open.
   *
   * @return the open container; closing it wipes the keys
   * @throws IOException as {@link #mount} does, but for what is in the container
   */
  public OpenContainer open() throws IOException {
    return open(env());
  }

  private OpenContainer open(Map<String, ?> env) throws IOException {
    try (ParsedOptions options = ContainerOptions.parse(env)) {
      HostCheck.check(container, env);
      String owner = "the plaintext of " + container;
      return new OpenContainer(Container.open(container, options, owner));
    }
  }

  /**
   * Opens the container and returns its whole plaintext, read-only, whatever is in it; closing the
   * channel wipes the keys.
   *
   * @throws IOException as {@link #open} does
   */
  public VolumeChannel channel() throws IOException {
    return channel(READ);
  }

  /**
   * Opens the container and returns its whole plaintext, whatever is in it. With {@code WRITE} it
   * can be written, unless {@link ContainerOptions#READ_ONLY} is set; then nobody else may have the
   * container open. Closing the channel writes what is pending, and wipes the keys.
   *
   * @param options as for {@link java.nio.file.Files#newByteChannel}; the plaintext is a file that
   *     exists and whose size is fixed
   * @throws java.nio.file.AccessDeniedException if the channel is to write and the container must
   *     not be written, or its file cannot be
   * @throws IOException as {@link #open} does
   */
  public VolumeChannel channel(OpenOption... options) throws IOException {
    ChannelOptions chosen = ChannelOptions.of(options);
    Map<String, Object> changed = new HashMap<>(env());
    if (!chosen.write()) {
      changed.put(ContainerOptions.READ_ONLY, true);
    }
    try (Closer onFailure = new Closer()) {
      OpenContainer opened = onFailure.add(open(changed));
      VolumeChannel channel = opened.channel(chosen, opened);
      onFailure.release();
      return channel;
    }
  }

  /**
   * Makes an empty file system in the container, by the driver {@link ContainerOptions#FILESYSTEM}
   * or as {@link NewFileSystem#type} says, in place of whatever is in it. Headers stay as they are,
   * and so do the bytes of space that is free from now on. With {@link ContainerOptions#FORMAT}
   * {@code plain} it is made in the file itself. Half-made, as after a failure of the host or an
   * interrupt, there is none, neither the old one nor the new, and the exception says so.
   *
   * @throws IllegalArgumentException if an option, the type, the label or the size of the volume
   *     does not fit; nothing was written
   * @throws AccessDeniedException if the container must not be written, or its file cannot be
   * @throws dev.tcplay.block.host.HostInUseException if the container is open elsewhere
   * @throws IOException as {@link #mount} does, or if the host fails
   */
  public void makeFileSystem(NewFileSystem wanted) throws IOException {
    FileSystemMaking.makeFileSystem(container, env(), wanted);
  }

  /**
   * Looks for damage everywhere in the file system of the container, and writes nothing. This takes
   * the time to read its tables and directories, and memory in proportion to its size: on FAT some
   * two bits for each cluster.
   *
   * @param findings told of each thing amiss, in the order found
   * @throws java.nio.file.FileSystemException if the file system is too damaged to be looked at, or
   *     of a type that cannot be checked
   * @throws IOException as {@link #mount} does
   */
  public void check(Consumer<VolumeFinding> findings) throws IOException {
    Map<String, Object> reading = new HashMap<>(env());
    reading.put(ContainerOptions.READ_ONLY, true);
    VolumeChecker.check(container, reading, Optional.empty(), findings);
  }

  /**
   * Looks for damage as {@link #check}, and mends what is safe to mend, without asking. Files that
   * are sound are not touched. After a power cut at any moment a further repair ends the work.
   *
   * @param findings told of each thing that was amiss, and whether it is mended now
   * @throws AccessDeniedException if the container must not be written, or its file cannot be
   * @throws dev.tcplay.block.host.HostInUseException if the container is open elsewhere
   * @throws IOException as {@link #check} does, or if the host fails
   */
  public void repair(VolumeRepair how, Consumer<VolumeFinding> findings) throws IOException {
    VolumeChecker.check(container, env(), Optional.of(how), findings);
  }
}
