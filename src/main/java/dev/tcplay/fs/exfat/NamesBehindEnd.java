package dev.tcplay.fs.exfat;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.ClusterSet;
import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;

/**
 * Names behind the end of a directory. A directory that grows over several sectors has its end in
 * the first of them until that is on disk: a crash may leave what a rename put into a later sector
 * there. For this driver such a name is not there. What other systems add at the end may make it
 * show up again, and then a file has two names.
 *
 * <p>What leads to no clusters of an entry is left alone: it may be whatever another system has
 * left.
 */
final class NamesBehindEnd {

  private final TreeContext context;

  NamesBehindEnd(TreeContext context) {
    this.context = context;
  }

  /** Something done with a name behind the end. */
  private interface Visitor {
    void visit(int slot, EntrySet set) throws IOException;
  }

  /**
   * Returns whether there are names.
   *
   * @param end the first slot that was never used
   */
  boolean areIn(DirectorySlots slots, int end) throws IOException {
    boolean[] found = {false};
    visit(slots, end, (slot, set) -> found[0] = true);
    return found[0];
  }

  /**
   * Makes slots such as were never used, of names that lead to clusters which entries have.
   *
   * @return how many there were
   */
  int clear(DirectorySlots slots, int end, ClusterSet ofEntries) throws IOException {
    int[] cleared = {0};
    visit(
        slots,
        end,
        (slot, set) -> {
          if (ofEntries.contains(set.allocation().firstCluster())) {
            clear(slots, slot, set.count());
            cleared[0]++;
          }
        });
    return cleared[0];
  }

  private void clear(DirectorySlots slots, int first, int count) throws IOException {
    try (Change change = context.writer().begin()) {
      for (int slot = first; slot < first + count; slot++) {
        change.write(WriteOrder.ENTRIES_REMOVED, slots.position(slot), new byte[1], 0, 1);
      }
      change.submit();
    }
  }

  private void visit(DirectorySlots slots, int end, Visitor visitor) throws IOException {
    SlotWindow window = new SlotWindow(slots, 128);
    int type;
    for (int slot = end; (type = window.type(slot)) >= 0; slot++) {
      if (type == EntryType.FILE) {
        byte[] bytes = window.copy(slot, 1 + window.secondaryCount(slot));
        try {
          if (bytes != null) {
            visitor.visit(slot, EntrySet.parse(bytes));
          }
        } catch (CorruptFileSystemException e) {
          // No whole set: nobody takes it for a name.
        }
      }
    }
  }
}
