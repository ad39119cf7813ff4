package dev.tcplay.model;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads typed values from an env map; what does not fit is named, but never shown. */
final class EnvReader {

  private static final Duration LONGEST_DURATION = Duration.ofDays(1);
  private static final String DURATION =
      "a Duration, its text or a number of milliseconds, from 0 to a day";

  private static final Pattern UNIT = Pattern.compile("\\s*[0-9]+ ?[kKmMgGtT](i?[bB])?\\s*");

  private final Map<String, ?> env;

  EnvReader(Map<String, ?> env) {
    this.env = env;
  }

  boolean has(String key) {
    return env.containsKey(key);
  }

  /** Returns the exception for a value of a wrong type. */
  static IllegalArgumentException wrongType(String key, String expected, @Nullable Object value) {
    String actual = value == null ? "null" : value.getClass().getTypeName();
    String copy =
        value != null && isOfAnotherCopy(value.getClass())
            ? ", of another copy of tcplay, which another class loader has loaded"
            : "";
    return new IllegalArgumentException(key + " must be " + expected + " but was " + actual + copy);
  }

  /**
   * Returns whether a type is, extends or implements one of ours that another loader has loaded.
   */
  private static boolean isOfAnotherCopy(Class<?> type) {
    return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass)
        .flatMap(one -> Stream.concat(Stream.of(one), Stream.of(one.getInterfaces())))
        .filter(one -> one.getPackageName().equals(EnvReader.class.getPackageName()))
        .anyMatch(one -> one.getClassLoader() != EnvReader.class.getClassLoader());
  }

  Optional<String> text(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (env.get(key) instanceof CharSequence text) {
      checkNotEmpty(key, text);
      return Optional.of(text.toString());
    }
    throw wrongType(key, "a CharSequence", env.get(key));
  }

  private static void checkNotEmpty(String key, CharSequence text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(key + " must not be empty");
    }
  }

  Optional<Boolean> flag(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    Object value = env.get(key);
    if (value instanceof Boolean flag) {
      return Optional.of(flag);
    }
    if (value instanceof CharSequence text) {
      return switch (text.toString().toLowerCase(Locale.ROOT)) {
        case "true" -> Optional.of(true);
        case "false" -> Optional.of(false);
        default -> throw new IllegalArgumentException(key + " must be true or false");
      };
    }
    throw wrongType(key, "a Boolean or \"true\" or \"false\"", value);
  }

  /** Returns a number of something that has no units. */
  OptionalLong number(String key, long least, long most) {
    return number(key, least, most, false);
  }

  /** Returns a number of bytes. */
  OptionalLong bytes(String key, long least, long most) {
    return number(key, least, most, true);
  }

  private OptionalLong number(String key, long least, long most, boolean bytes) {
    if (!has(key)) {
      return OptionalLong.empty();
    }
    Object value = env.get(key);
    String expected = "a whole number from " + least + " to " + most;
    long number;
    if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      number = ((Number) value).longValue();
    } else if (value instanceof CharSequence text) {
      try {
        number = Long.parseLong(text.toString().strip());
      } catch (NumberFormatException e) {
        // Without the cause, whose message shows the value.
        throw new IllegalArgumentException(
            key + " must be " + expected + (bytes ? unitHint(text) : ""));
      }
    } else {
      throw wrongType(key, expected, value);
    }
    if (number < least || number > most) {
      throw new IllegalArgumentException(key + " must be " + expected);
    }
    return OptionalLong.of(number);
  }

  private static String unitHint(CharSequence text) {
    return UNIT.matcher(text).matches() ? ", without a unit: 64M is 67108864" : "";
  }

  Optional<Duration> duration(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    Object value = env.get(key);
    Duration duration;
    if (value instanceof Duration given) {
      duration = given;
    } else if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      duration = Duration.ofMillis(((Number) value).longValue());
    } else if (value instanceof CharSequence text) {
      duration = parseDuration(key, text.toString().strip());
    } else {
      throw wrongType(key, DURATION, value);
    }
    if (duration.isNegative() || duration.compareTo(LONGEST_DURATION) > 0) {
      throw new IllegalArgumentException(key + " must be " + DURATION);
    }
    return Optional.of(duration);
  }

  private static Duration parseDuration(String key, String text) {
    try {
      return text.chars().allMatch(c -> c >= '0' && c <= '9')
          ? Duration.ofMillis(Long.parseLong(text))
          : Duration.parse(text);
    } catch (NumberFormatException | DateTimeException e) {
      throw new IllegalArgumentException(key + " must be " + DURATION, e);
    }
  }

  Optional<Path> path(String key) {
    return has(key)
        ? Optional.of(asPath(key, "a Path or its text", env.get(key)))
        : Optional.empty();
  }

  /** Returns a value as a path. An empty one would be the current folder, which nobody means. */
  static Path asPath(String key, String expected, @Nullable Object value) {
    if (value instanceof Path path) {
      checkNotEmpty(key, path.toString());
      return path;
    }
    if (value instanceof CharSequence text) {
      checkNotEmpty(key, text);
      try {
        return Path.of(text.toString());
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException(key + " must be " + expected + ": " + e.getReason());
      }
    }
    throw wrongType(key, expected, value);
  }

  Optional<ZoneId> zone(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (env.get(key) instanceof ZoneId zone) {
      return Optional.of(zone);
    }
    if (env.get(key) instanceof CharSequence name) {
      try {
        return Optional.of(ZoneId.of(name.toString()));
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(key + " must name a time zone: " + e.getMessage(), e);
      }
    }
    throw wrongType(key, "a ZoneId or its name", env.get(key));
  }

  Optional<Charset> charset(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    Charset charset = asCharset(key, env.get(key));
    if (!AsciiCheck.keepsAscii(charset)) {
      throw new IllegalArgumentException(
          key + " must be a character set that contains ASCII as ASCII: " + charset.name());
    }
    return Optional.of(charset);
  }

  private static Charset asCharset(String key, @Nullable Object value) {
    if (value instanceof Charset charset) {
      return charset;
    }
    if (value instanceof CharSequence name) {
      try {
        return Charset.forName(name.toString());
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        throw new IllegalArgumentException(key + " must name a character set: " + name, e);
      }
    }
    throw wrongType(key, "a Charset or its name", value);
  }

  <T> Optional<T> listener(String key, Class<T> type) {
    if (!has(key)) {
      return Optional.empty();
    }
    Object value = env.get(key);
    if (type.isInstance(value)) {
      return Optional.of(type.cast(value));
    }
    String article = type == UnlockListener.class ? "an " : "a ";
    throw wrongType(key, article + type.getSimpleName(), value);
  }
}
