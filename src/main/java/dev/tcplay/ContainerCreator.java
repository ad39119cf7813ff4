package dev.tcplay;

import dev.tcplay.container.ContainerMaking;
import dev.tcplay.container.NewContainer;
import dev.tcplay.model.MissingCredentialsException;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.WriteListener;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes one container with an empty file system; made by {@link Tcplay#create}.
 *
 * <pre>{@code
 * Tcplay.create(Path.of("secret.hc")).size(64 << 20).password(password).label("LETTERS").create();
 * }</pre>
 *
 * <p>Without further settings the container is VeraCrypt's, with SHA-512 and AES, is filled with
 * noise from end to end, and holds the type of FAT that suits its size. A password counts in UTF-8:
 * up to 128 bytes, 64 for TrueCrypt, which also has no PIM.
 *
 * <p>Arrays of secrets are read when the container is made, and neither changed nor kept. Not safe
 * for use by several threads; it may create again, with other keys.
 */
public final class ContainerCreator extends ContainerSettings<ContainerCreator> {

  private final Path container;
  private long size;
  private boolean quick;
  private boolean replaceExisting;
  private @Nullable SecureRandom random;
  private @Nullable WriteListener progress;
  private NewFileSystem fileSystem = new NewFileSystem();

  ContainerCreator(Path container) {
    this.container = container;
  }

  /**
   * Sets the size of the whole file, which must be said: a multiple of 512 from 299008 bytes (292
   * KiB) to 1 PiB. 262144 bytes of it are headers; FAT fills at most 2 TiB.
   */
  public ContainerCreator size(long bytes) {
    size = bytes;
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
   * Sets whether to leave what nothing is written to as zeros, a hole where the host has holes.
   * Fast, but everyone sees how much of the container is in use. By default it is filled with
   * noise, which takes as long as writing the whole file.
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
   * Makes the container. It is written beside its place and moved there when it is whole and on the
   * storage, so that a failure leaves the place as it was.
   *
   * @throws IllegalArgumentException if a setting does not fit; nothing was written
   * @throws java.nio.file.FileAlreadyExistsException if the file exists and is not to be replaced
   * @throws java.nio.file.NoSuchFileException if the directory that it shall be in is missing
   * @throws MissingCredentialsException if there is neither a password nor a keyfile
   * @throws dev.tcplay.block.host.HostInUseException if the file to replace is open
   * @throws IOException if a keyfile cannot be read or the container not be written
   */
  public void create() throws IOException {
    NewContainer wanted =
        new NewContainer(
            size,
            quick,
            replaceExisting,
            Optional.ofNullable(random),
            fileSystem,
            Optional.ofNullable(progress));
    ContainerMaking.create(container, env(), wanted);
  }
}
