package dev.tcplay.fs.fat;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.NameRules;
import java.io.IOException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * The index of one directory: after one pass over its slots every look-up reads one entry. Long
 * names come before short ones, so that every name that a listing shows leads to its own entry; of
 * equal names the first wins. Safe for any number of threads.
 */
final class Directory {

  private static final int OVERHEAD_BYTES = 256;

  private final DirectorySlots slots;
  private final NameRules rules;
  private final boolean fat32;
  private final Charset codePage;
  private final NameTable names = new NameTable();
  private final NameTable shortNames = new NameTable();
  private final @Nullable CorruptFileSystemException damage;
  private final long memory;

  /**
   * Reads the directory up to its end or to the first damage.
   *
   * @throws IOException if the device fails
   */
  Directory(DirectorySlots slots, NameRules rules, boolean fat32, Charset codePage)
      throws IOException {
    this.slots = slots;
    this.rules = rules;
    this.fat32 = fat32;
    this.codePage = codePage;
    this.damage = index();
    this.memory = OVERHEAD_BYTES + names.memory() + shortNames.memory() + slots.memory();
  }

  private @Nullable CorruptFileSystemException index() throws IOException {
    DirectoryScanner scanner = scan();
    try {
      DirectoryEntry entry;
      while ((entry = scanner.next()) != null) {
        String folded = rules.fold(entry.name());
        names.add(folded, entry.firstSlot());
        String foldedShort = rules.fold(entry.shortName());
        if (!foldedShort.equals(folded)) {
          shortNames.add(foldedShort, entry.firstSlot());
        }
      }
      return null;
    } catch (CorruptFileSystemException e) {
      return e;
    }
  }

  /** Starts a pass over the entries. */
  DirectoryScanner scan() {
    return DirectoryScanner.of(slots, fat32, codePage);
  }

  /**
   * Finds an entry by its long or short name.
   *
   * @throws CorruptFileSystemException if it is not there and a part of the directory cannot be
   *     read
   */
  @Nullable DirectoryEntry find(String name) throws IOException {
    String folded = rules.fold(name);
    for (NameTable table : new NameTable[] {names, shortNames}) {
      int slot = table.find(folded);
      if (slot >= 0) {
        DirectoryEntry entry = DirectoryScanner.at(slots, slot, fat32, codePage);
        if (entry != null && isNamed(entry, folded)) {
          return entry;
        }
      }
    }
    if (damage != null) {
      throw new CorruptFileSystemException(damage.getFile(), damage.getReason());
    }
    return null;
  }

  /** Returns roughly the bytes of memory that the index takes. */
  long memory() {
    return memory;
  }

  private boolean isNamed(DirectoryEntry entry, String folded) {
    return rules.fold(entry.name()).equals(folded) || rules.fold(entry.shortName()).equals(folded);
  }
}
