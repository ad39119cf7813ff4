package dev.tcplay.crypttab;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the fields and options of a table mean; three systems have three meanings for the same
 * words, and nothing in a file tells whose it is. Immutable.
 */
public abstract class Dialect {

  /** The names of the dialects, in words. */
  public static final String NAMES = "dragonfly, debian or systemd";

  Dialect() {}

  /**
   * Returns a dialect by its name.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Dialect of(String name) {
    return switch (name) {
      case "dragonfly" -> new DragonFlyDialect();
      case "debian" -> new DebianDialect();
      case "systemd" -> new SystemdDialect();
      default -> throw new IllegalArgumentException("the dialect must be " + NAMES);
    };
  }

  /** Returns the name of the dialect. */
  public abstract String name();

  /** Returns the fields of a line as they are written; none for a comment. */
  abstract List<String> split(String line);

  /** Returns what a field means; the fourth is a list of options, split before. */
  abstract String decoded(String field);

  /** Returns the options of the fourth field as they are written. */
  abstract List<String> splitOptions(String field);

  /** Returns how few fields a line may have. */
  abstract int leastFields();

  /** Returns whether the third field says that there is no key. */
  abstract boolean isNone(String key);

  /** Returns all options that the dialect knows. */
  abstract Map<String, Rule> rules();

  /** Returns what an option says that the entry is, if it says that it is no container. */
  abstract Optional<String> foreign(String option);

  /**
   * Draws the conclusions from all fields.
   *
   * @param raw the fields as they are written
   * @return what the entry is if it is no container
   */
  abstract Optional<String> finish(EntryDraft draft, List<String> raw);

  /** Returns an option's value behind the equals sign, null without one. */
  static @Nullable String valueOf(String option) {
    int equals = option.indexOf('=');
    return equals < 0 ? null : option.substring(equals + 1);
  }

  /** Returns the name of an option. */
  static String nameOf(String option) {
    int equals = option.indexOf('=');
    return equals < 0 ? option : option.substring(0, equals);
  }
}
