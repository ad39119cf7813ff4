package dev.tcplay.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What opens a container, or is to open a new one: a password, keyfiles, a PIM, and the hash and
 * the cipher where they are known. Without a password the password is empty.
 *
 * <pre>{@code
 * try (Keys keys = Keys.builder().password(password).pim(485).build();
 *     FileSystem volume = Tcplay.open(container).keys(keys).mount()) { ... }
 * }</pre>
 *
 * <p>Keys hold copies of the secrets they were built from. Their owner, who built them, closes
 * them, which wipes the copies; whoever they are given to only reads them. Safe for any number of
 * threads, as long as none closes them while another reads.
 */
public final class Keys implements AutoCloseable {

  /** The largest PIM: its iterations, 15000 + 1000 times the PIM, must fit in an int. */
  public static final int LARGEST_PIM = (Integer.MAX_VALUE - 15_000) / 1_000;

  /** What must be wiped; keys that share it are wiped together. */
  private static final class Secrets {

    private final byte[] password;
    private final List<byte[]> keyfiles;
    private volatile boolean wiped;

    Secrets(byte[] password, List<byte[]> keyfiles) {
      this.password = password;
      this.keyfiles = List.copyOf(keyfiles);
    }

    Secrets checked() {
      if (wiped) {
        throw new IllegalStateException("password and keyfiles are wiped");
      }
      return this;
    }

    void wipe() {
      wiped = true;
      Arrays.fill(password, (byte) 0);
      keyfiles.forEach(contents -> Arrays.fill(contents, (byte) 0));
    }
  }

  private final Secrets secrets;
  private final KeyFacts facts;
  private final boolean owner;

  private Keys(Secrets secrets, KeyFacts facts, boolean owner) {
    this.secrets = secrets;
    this.facts = facts;
    this.owner = owner;
  }

  /** Returns a builder of keys that opens nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Makes keys of a password alone, possibly empty, which counts in UTF-8 as VeraCrypt does.
   *
   * @throws IllegalArgumentException if the text is no text: it holds half a surrogate pair
   */
  public static Keys of(CharSequence password) {
    return builder().password(password).build();
  }

  /** Makes keys of a password alone, as {@link #of(CharSequence)}. */
  public static Keys of(char[] password) {
    return builder().password(password).build();
  }

  /** Makes keys of the bytes of a password, possibly none. */
  public static Keys of(byte[] password) {
    return builder().password(password).build();
  }

  /**
   * Makes keys of the first line of a stream, without its line end, as raw bytes; reads no further.
   *
   * @throws IOException if the stream cannot be read or its first line is longer than 64 KiB
   */
  public static Keys ofFirstLine(InputStream stream) throws IOException {
    byte[] line = PasswordText.firstLine(stream);
    return new Keys(new Secrets(line, List.of()), KeyFacts.OF_PASSWORD, true);
  }

  /**
   * Reads the keys out of an env map: those under {@link ContainerOptions#KEYS}, shared, or new
   * ones. The caller closes them, which does not wipe shared ones.
   *
   * @throws IllegalArgumentException if an option does not fit; no copy of a secret is left then
   */
  static Keys read(Map<String, ?> env) {
    if (!env.containsKey(ContainerOptions.KEYS)) {
      return KeyReader.read(env);
    }
    for (ContainerOption option : ContainerOption.ofKeys()) {
      if (env.containsKey(option.key())) {
        throw new IllegalArgumentException(
            ContainerOptions.KEYS + " and " + option.key() + " exclude each other");
      }
    }
    return shared(env, ContainerOptions.KEYS).orElseThrow();
  }

  /**
   * Reads whole keys out of an env map. Their secrets stay those of whoever put them there, so that
   * closing the result wipes nothing.
   *
   * @return empty if the map has no such key
   * @throws IllegalArgumentException if the value is something else
   */
  static Optional<Keys> shared(Map<String, ?> env, String key) {
    if (!env.containsKey(key)) {
      return Optional.empty();
    }
    if (env.get(key) instanceof Keys keys) {
      return Optional.of(new Keys(keys.secrets.checked(), keys.facts, false));
    }
    throw EnvReader.wrongType(key, "a Keys", env.get(key));
  }

