package dev.tcplay.fs.cluster;

/**
 * The names of one directory that a check compares with each other, as far as there is room for
 * them. Not safe for threads.
 */
public final class ComparedNames {

  private final NameBudget budget;
  private NameTable names = new NameTable();
  private int kept;

  /** Starts with none. */
  public ComparedNames(NameBudget budget) {
    this.budget = budget;
  }

  /**
   * Takes a name that stands in a slot; returns whether none of those that are kept is the same.
   */
  public boolean add(String name, int slot) {
    if (names.find(name) >= 0) {
      return false;
    }
    if (budget.take(1)) {
      kept++;
      names.add(name, slot);
    } else {
      budget.leaveOut();
    }
    return true;
  }

  /** Forgets all. */
  public void clear() {
    names = new NameTable();
    budget.give(kept);
    kept = 0;
  }

  /** Returns the bytes of memory that the names take. */
  public long memory() {
    return names.memory();
  }
}
