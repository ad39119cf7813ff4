package dev.tcplay;

import dev.tcplay.container.HeaderWork;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.HeaderInfo;
import dev.tcplay.model.VolumeKeyUser;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells of the headers of one container, copies them to a file and restores them; made by {@link
 * Tcplay#headers}.
 *
 * <pre>{@code
 * Tcplay.headers(Path.of("secret.hc")).password(password).backUp(Path.of("secret.headers"));
 * }</pre>
 *
 * <p>The keys decide which volume it is about, the normal one or the hidden one, unless {@link
 * #hidden} does. A volume of TrueCrypt 1 to 5 and a system drive have a single header, without a
 * backup in the container. A container that was cut is refused. Arrays of secrets are read when the
 * work is done, and neither changed nor kept. Not safe for use by several threads; it may work any
 * number of times.
 */
public final class ContainerHeaders extends ExistingSettings<ContainerHeaders> {

  private final Path container;
  private SecureRandom random = new SecureRandom();

  ContainerHeaders(Path container) {
    this.container = container;
  }

  /** Sets where salts and noise come from, in place of {@code new SecureRandom()}. */
  public ContainerHeaders random(SecureRandom source) {
    random = source;
    return this;
  }

  /**
   * Returns the facts of the header that opens, and whether the other copy of it, if there is one,
   * opens too and is equal. Nothing is written, and others may read the container meanwhile.
   *
   * @throws IllegalArgumentException if an option does not fit
   * @throws dev.tcplay.model.MissingCredentialsException if there is neither a password nor a
   *     keyfile
   * @throws dev.tcplay.model.WrongPasswordException if no header opens
   * @throws dev.tcplay.model.CorruptHeaderException if a header opens and its fields cannot be true
   *     of this container
   * @throws java.nio.file.FileSystemException if the container was cut
   * @throws IOException if the container cannot be read
   */
  public HeaderInfo info() throws IOException {
    return work(env()).info();
  }

  /**
   * Copies the headers of the normal and of the hidden volume into a new file, as {@link
   * #backUp(Path, boolean)}.
   */
  public void backUp(Path file) throws IOException {
    backUp(file, false);
  }

  /**
   * Copies the headers of the normal and of the hidden volume, as they stand, into a file of 131072
   * bytes, which VeraCrypt restores too: the backups if they opened the container. Of a volume of
   * TrueCrypt 1 to 5 the file has 1024 bytes, of a system drive the 512 of its only header. Whoever
   * has the file can open the container by the passwords of today, also when they have changed. It
   * is its owner's alone where the host knows permissions. The container may be on read-only media,
   * and others may read it meanwhile.
   *
   * @param replace whether a file of that name is replaced
   * @throws java.nio.file.FileAlreadyExistsException if there is one that is not to be replaced
   * @throws IOException as {@link #info} says, or if the file cannot be written; it is then as
   *     before
   */
  public void backUp(Path file, boolean replace) throws IOException {
    work(env()).backUp(file, replace);
  }

  /**
   * Writes the header anew from its backup, as {@link #restore(boolean)}, where a file system or a
   * partition table is recognised in what it decrypts.
   */
  public void restore() throws IOException {
    restore(false);
  }

  /**
   * Writes the header to both of its places, whole slots with new salts: from the file that {@link
   * #headerFile} names, of 131072, 1024 or 512 bytes, else from its backup in the container. The
   * keys decide which header of the source is restored; the slots of the other volume are not
   * touched, nor are data. At every moment of the writing a header opens by the same keys, if one
   * in the container did before; else the file does. A volume of TrueCrypt 1 to 5 and a system
   * drive are restored from a file only, by one sector that is written once.
   *
   * @param force whether to do so also where nothing is recognised in what the header decrypts. The
   *     fields of the header must fit the container in any case, since its backup would else stand
   *     where data are
   * @throws java.nio.file.AccessDeniedException if the container cannot be written
   * @throws dev.tcplay.block.host.HostInUseException if the container is open elsewhere
   * @throws java.nio.file.FileSystemException if nothing is recognised in what the header decrypts;
   *     nothing was written. Or if the host fails meanwhile; it says in what state the headers are
   * @throws IOException as {@link #info} says
   */
  public void restore(boolean force) throws IOException {
    Map<String, Object> source = new HashMap<>(env());
    if (!source.containsKey(ContainerOptions.HEADER_FILE)) {
      source.put(ContainerOptions.BACKUP_HEADER, true);
    }
    work(source).restore(force);
  }

  /**
   * Hands the master key of the volume out, the keys of the data themselves: whoever has it
   * decrypts the volume for ever, also once the password has changed. It serves when no header
   * opens any more, by {@link ContainerOptions#VOLUME_KEY_FILE}. Other than the rest here this does
   * it for volumes with a single header, too, and for such as were cut. The container may be
   * read-only, and others may read it meanwhile.
   *
   * @throws IOException as {@link #info} says, or what the user throws
   */
  public void useKey(VolumeKeyUser user) throws IOException {
    work(env()).useKey(user);
  }

  /** Writes the master key to a new file, as {@link #exportKey(Path, boolean)}. */
  public void exportKey(Path file) throws IOException {
    exportKey(file, false);
  }

  /**
   * Writes the bytes of the master key, as {@link #useKey} has them, to a file that is its owner's
   * alone where the host knows permissions.
   *
   * @param replace whether a file of that name is replaced
   * @throws java.nio.file.FileAlreadyExistsException if there is one that is not to be replaced
   * @throws IOException as {@link #useKey} says, or if the file cannot be written; it is then as
   *     before
   */
  public void exportKey(Path file, boolean replace) throws IOException {
    work(env()).exportKey(file, replace);
  }

  private HeaderWork work(Map<String, ?> env) {
    return new HeaderWork(container, env, random);
  }
}
