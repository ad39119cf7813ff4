package dev.tcplay;

import dev.tcplay.container.HeaderWork;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.KeyProvider;
import dev.tcplay.model.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Changes what opens one container: password, keyfiles, PIM, hash and format; made by {@link
 * Tcplay#change}.
 *
 * <pre>{@code
 * Tcplay.change(Path.of("secret.hc")).from(oldKeys).to(newKeys).change();
 * }</pre>
 *
 * <p>The old keys decide which volume it is about, the normal one or the hidden one, unless {@link
 * #hidden} does; the other one is not touched. The data stay encrypted by the same keys and cipher:
 * whoever has an older copy of the headers can open the container by the old password. A volume of
 * TrueCrypt 1 to 5 and a system drive have a single header, and demand {@link #headerBackup}. Not
 * safe for use by several threads; it may change again.
 */
public final class ContainerKeyChange extends ExistingSettings<ContainerKeyChange> {

  private final Path container;
  private SecureRandom random = new SecureRandom();
  private KeyProvider to = path -> Optional.empty();
  private boolean keepKeyfiles = true;
  private Optional<String> toFormat = Optional.empty();
  private Optional<Path> headerBackup = Optional.empty();
  private Optional<Path> into = Optional.empty();
  private boolean replaceInto;
  private Consumer<String> advice = sentence -> {};

  ContainerKeyChange(Path container) {
    this.container = container;
  }

  /** Sets the old keys, as {@link #keys} does; they stay the caller's. */
  public ContainerKeyChange from(Keys keys) {
    return keys(keys);
  }

  /**
   * Sets the new keys, which stay the caller's. What they do not say stays: the password, the
   * keyfiles, the PIM, the hash. A cipher must be the one that the volume has. A password that
   * stays counts in UTF-8 from then on, though it opened in ISO-8859-1.
   */
  public ContainerKeyChange to(Keys keys) {
    return to(path -> Optional.of(keys.replacing(Keys.builder().build(), false)));
  }

  /**
   * Sets who gives the new keys, as {@link #to(Keys)} says, once the old ones have opened the
   * volume; they are closed when the work is done. If it gives none, all stays but the salts.
   */
  public ContainerKeyChange to(KeyProvider provider) {
    to = provider;
    return this;
  }

  /**
   * Sets the format afterwards, {@code TrueCrypt} or {@code VeraCrypt}, of which both must have the
   * volume's cipher and its new hash. A PIM is dropped where TrueCrypt has none. By default the
   * format stays.
   */
  public ContainerKeyChange toFormat(String name) {
    toFormat = Optional.of(name);
    return this;
  }

  /**
   * Sets a new file that the headers are copied to before anything is written, as they stand; it is
   * on the storage then, and opens by the old keys. Where the container has no backup of its header
   * there must be one: whoever is left with half a header restores it from there by {@link
   * ContainerHeaders#restore}. The file opens the container by the old keys for ever: delete it
   * once the new ones are proved.
   */
  public ContainerKeyChange headerBackup(Path file) {
    headerBackup = Optional.of(file);
    return this;
  }

  /**
   * Has the header written under the new keys to a file alone, its bare 512 bytes, which {@link
   * #headerFile} opens the container by; the container stays as it is, and opens by the old keys.
   * The old header may then come from a file, too.
   *
   * @param replace whether a file of that name is replaced
   */
  public ContainerKeyChange into(Path file, boolean replace) {
    into = Optional.of(file);
    replaceInto = replace;
    return this;
  }

  /** Has the keyfiles of the old keys left out, unless the new ones have keyfiles of their own. */
  public ContainerKeyChange withoutKeyfiles() {
    keepKeyfiles = false;
    return this;
  }

  /**
   * Sets who gets a sentence on each thing that weakens the new keys, such as a short password,
   * before anything is written.
   */
  public ContainerKeyChange advice(Consumer<String> listener) {
    advice = listener;
    return this;
  }

  /** Sets where salts and noise come from, in place of {@code new SecureRandom()}. */
  public ContainerKeyChange random(SecureRandom source) {
    random = source;
    return this;
  }

  /**
   * Writes the header and its backup under the new keys: whole slots, three times, with new salts.
   * The backup comes first, is read back and opened, then the header (the other way round if the
   * backup opened the volume). So at every moment, also after a power cut, one of the two opens by
   * the old keys or by the new ones.
   *
   * <p>A single header, of a volume of TrueCrypt 1 to 5 or of a system drive, is one sector, which
   * is written once: the old one may survive on the storage. A system drive keeps its hash and
   * format, which its boot loader is made for, and takes up to 64 characters of ASCII and no
   * keyfile; a PIM that the loader was told must be told anew.
   *
   * <p>Keys that open the other one of the normal and the hidden volume, too, are refused, since
   * the hidden one would not be found by them any more. That is tried by the new hash only, since
   * to try all would take as long as a wrong password.
   *
   * @throws IllegalArgumentException if an option or the new keys do not fit; nothing was written
   * @throws dev.tcplay.model.MissingCredentialsException if there are no old keys
   * @throws dev.tcplay.model.WrongPasswordException if no header opens
   * @throws dev.tcplay.model.CorruptHeaderException if a header opens and its fields cannot be true
   *     of this container
   * @throws java.nio.file.AccessDeniedException if the container cannot be written
   * @throws dev.tcplay.block.host.HostInUseException if the container is open elsewhere
   * @throws java.nio.file.FileAlreadyExistsException if the file of {@link #headerBackup} is there
   * @throws java.nio.file.FileSystemException if the container was cut, or has a single header and
   *     no {@link #headerBackup} is set; or if the host fails meanwhile: it says in what state the
   *     headers are
   * @throws IOException if a keyfile cannot be read or the container not be read
   */
  public void change() throws IOException {
    HeaderWork work = new HeaderWork(container, env(), random);
    if (into.isPresent()) {
      work.changeInto(into.get(), replaceInto, to, keepKeyfiles, toFormat, advice);
      return;
    }
    if (env().containsKey(ContainerOptions.HEADER_FILE)) {
      throw new IllegalArgumentException(
          ContainerOptions.HEADER_FILE + " must be absent: restore the header from the file first");
    }
    work.change(to, keepKeyfiles, toFormat, headerBackup, advice);
  }
}
