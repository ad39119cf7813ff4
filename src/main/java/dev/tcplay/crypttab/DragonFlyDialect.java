package dev.tcplay.crypttab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * DragonFly's cryptdisks(8): field 3 is a keyfile, double quotes hold blanks and commas together,
 * and what has no header of LUKS is tcplay's. A person is asked unless a program knows the
 * passphrase; the keyfile is tried alone before, as tcplay does.
 */
final class DragonFlyDialect extends Dialect {

  private static final byte[] LUKS = "LUKS\u00ba\u00be".getBytes(StandardCharsets.ISO_8859_1);

  private static final Map<String, Rule> RULES =
      Map.of(
          "none",
          Rule.flag(draft -> {}),
          "tries",
          // None at all is one, as tcplay counts.
          Rule.value((draft, value) -> draft.tries = Math.max(1, Rule.number(value, 1_000_000))),
          "timeout",
          Rule.value(
              (draft, value) -> draft.timeout = Duration.ofSeconds(Rule.number(value, 86_400))),
          "keyscript",
          Rule.value((draft, value) -> draft.keyscript = value));

  @Override
  public String name() {
    return "dragonfly";
  }

  @Override
  List<String> split(String line) {
    String text = line.stripLeading();
    return text.startsWith("#") || text.isBlank() ? List.of() : split(text.strip(), " \t\r", true);
  }

  @Override
  List<String> splitOptions(String field) {
    return split(field, ",", false).stream().map(option -> decoded(option.strip())).toList();
  }

  /** Splits at separators outside quotes, which stay. */
  private static List<String> split(String text, String separators, boolean together) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      if (quoted || separators.indexOf(c) < 0) {
        part.append(c);
      } else if (!together || part.length() > 0) {
        parts.add(part.toString());
        part.setLength(0);
      }
    }
    if (quoted) {
      throw new IllegalArgumentException("a double quote is not closed");
    }
    parts.add(part.toString());
    return parts;
  }

  @Override
  String decoded(String field) {
    return field.replace("\"", "");
  }

  @Override
  int leastFields() {
    return 2;
  }

  @Override
  boolean isNone(String key) {
    return key.equals("none");
  }

  @Override
  Map<String, Rule> rules() {
    return RULES;
  }

  @Override
  Optional<String> foreign(String option) {
    return Optional.empty();
  }

  @Override
  Optional<String> finish(EntryDraft draft, List<String> raw) {
    if (draft.key != null) {
      draft.keyfiles.add(draft.keyFile(draft.key));
      draft.passphrase = Passphrases.none();
    }
    if (draft.keyscript != null) {
      draft.passphrase = new Keyscript(List.of("/bin/sh", "-c", draft.keyscript), Map.of(), true);
      draft.asks = false;
    }
    return isLuks(draft.source) ? Optional.of("LUKS") : Optional.empty();
  }

  /** What cannot be read is not LUKS: whoever opens it says why. */
  private static boolean isLuks(Path source) {
    if (!Files.isReadable(source) || Files.isDirectory(source)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(source)) {
      return Arrays.equals(LUKS, in.readNBytes(LUKS.length));
    } catch (IOException e) {
      return false;
    }
  }
}
