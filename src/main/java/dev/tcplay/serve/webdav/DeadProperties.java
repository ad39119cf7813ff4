package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.HttpFailure;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Properties that mean something to clients only, as XML, in memory: file systems have no place for
 * them. Safe for several threads.
 */
final class DeadProperties {

  /** In characters, of all together. */
  private static final int MOST = 4 << 20;

  /** What an entry takes besides its text. */
  private static final int ENTRY = 200;

  private final Map<Path, Map<PropertyName, String>> byFile = new HashMap<>();
  private long size;

  /** Returns the properties of a file. */
  synchronized Map<PropertyName, String> of(Path file) {
    return new LinkedHashMap<>(byFile.getOrDefault(file, Map.of()));
  }

  /**
   * Replaces the properties of a file.
   *
   * @throws HttpFailure with 507 if it is too much for all; nothing is replaced then
   */
  synchronized void replace(Path file, Map<PropertyName, String> properties) throws HttpFailure {
    long more = size(properties) - size(byFile.getOrDefault(file, Map.of()));
    if (more > 0 && size + more > MOST) {
      throw new HttpFailure(507, "Too many properties");
    }
    put(file, properties);
  }

  /** Forgets those of all that was replaced: a file, or a directory and what was in it. */
  synchronized void removeUnder(Path replaced) {
    for (Path file : under(replaced).keySet()) {
      put(file, Map.of());
    }
  }

  /** Forgets those of what is there no more, of a file or in a directory. */
  synchronized void removeGone(Path root) {
    for (Path file : under(root).keySet()) {
      if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
        put(file, Map.of());
      }
    }
  }

  /** Gives a copy of a file or of a directory the same properties, as far as there is room. */
  synchronized void copy(Path from, Path to) {
    under(from)
        .forEach(
            (file, properties) -> {
              if (size + size(properties) <= MOST) {
                put(to.resolve(from.relativize(file)), properties);
              }
            });
  }

  private Map<Path, Map<PropertyName, String>> under(Path root) {
    Map<Path, Map<PropertyName, String>> under = new HashMap<>();
    byFile.forEach(
        (file, properties) -> {
          if (file.startsWith(root)) {
            under.put(file, properties);
          }
        });
    return under;
  }

  private void put(Path file, Map<PropertyName, String> properties) {
    size += size(properties) - size(byFile.getOrDefault(file, Map.of()));
    if (properties.isEmpty()) {
      byFile.remove(file);
    } else {
      byFile.put(file, Map.copyOf(properties));
    }
  }

  private static long size(Map<PropertyName, String> properties) {
    long size = 0;
    for (String text : properties.values()) {
      size += ENTRY + text.length();
    }
    return size;
  }
}