  /** Makes keys that own their arrays, for the reader of options. */
  static Keys owning(Optional<byte[]> password, List<byte[]> contents, KeyFacts facts) {
    return new Keys(new Secrets(password.orElse(new byte[0]), contents), facts, true);
  }

  /**
   * Returns these secrets with the PIM, the hash and the cipher of others, where those say them.
   * The secrets are shared: closing either wipes both, if this owns them.
   */
  public Keys with(Keys hints) {
    return new Keys(secrets, facts.with(hints.facts), owner);
  }

  /**
   * Returns keys that take the place of others: what these say, and what they do not say of
   * password and keyfiles as the others have it. PIM, hash and cipher are those of these. The
   * secrets are copies, which the caller closes.
   *
   * @param keepKeyfiles whether the keyfiles stay, if these have none
   * @throws IllegalStateException if one of both is closed
   */
  public Keys replacing(Keys others, boolean keepKeyfiles) {
    boolean sayPassword = facts.hasPassword() || facts.passwordFile().isPresent();
    Keys password = sayPassword ? this : others;
    Keys keyfiles = haveKeyfiles() || !keepKeyfiles ? this : others;
    KeyFacts both =
        new KeyFacts(
            password.facts.hasPassword(),
            password.facts.passwordFile(),
            keyfiles.facts.keyfiles(),
            keyfiles.facts.sources(),
            facts.pim(),
            facts.hash(),
            facts.cipher());
    return owning(
        both.hasPassword() ? Optional.of(password.password().clone()) : Optional.empty(),
        keyfiles.keyfileContents().stream().map(byte[]::clone).toList(),
        both);
  }

  private boolean haveKeyfiles() {
    return !facts.keyfiles().isEmpty()
        || !facts.sources().isEmpty()
        || !secrets.checked().keyfiles.isEmpty();
  }

  /** Returns whether there is a password, possibly empty, a file of one, or a keyfile. */
  public boolean haveSecrets() {
    return facts.hasPassword()
        || facts.passwordFile().isPresent()
        || !facts.keyfiles().isEmpty()
        || !facts.sources().isEmpty()
        || !secrets.keyfiles.isEmpty();
  }

  /**
   * Returns the bytes of the password, none if there is none: the array itself, which {@link
   * #close} wipes.
   *
   * @throws IllegalStateException if these keys are closed
   */
  public byte[] password() {
    return secrets.checked().password;
  }

  /** Returns the file whose first line is the password; then there is no other. */
  public Optional<Path> passwordFile() {
    return facts.passwordFile();
  }

  /** Returns the keyfiles and folders of keyfiles. */
  public List<Path> keyfiles() {
    return facts.keyfiles();
  }

  /**
   * Returns the contents of further keyfiles: the arrays themselves, which {@link #close} wipes.
   *
   * @throws IllegalStateException if these keys are closed
   */
  public List<byte[]> keyfileContents() {
    return secrets.checked().keyfiles;
  }

  /** Returns the keyfiles that are no files, such as those on a token. */
  public List<KeyfileSource> keyfileSources() {
    return facts.sources();
  }

  /** Returns the PIM, 0 for the default; empty if nobody said one. */
  public OptionalInt pim() {
    return facts.pim();
  }

  /** Returns the names of the only hashes, as given: one, or several with commas between them. */
  public Optional<String> hash() {
    return facts.hash();
  }

  /** Returns the name of the only cipher chain, as given. */
  public Optional<String> cipher() {
    return facts.cipher();
  }

  /** Wipes the secrets. */
  @Override
  public void close() {
    if (owner) {
      secrets.wipe();
    }
  }

  @Override
  public String toString() {
    return "Keys[hidden]";
  }

  /** Collects keys. It keeps the caller's own arrays until {@link #build} copies them. */
  public static final class Builder extends KeySettings<Builder> {

    private Builder() {}

    /**
     * Returns keys with copies of the secrets, which the caller closes.
     *
     * @throws IllegalArgumentException if a setting does not fit; no copy is left then
     */
    public Keys build() {
      return readKeys();
    }
  }
}
