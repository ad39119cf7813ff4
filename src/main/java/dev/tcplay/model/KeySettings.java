package dev.tcplay.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The settings of keys, for everything that opens or makes a container: either whole {@link Keys},
 * or one setting at a time. Each is an option of {@link ContainerOptions}.
 *
 * <p>Arrays of secrets are only remembered here. They are copied when they are used, and never
 * changed. Made by this library alone; not safe for use by several threads.
 *
 * @param <S> the type of the settings themselves, which every setter returns
 */
public abstract class KeySettings<S extends KeySettings<S>> {

  private final Map<String, Object> env = new HashMap<>();
  private final List<Object> keyfiles = new ArrayList<>();

  /** Makes settings of nothing; for this library. */
  protected KeySettings() {}

  /** Sets {@link ContainerOptions#KEYS}, which stay the caller's: they must not be closed yet. */
  public final S keys(Keys keys) {
    return set(ContainerOption.KEYS, keys);
  }

  /** Sets {@link ContainerOptions#PASSWORD}. */
  public final S password(char[] password) {
    return set(ContainerOption.PASSWORD, password);
  }

  /** Sets {@link ContainerOptions#PASSWORD}. */
  public final S password(byte[] password) {
    return set(ContainerOption.PASSWORD, password);
  }

  /** Sets {@link ContainerOptions#PASSWORD}. */
  public final S password(CharSequence password) {
    return set(ContainerOption.PASSWORD, password);
  }

  /** Sets {@link ContainerOptions#PASSWORD}; the supplier gives one of the other types. */
  public final S password(Supplier<?> password) {
    return set(ContainerOption.PASSWORD, password);
  }

  /** Sets {@link ContainerOptions#PASSWORD_FILE}. */
  public final S passwordFile(Path file) {
    return set(ContainerOption.PASSWORD_FILE, file);
  }

  /** Adds to {@link ContainerOptions#KEYFILES} a file, or a folder of keyfiles. */
  public final S keyfile(Path file) {
    keyfiles.add(file);
    return set(ContainerOption.KEYFILES, keyfiles);
  }

  /** Adds to {@link ContainerOptions#KEYFILES} the contents of a keyfile. */
  public final S keyfile(byte[] contents) {
    keyfiles.add(contents);
    return set(ContainerOption.KEYFILES, keyfiles);
  }

  /**
   * Adds to {@link ContainerOptions#KEYFILES} what somebody gives who is asked when a key is
   * derived, such as a security token.
   *
   * @param name what exceptions call it, nothing secret
   * @param reader gives the bytes, the same each time
   */
  public final S keyfile(String name, KeyfileSource.Reader reader) {
    keyfiles.add(new KeyfileSource(name, reader));
    return set(ContainerOption.KEYFILES, keyfiles);
  }

  /** Sets {@link ContainerOptions#PIM}, from 0, the default, to {@link Keys#LARGEST_PIM}. */
  public final S pim(int pim) {
    return set(ContainerOption.PIM, pim);
  }

  /** Sets {@link ContainerOptions#HASH}. */
  public final S hash(String name) {
    return set(ContainerOption.HASH, name);
  }

  /** Sets {@link ContainerOptions#CIPHER}. */
  public final S cipher(String chain) {
    return set(ContainerOption.CIPHER, chain);
  }

  /** Sets an option; for this library. */
  @SuppressWarnings("unchecked") // S is the type of this, as every subclass says
  protected final S set(ContainerOption option, Object value) {
    env.put(option.key(), value);
    return (S) this;
  }

  /** Returns what was set, as the env map of a file system provider; for this library. */
  protected final Map<String, Object> env() {
    return Collections.unmodifiableMap(env);
  }

  /**
   * Returns the keys that were set, those of {@link #keys} or new ones; for this library. The
   * caller closes them, which leaves those of somebody else as they are.
   */
  protected final Keys readKeys() {
    return Keys.read(env);
  }
}
