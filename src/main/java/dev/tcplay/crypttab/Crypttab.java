package dev.tcplay.crypttab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of encrypted volumes. What a line says is understood as a whole or the table is refused,
 * since an option that is left aside could open another volume than its author meant.
 *
 * @param entries the containers, in the order of the table, which is that in which they are opened
 * @param skipped what is no container: LUKS, plain dm-crypt, swap
 */
public record Crypttab(List<Entry> entries, List<Skipped> skipped) {

  private static final int LARGEST = 1 << 20;

  /** Makes a table, with copies of the lists. */
  public Crypttab {
    entries = List.copyOf(entries);
    skipped = List.copyOf(skipped);
  }

  /**
   * Reads a table.
   *
   * @throws MalformedCrypttabException if a line is wrong, or says what we do not know
   * @throws IOException if the file cannot be read
   */
  public static Crypttab read(Path file, Dialect dialect) throws IOException {
    return parse(text(file), file.toString(), dialect);
  }

  private static String text(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST + 1);
    }
    if (bytes.length > LARGEST) {
      throw new MalformedCrypttabException(file.toString(), "is longer than " + LARGEST + " bytes");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedCrypttabException(file.toString(), "is no text in UTF-8");
    }
  }

  static Crypttab parse(String text, String file, Dialect dialect)
      throws MalformedCrypttabException {
    if (text.startsWith("\uFEFF")) {
      // It would be the first character of a name, and hide the mark of a comment.
      throw new MalformedCrypttabException(file + ":1", "begins with a byte order mark");
    }
    List<Entry> entries = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    Map<String, String> places = new HashMap<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      String place = file + ":" + number;
      try {
        List<String> fields = dialect.split(line);
        if (fields.isEmpty()) {
          continue;
        }
        LineReader reader = new LineReader(dialect, fields);
        String before = places.putIfAbsent(reader.name(), place);
        if (before != null) {
          throw new IllegalArgumentException(
              "field 1, the name, is that of " + before + ": " + reader.name());
        }
        reader
            .skipped()
            .ifPresentOrElse(
                reason -> skipped.add(new Skipped(place, reader.name(), reason)),
                () -> entries.add(reader.draft().entry(place)));
      } catch (IllegalArgumentException e) {
        throw new MalformedCrypttabException(place, String.valueOf(e.getMessage()));
      }
    }
    return new Crypttab(entries, skipped);
  }

  /** Returns an entry by its name. */
  public Optional<Entry> find(String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  /** Returns a skipped entry by its name. */
  public Optional<Skipped> findSkipped(String name) {
    return skipped.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }
}
