package dev.tcplay.crypttab;

import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One volume of a table, the same for all dialects.
 *
 * @param place the file and the line, as {@code FILE:LINE}
 * @param name what the volume is called
 * @param source the container
 * @param passphrase where the passphrase comes from
 * @param keyfiles the keyfiles, in the order of the table
 * @param pim VeraCrypt's PIM, empty for the default
 * @param options the other options of the container, by the keys of {@link ContainerOptions}
 * @param discards whether clients may say which parts are of no further use
 * @param automatic whether it is started unless one is named
 * @param asks whether a person is asked where nothing else opens it
 * @param tries how often a person is asked, 0 for no limit
 * @param timeout how long an answer may take, zero for no limit
 */
public record Entry(
    String place,
    String name,
    Path source,
    Passphrase passphrase,
    List<Path> keyfiles,
    OptionalInt pim,
    Map<String, Object> options,
    boolean discards,
    boolean automatic,
    boolean asks,
    int tries,
    Duration timeout) {

  /** Makes an entry, with copies of the collections. */
  public Entry {
    keyfiles = List.copyOf(keyfiles);
    options = Map.copyOf(options);
  }

  /**
   * Returns what opens the volume, without asking anybody; the caller closes it.
   *
   * @param scripts whether a program of the table's may be run for it
   * @return empty if only a person knows the passphrase
   * @throws IOException if the passphrase cannot be had, or only by a program that may not be run
   */
  public Optional<Keys> keys(boolean scripts) throws IOException {
    return passphrase.complete(builder(), scripts);
  }

  /** Returns keys with a passphrase that a person typed; the caller closes them. */
  public Keys keysWith(char[] typed) {
    return builder().password(typed).build();
  }

  /** Returns what the table says of the keys besides the passphrase; the caller closes it. */
  public Keys keysWithoutPassphrase() {
    return builder().build();
  }

  private Keys.Builder builder() {
    Keys.Builder builder = Keys.builder();
    keyfiles.forEach(builder::keyfile);
    pim.ifPresent(builder::pim);
    return builder;
  }

  /** Returns the options of the container, with keys that stay the caller's. */
  public Map<String, Object> env(Keys keys) {
    Map<String, Object> env = new HashMap<>(options);
    env.put(ContainerOptions.KEYS, keys);
    return env;
  }
}
