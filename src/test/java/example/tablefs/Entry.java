package example.tablefs;

import java.util.ArrayList;
import java.util.List;

/**
 * A file as long as it is known: in the table, or deleted and still open. Guarded by the volume.
 */
final class Entry {

  final TableNode node;
  Slot slot;
  int handles;
  boolean deleted;

  /** Where a deleted file was before, which its old slot may still say on the host's storage. */
  final List<Extent> before = new ArrayList<>();

  /** Set, by whatever thread commits, once the old slot is empty on the host's storage. */
  volatile boolean deletionCommitted;

  Entry(TableNode node, Slot slot) {
    this.node = node;
    this.slot = slot;
  }

  /** Returns whether nobody can reach the file any more, on disk or here. */
  boolean isForgotten() {
    return deletionCommitted && handles == 0;
  }
}
