package dev.tcplay.nio.root;

import dev.tcplay.model.ContainerOption;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.words.NearestWord;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is mounted, in the words of mkinitrd's {@code vfs.root.realroot}: {@code
 * tcplay:fstype:device:name[:options]}.
 *
 * @param container the container, a path of the host
 * @param name the volume's name, for messages
 * @param env the options of opening it
 */
record RealRoot(Path container, String name, Map<String, Object> env) {

  private static final Pattern WORDS =
      Pattern.compile(
          "([^:]*):([^:]*):((?:[A-Za-z]:(?=[/\\\\]))?[^:]*):([^:]*)(?::(.*))?", Pattern.DOTALL);

  private static final Pattern BLANKS_AND_COMMAS = Pattern.compile("[\\s,]+");

  private static final Set<ContainerOption> FILES =
      EnumSet.of(
          ContainerOption.PASSWORD_FILE,
          ContainerOption.KEYFILES,
          ContainerOption.HEADER_FILE,
          ContainerOption.VOLUME_KEY_FILE,
          ContainerOption.SYSTEM_DISK,
          ContainerOption.OVERLAY);

  /** Objects, which a text cannot say, and secrets, which everybody sees in a property. */
  private static final Set<ContainerOption> UNSAID =
      EnumSet.of(
          ContainerOption.KEYS,
          ContainerOption.PASSWORD,
          ContainerOption.PROTECT_HIDDEN,
          ContainerOption.PROTECTION_LISTENER,
          ContainerOption.PROGRESS);

  /**
   * Reads the words.
   *
   * @param host the file system of the device and of other files
   * @throws IllegalArgumentException if they are malformed; the message does not show them
   */
  static RealRoot parse(String words, FileSystem host) {
    Matcher parts = WORDS.matcher(words);
    demand(parts.matches(), "expected tcplay:FSTYPE:DEVICE:NAME[:OPTIONS]");
    demand(parts.group(1).equals("tcplay"), "the type must be tcplay");
    demand(!parts.group(3).isEmpty(), "the device is missing");
    demand(!parts.group(4).isEmpty(), "the volume's name is missing");
    Map<String, Object> env = new HashMap<>();
    env.put(ContainerOptions.READ_ONLY, false);
    String driver = parts.group(2);
    if (driver.equals("msdos")) {
      env.put(ContainerOptions.FILESYSTEM, "fat");
    } else if (!driver.isEmpty() && !driver.equals("auto")) {
      env.put(ContainerOptions.FILESYSTEM, driver);
    }
    String options = parts.group(5) == null ? "" : parts.group(5);
    for (String option : BLANKS_AND_COMMAS.split(options, -1)) {
      if (!option.isEmpty()) {
        put(env, option, host);
      }
    }
    return new RealRoot(device(parts.group(3), host), parts.group(4), Map.copyOf(env));
  }

  /** As mkinitrd's script does, a device without a folder is one of /dev. */
  private static Path device(String text, FileSystem host) {
    Path device = path("the device", text, host);
    return device.isAbsolute() ? device : host.getPath("/dev").resolve(device);
  }

  private static void put(Map<String, Object> env, String option, FileSystem host) {
    int equals = option.indexOf('=');
    String key = equals < 0 ? option : option.substring(0, equals);
    String value = equals < 0 ? "true" : option.substring(equals + 1);
    if (key.equals("ro") && equals < 0) {
      env.put(ContainerOptions.READ_ONLY, true);
      return;
    }
    ContainerOption known =
        Stream.of(ContainerOption.values())
            .filter(candidate -> candidate.key().equals(key) && !UNSAID.contains(candidate))
            .findFirst()
            .orElseThrow(() -> refusal("unknown option " + key + hint(key)));
    boolean inMemory = known == ContainerOption.OVERLAY && value.equals("memory");
    boolean isFile = FILES.contains(known) && !inMemory;
    env.put(key, isFile ? path(key, value, host).toAbsolutePath() : value);
  }

  private static String hint(String key) {
    return NearestWord.hint(
        key,
        Stream.of(ContainerOption.values())
            .filter(option -> !UNSAID.contains(option))
            .map(ContainerOption::key)
            .toList());
  }

  private static Path path(String what, String text, FileSystem host) {
    try {
      return host.getPath(text);
    } catch (InvalidPathException e) {
      throw refusal(what + " is no path: " + e.getReason());
    }
  }

  private static void demand(boolean right, String otherwise) {
    if (!right) {
      throw refusal(otherwise);
    }
  }

  private static IllegalArgumentException refusal(String what) {
    return new IllegalArgumentException(RootProvider.REALROOT + ": " + what);
  }
}
