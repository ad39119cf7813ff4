package dev.tcplay.fs.exfat;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.cluster.NameTable;
import dev.tcplay.fs.tree.TreeIndex;
import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The index of one directory: after one pass over its slots every look-up reads one entry set, and
 * a place for a new one is known. Of equal names the first wins.
 *
 * <p>Safe for any number of readers; who changes it is alone. Memory: some 50 bytes for each name,
 * for the first {@value #MOST_NAMES}; the sets behind them are gone over when a name is not among
 * them.
 */
final class DirectoryIndex implements TreeIndex<DirectoryEntry> {

  /** How many names are in the table; those behind them are looked for. */
  static final int MOST_NAMES = 1 << 18;

  private static final int OVERHEAD_BYTES = 256;

  private final DirectorySlots slots;
  private final NameRules rules;
  private final int most;
  private final NameTable names = new NameTable();
  private final FreeSlots free;
  private final @Nullable CorruptFileSystemException damage;
  private int count;
  private boolean ambiguous;

  /** The first slot of a name that the table has no room for. */
  private int firstLeftOut = Integer.MAX_VALUE;

  /**
   * Reads the directory up to its end or to the first damage.
   *
   * @throws IOException if the device fails
   */
  DirectoryIndex(DirectorySlots slots, NameRules rules) throws IOException {
    this(slots, rules, MOST_NAMES);
  }

  /** As the other one, with a table of so many names. */
  DirectoryIndex(DirectorySlots slots, NameRules rules, int most) throws IOException {
    this.slots = slots;
    this.most = most;
    this.rules = rules;
    BitSet deleted = new BitSet();
    DirectoryScanner scanner = DirectoryScanner.of(slots, deleted);
    this.damage = index(scanner);
    this.free = new FreeSlots(scanner.slot(), deleted);
  }

  private @Nullable CorruptFileSystemException index(DirectoryScanner scanner) throws IOException {
    try {
      DirectoryEntry entry;
      while ((entry = scanner.next()) != null) {
        add(entry.name(), entry.firstSlot());
      }
      return null;
    } catch (CorruptFileSystemException e) {
      return e;
    }
  }

  private void add(String name, int firstSlot) {
    if (count >= most) {
      firstLeftOut = Math.min(firstLeftOut, firstSlot);
    } else if (names.add(rules.fold(name), firstSlot)) {
      count++;
    } else {
      ambiguous = true;
    }
  }

  /** Returns the form in which names are compared. */
  String fold(String name) {
    return rules.fold(name);
  }

  DirectorySlots slots() {
    return slots;
  }

  FreeSlots free() {
    return free;
  }

  /**
   * Finds an entry by its name.
   *
   * @throws CorruptFileSystemException if it is not there and a part of the directory cannot be
   *     read
   */
  @Override
  public @Nullable DirectoryEntry find(String name) throws IOException {
    String folded = rules.fold(name);
    int slot = names.find(folded);
    DirectoryEntry entry = slot < 0 ? null : at(slot);
    if (entry != null && rules.fold(entry.name()).equals(folded)) {
      return entry;
    }
    entry = firstLeftOut == Integer.MAX_VALUE ? null : findLeftOut(folded);
    if (entry == null) {
      checkWhole();
    }
    return entry;
  }

  private @Nullable DirectoryEntry findLeftOut(String folded) throws IOException {
    int hash = Checksums.ofName(folded);
    DirectoryScanner scanner = DirectoryScanner.from(slots, firstLeftOut);
    DirectoryEntry entry;
    while ((entry = scanner.next(hash)) != null) {
      if (rules.fold(entry.name()).equals(folded)) {
        return entry;
      }
    }
    return null;
  }

  @Override
  public @Nullable DirectoryEntry at(int firstSlot) throws IOException {
    return DirectoryScanner.at(slots, firstSlot);
  }

  /**
   * Checks that the whole directory was read.
   *
   * @throws CorruptFileSystemException if not
   */
  void checkWhole() throws CorruptFileSystemException {
    if (damage != null) {
      throw new CorruptFileSystemException(damage.getFile(), damage.getReason());
    }
  }

  @Override
  public boolean isAmbiguous() {
    return ambiguous;
  }

  /** Takes a name in, whose set begins with a slot. */
  void added(String name, int firstSlot) {
    add(name, firstSlot);
  }

  /**
   * Takes an entry out.
   *
   * @param freed how many of its slots, from the first on, are marked as deleted
   */
  void removed(DirectoryEntry entry, int freed) {
    String folded = rules.fold(entry.name());
    if (names.find(folded) == entry.firstSlot()) {
      names.remove(folded, entry.firstSlot());
      count--;
    }
    free.free(entry.firstSlot(), freed);
  }

  @Override
  public long memory() {
    return OVERHEAD_BYTES + names.memory() + free.memory() + slots.memory();
  }
}
