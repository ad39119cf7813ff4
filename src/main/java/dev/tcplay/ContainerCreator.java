package dev.tcplay;

import dev.tcplay.container.ContainerMaking;
import dev.tcplay.container.NewContainer;
import dev.tcplay.model.CreatedVolume;
import dev.tcplay.model.Keys;
import dev.tcplay.model.MissingCredentialsException;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.WriteListener;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one container with an empty file system, with a hidden volume or without, or a hidden
 * volume in a container that exists; made by {@link Tcplay#create}.
 *
 * <pre>{@code
 * Tcplay.create(Path.of("secret.hc")).size(64 << 20).password(password).label("LETTERS").create();
 * Tcplay.create(Path.of("secret.hc")).hiddenIn(keys).largest().password(another).create();
 * }</pre>
 *
 * <p>Without further settings the container is VeraCrypt's, with SHA-512 and AES, is filled with
 * noise from end to end, and holds the type of FAT that suits its size, exFAT beyond FAT's 2 TiB. A
 * password counts in UTF-8: up to 128 bytes, 64 for TrueCrypt, which also has no PIM.
 *
 * <p>Arrays of secrets are read when the container is made, and neither changed nor kept. Not safe
 * for use by several threads; it may create again, with other keys.
 */
public final class ContainerCreator extends ContainerSettings<ContainerCreator> {

  private final Path container;
  private long size;
  private boolean quick;
  private boolean replaceExisting;
  private boolean inPlace;
  private boolean resume;
  private long resumeAt;
  private boolean trustSize;
  private @Nullable Keys outer;
  private NewContainer.@Nullable Inside inside;
  private @Nullable SecureRandom random;
  private @Nullable WriteListener progress;
  private Consumer<String> advice = sentence -> {};
  private NewFileSystem fileSystem = new NewFileSystem();

  ContainerCreator(Path container) {
    this.container = container;
  }

  /**
   * Sets the size of the whole file, which must be said: a multiple of 512 from 299008 bytes (292
   * KiB) to 1 PiB. 262144 bytes of it are headers. {@linkplain #inPlace In place} it is that of
   * what is there. Of a hidden volume: how much of the end of the outer one it takes, a multiple of
   * 512 from 40960 bytes on; 4096 bytes of it, or 131072 from 2 MiB on, stay empty.
   */
  public ContainerCreator size(long bytes) {
    size = bytes;
    return this;
  }

  /**
   * Sets the size to all there is: the room of the host's file store but for a thousandth, or of
   * what is overwritten; of a hidden volume what the outer file system leaves free at its end.
   */
  public ContainerCreator largest() {
    return size(NewContainer.LARGEST);
  }

  /**
   * Has a hidden volume made in the container that exists, and nothing else; the keys of this
   * creator are then those of the hidden volume, which must differ. It is put where VeraCrypt puts
   * it, behind all that the outer file system holds; the outer volume must not be mounted. By
   * default it is of the outer one's format.
   *
   * @param keys what opens the outer volume; stays the caller's
   */
  public ContainerCreator hiddenIn(Keys keys) {
    outer = keys;
    return this;
  }

  /**
   * Has a hidden volume made in the new container, with an empty file system of its own.
   *
   * @param bytes how much of the end of the outer one it takes, as {@link #size} says; {@link
   *     Long#MAX_VALUE} for all that the empty outer file system leaves free
   * @param keys what is to open it, another cipher and hash included; stays the caller's
   */
  public ContainerCreator withHidden(long bytes, Keys keys) {
    inside = new NewContainer.Inside(bytes, keys);
    return this;
  }

  /**
   * Sets whether a hidden volume is made, too, where no driver knows what the outer one holds. Its
   * size is then taken as given, and what is at the end of the outer one is overwritten.
   */
  public ContainerCreator trustSize(boolean value) {
    trustSize = value;
    return this;
  }

  /** Sets the type of the file system, as {@link NewFileSystem#type} says. */
  public ContainerCreator type(String name) {
    fileSystem = fileSystem.withType(name);
    return this;
  }

  /** Sets the label of the file system, as {@link NewFileSystem#label} says. */
  public ContainerCreator label(String text) {
    fileSystem = fileSystem.withLabel(text);
    return this;
  }

  /**
   * Sets whether to leave what nothing is written to as zeros, a hole where the host has holes; in
   * place, and in an outer volume, what is there stays. Fast, but everyone sees how much of the
   * container is in use. By default it is filled with noise, which takes as long as writing the
   * whole file.
   */
  public ContainerCreator quick(boolean value) {
    quick = value;
    return this;
  }

  /**
   * Sets whether a file that exists is replaced. By default it is not. The new file takes over the
   * permissions of the old one; else it is its owner's alone, where the host knows permissions.
   */
  public ContainerCreator replaceExisting(boolean value) {
    replaceExisting = value;
    return this;
  }

  /**
   * Sets whether a file, or a block device, that exists is overwritten where it is, once {@link
   * #replaceExisting} allows it; of a block device that needs not be said. What opens it opens it
   * no more from the start on, and the new headers come last.
   */
  public ContainerCreator inPlace(boolean value) {
    inPlace = value;
    return this;
  }

  /**
   * Sets whether a new file is written under its name with {@code .part} behind it, which stays
   * when the making ends early, and is gone on with if it is there: what its length says was filled
   * with noise is not filled again.
   */
  public ContainerCreator resume(boolean value) {
    resume = value;
    return this;
  }

  /** Sets from where on, in place, noise is still missing: what the exception has said. */
  public ContainerCreator resumeAt(long bytes) {
    resumeAt = bytes;
    return this;
  }

  /** Sets who is told, before anything is written, what weakens the container: a sentence each. */
  public ContainerCreator advice(Consumer<String> listener) {
    advice = listener;
    return this;
  }

  /** Sets where keys, salts and noise come from, in place of {@code new SecureRandom()}. */
  public ContainerCreator random(SecureRandom source) {
    random = source;
    return this;
  }

  /** Sets the listener that learns how far the writing has come. */
  public ContainerCreator progress(WriteListener listener) {
    progress = listener;
    return this;
  }

  /**
   * Makes the container. A file is written beside its place and moved there when it is whole and on
   * the storage, so that a failure leaves the place as it was. A failure in place says how to go
   * on; one of a hidden volume leaves the outer one as it was. An interrupt ends it in the same
   * way.
   *
   * @return what was made
   * @throws IllegalArgumentException if a setting does not fit; nothing was written
   * @throws java.nio.file.FileAlreadyExistsException if the file exists, or the keys open a hidden
   *     volume already, and that is not to be replaced
   * @throws java.nio.file.NoSuchFileException if the directory that it shall be in is missing, or
   *     what is to be overwritten in place or to hold a hidden volume
   * @throws MissingCredentialsException if there is neither a password nor a keyfile
   * @throws dev.tcplay.model.WrongPasswordException if the outer volume does not open
   * @throws dev.tcplay.block.host.HostInUseException if what is written to is open
   * @throws java.nio.file.FileSystemException if it cannot be written to, or nobody knows what the
   *     outer volume holds; or if the host fails in place: it says in what state it is
   * @throws IOException if a keyfile cannot be read or the container not be written
   */
  public CreatedVolume create() throws IOException {
    NewContainer wanted =
        new NewContainer(
            size,
            quick,
            replaceExisting,
            new NewContainer.Going(inPlace, resume, resumeAt),
            Optional.ofNullable(random),
            fileSystem,
            Optional.ofNullable(progress),
            advice,
            Optional.ofNullable(inside),
            Optional.ofNullable(outer),
            trustSize);
    return ContainerMaking.create(container, env(), wanted);
  }
}
