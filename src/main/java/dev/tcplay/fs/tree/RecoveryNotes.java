package dev.tcplay.fs.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a recovery has done and what it has left, a sentence each: the first ones, and how many
 * there are besides. A volume that was made to take memory has very many, of very long paths. For
 * one thread.
 */
public final class RecoveryNotes {

  private static final int MOST_CHARACTERS = 1 << 16;

  private final List<String> sentences = new ArrayList<>();
  private int characters;
  private int others;

  /** Starts with none. */
  public RecoveryNotes() {}

  /** Adds a sentence, which is not made if there is no room for it. */
  public void add(Supplier<String> sentence) {
    if (characters < MOST_CHARACTERS) {
      String made = sentence.get();
      sentences.add(made);
      characters += made.length();
    } else {
      others++;
    }
  }

  /** Returns the sentences. */
  public List<String> sentences() {
    List<String> all = new ArrayList<>(sentences);
    if (others > 0) {
      all.add("%d more names or chains were double".formatted(others));
    }
    return all;
  }
}
