package dev.tcplay.crypttab;

import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What an option of a dialect means. */
interface Rule {

  /** Says nothing of how a container is opened by us: of boot, of the kernel, of other formats. */
  Rule IGNORED = (draft, value) -> {};

  /**
   * Applies the option.
   *
   * @param value what follows its equals sign, null without one
   * @throws IllegalArgumentException if the value does not fit
   */
  void apply(EntryDraft draft, @Nullable String value);

  /** An option without a value. */
  static Rule flag(Consumer<EntryDraft> setter) {
    return (draft, value) -> {
      if (value != null) {
        throw new IllegalArgumentException("takes no value");
      }
      setter.accept(draft);
    };
  }

  /** An option of systemd's that is on if it has no value, or says by one whether it is on. */
  static Rule toggle(BiConsumer<EntryDraft, Boolean> setter) {
    return (draft, value) -> setter.accept(draft, value == null || isOn(value));
  }

  private static boolean isOn(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "1", "yes", "y", "true", "t", "on" -> true;
      case "0", "no", "n", "false", "f", "off" -> false;
      default -> throw new IllegalArgumentException("must be yes or no");
    };
  }

  /** An option that says what we do not do, unless it says that it is off. */
  static Rule refusedIfOn(String reason) {
    return toggle(
        (draft, on) -> {
          if (on) {
            throw new IllegalArgumentException(reason);
          }
        });
  }

  /** An option with a value. */
  static Rule value(BiConsumer<EntryDraft, String> setter) {
    return (draft, value) -> {
      if (value == null || value.isEmpty()) {
        throw new IllegalArgumentException("needs a value");
      }
      setter.accept(draft, value);
    };
  }

  /** An option that we know and do not have. */
  static Rule refused(String reason) {
    return (draft, value) -> {
      throw new IllegalArgumentException(reason);
    };
  }

  /** Returns a number in decimal digits. */
  static int number(String value, int most) {
    boolean digits = value.chars().allMatch(c -> c >= '0' && c <= '9');
    if (value.length() > 10 || !digits || Long.parseLong(value) > most) {
      throw new IllegalArgumentException("must be a number from 0 to " + most);
    }
    return Integer.parseInt(value);
  }
}
