package dev.tcplay.fs.fat;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.cluster.NameTable;
import dev.tcplay.fs.tree.TreeIndex;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The index of one directory: after one pass over its slots every look-up reads one entry, and a
 * place for a new entry is known. Long names come before short ones, so that every name that a
 * listing shows leads to its own entry; of equal names the first wins.
 *
 * <p>Safe for any number of readers; who changes it is alone. Memory: some 100 bytes for each entry
 * with a long name, half of it for others.
 */
final class DirectoryIndex implements TreeIndex<DirectoryEntry> {

  private static final int OVERHEAD_BYTES = 256;

  private final DirectorySlots slots;
  private final NameRules rules;
  private final boolean fat32;
  private final Charset codePage;
  private final NameTable names = new NameTable();
  private final NameTable shortNames = new NameTable();
  private final FreeSlots free;
  private final @Nullable CorruptFileSystemException damage;
  private boolean ambiguous;

  /**
   * Reads the directory up to its end or to the first damage.
   *
   * @throws IOException if the device fails
   */
  DirectoryIndex(DirectorySlots slots, NameRules rules, boolean fat32, Charset codePage)
      throws IOException {
    this.slots = slots;
    this.rules = rules;
    this.fat32 = fat32;
    this.codePage = codePage;
    BitSet deleted = new BitSet();
    DirectoryScanner scanner = DirectoryScanner.of(slots, fat32, codePage, deleted);
    this.damage = index(scanner);
    this.free = new FreeSlots(scanner.slot(), deleted);
  }

  private @Nullable CorruptFileSystemException index(DirectoryScanner scanner) throws IOException {
    try {
      DirectoryEntry entry;
      while ((entry = scanner.next()) != null) {
        add(entry.name(), entry.shortName(), entry.firstSlot());
      }
      return null;
    } catch (CorruptFileSystemException e) {
      return e;
    }
  }

  private void add(String name, String shortName, int firstSlot) {
    String folded = rules.fold(name);
    boolean added = names.add(folded, firstSlot);
    String foldedShort = rules.fold(shortName);
    if (!foldedShort.equals(folded)) {
      added &= shortNames.add(foldedShort, firstSlot);
    }
    ambiguous |= !added;
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
   * Finds an entry by its long or short name.
   *
   * @throws CorruptFileSystemException if it is not there and a part of the directory cannot be
   *     read
   */
  @Override
  public @Nullable DirectoryEntry find(String name) throws IOException {
    String folded = rules.fold(name);
    DirectoryEntry entry = find(names, folded);
    entry = entry == null ? find(shortNames, folded) : entry;
    if (entry == null) {
      checkWhole();
    }
    return entry;
  }

  private @Nullable DirectoryEntry find(NameTable table, String folded) throws IOException {
    int slot = table.find(folded);
    DirectoryEntry entry = slot < 0 ? null : at(slot);
    return entry != null && isNamed(entry, folded) ? entry : null;
  }

  private boolean isNamed(DirectoryEntry entry, String folded) {
    return rules.fold(entry.name()).equals(folded) || rules.fold(entry.shortName()).equals(folded);
  }

  @Override
  public @Nullable DirectoryEntry at(int firstSlot) throws IOException {
    return DirectoryScanner.at(slots, firstSlot, fat32, codePage);
  }

  /** Returns whether an entry has the name, long or short. */
  boolean contains(String name) {
    String folded = rules.fold(name);
    return names.find(folded) >= 0 || shortNames.find(folded) >= 0;
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

  /** Takes an entry in that was put into slots. */
  void added(String name, String shortName, int firstSlot, int count) {
    add(name, shortName, firstSlot);
    free.take(firstSlot, count);
  }

  /**
   * Takes an entry out.
   *
   * @param freed the first of its slots that is marked as deleted. With parts of its long name
   *     before it, it cannot be used: another entry could seem to own them
   */
  void removed(DirectoryEntry entry, int freed) {
    names.remove(rules.fold(entry.name()), entry.firstSlot());
    shortNames.remove(rules.fold(entry.shortName()), entry.firstSlot());
    int first = freed == entry.firstSlot() ? freed : freed + 1;
    if (first <= entry.slot()) {
      free.free(first, entry.slot() + 1 - first);
    }
  }

  /** Returns roughly the bytes of memory that the index takes. */
  @Override
  public long memory() {
    return OVERHEAD_BYTES + names.memory() + shortNames.memory() + free.memory() + slots.memory();
  }
}
