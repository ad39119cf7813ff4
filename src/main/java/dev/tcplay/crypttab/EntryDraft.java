package dev.tcplay.crypttab;

import dev.tcplay.model.ContainerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** An entry while its options are read, which set the fields. */
final class EntryDraft {

  private static final int DEFAULT_TRIES = 3;

  final String name;
  final Path source;

  /** The third field, null if there is none or it says so. */
  final @Nullable String key;

  final List<Path> keyfiles = new ArrayList<>();
  final Map<String, Object> options = new HashMap<>();
  Passphrase passphrase = Passphrases.asked();
  OptionalInt pim = OptionalInt.empty();

  /** Whether an option has said that this is TrueCrypt's format. */
  boolean tcrypt;

  boolean veraCrypt;
  boolean discards;
  boolean automatic = true;
  boolean asks = true;
  int tries = DEFAULT_TRIES;
  Duration timeout = Duration.ZERO;
  @Nullable String keyscript;

  EntryDraft(String name, String source, @Nullable String key) {
    this.name = name;
    this.source = Sources.path(source);
    this.key = key;
  }

  void readOnly() {
    options.put(ContainerOptions.READ_ONLY, true);
  }

  void hidden() {
    options.put(ContainerOptions.HIDDEN, true);
  }

  void headerFile(String path) {
    options.put(ContainerOptions.HEADER_FILE, Path.of(path));
  }

  /** Returns the file that the third field names. */
  Path keyFile(String path) {
    if (path.equals("/dev/random")
        || path.equals("/dev/urandom")
        || path.equals("/dev/hw_random")) {
      throw new IllegalArgumentException("field 3, the key, is noise, which opens no container");
    }
    return Path.of(path);
  }

  Entry entry(String place) {
    return new Entry(
        place,
        name,
        source,
        passphrase,
        keyfiles,
        pim,
        options,
        discards,
        automatic,
        asks,
        tries,
        timeout);
  }
}
