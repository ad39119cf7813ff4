package dev.tcplay.crypttab;

import dev.tcplay.words.NearestWord;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one line of a table; what is wrong is an {@link IllegalArgumentException}. */
final class LineReader {

  private static final int NAME = 0;
  private static final int SOURCE = 1;
  private static final int KEY = 2;
  private static final int OPTIONS = 3;

  private final Dialect dialect;
  private final List<String> fields;
  private final String name;
  private @Nullable EntryDraft draft;
  private Optional<String> skipped;

  LineReader(Dialect dialect, List<String> all) {
    this.dialect = dialect;
    // A comment may stand behind the options, where none of the three systems looks.
    boolean comment = all.size() > OPTIONS + 1 && all.get(OPTIONS + 1).startsWith("#");
    fields = comment ? all.subList(0, OPTIONS + 1) : all;
    if (fields.size() < dialect.leastFields() || fields.size() > OPTIONS + 1) {
      throw new IllegalArgumentException(
          "has " + fields.size() + " fields, not " + dialect.leastFields() + " to 4");
    }
    name = dialect.decoded(fields.get(NAME));
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.equals(".") || name.equals("..")) {
      throw new IllegalArgumentException("field 1, the name, must be the name of a file");
    }
    skipped = foreign();
    if (skipped.isEmpty()) {
      try {
        skipped = read();
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException("a path is none: " + e.getReason(), e);
      }
    }
  }

  private List<String> options() {
    return fields.size() > OPTIONS ? dialect.splitOptions(fields.get(OPTIONS)) : List.of();
  }

  /** The options of other formats are not looked at: they are another program's. */
  private Optional<String> foreign() {
    return options().stream().map(dialect::foreign).flatMap(Optional::stream).findFirst();
  }

  private Optional<String> read() {
    String key = fields.size() > KEY ? dialect.decoded(fields.get(KEY)) : "";
    boolean none = key.isEmpty() || dialect.isNone(key);
    EntryDraft read = new EntryDraft(name, dialect.decoded(fields.get(SOURCE)), none ? null : key);
    for (String option : options()) {
      String called = Dialect.nameOf(option);
      Rule rule = dialect.rules().get(called);
      if (rule == null) {
        throw new IllegalArgumentException(
            "unknown option " + called + NearestWord.hint(called, dialect.rules().keySet()));
      }
      String value = Dialect.valueOf(option);
      try {
        rule.apply(read, value == null ? null : dialect.decoded(value));
      } catch (InvalidPathException e) {
        throw new IllegalArgumentException("option " + called + " is no path", e);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("option " + called + " " + e.getMessage(), e);
      }
    }
    draft = read;
    return dialect.finish(read, fields);
  }

  String name() {
    return name;
  }

  /** Returns what the entry is if it is no container. */
  Optional<String> skipped() {
    return skipped;
  }

  /** Returns the entry if it is not skipped. */
  EntryDraft draft() {
    if (draft == null) {
      throw new IllegalStateException(name + " is skipped");
    }
    return draft;
  }
}
