package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.NoSpaceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change of the tree: what it writes, the entries of the table, and the clusters that it takes.
 * It is handed over as a whole, or closed without a trace. For one thread.
 */
final class Change implements AutoCloseable {

  private final FatWriter writer;
  private final BlockDevice device;
  private final WriteBatch batch = new WriteBatch();
  private final List<Extent> taken = new ArrayList<>();
  private @Nullable TableEdit table;
  private boolean strict;
  private boolean submitted;

  Change(FatWriter writer, BlockDevice device) {
    this.writer = writer;
    this.device = device;
  }

  /**
   * Takes clusters, which are given back if the change is not handed over.
   *
   * @throws NoSpaceException if so many are not free
   */
  List<Extent> allocate(long count, long last) throws IOException {
    List<Extent> extents = writer.freeClusters().space().allocate(count, last);
    taken.addAll(extents);
    return extents;
  }

  /** Returns how many clusters can be taken now. */
  long free() throws IOException {
    return writer.freeClusters().space().free();
  }

  /**
   * Returns the edit of the table; from now on nobody else edits it until this change is closed.
   */
  TableEdit table() {
    if (table == null) {
      table = writer.lockTable(batch);
    }
    return table;
  }

  /** Returns what is on a place now. */
  byte[] read(long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    device.read(position, bytes, 0, length);
    return bytes;
  }

  /** Writes in a group. */
  void write(Group group, long position, byte[] source, int offset, int length) {
    batch.write(group, position, source, offset, length);
  }

  /** Writes what depends on nothing else, in a group at the latest. */
  void writeBy(Group latest, long position, byte[] source, int offset, int length) {
    if (strict) {
      batch.write(latest, position, source, offset, length);
    } else {
      batch.writeBy(latest, position, source, offset, length);
    }
  }

  /** Makes the whole change come after all earlier ones. Called first. */
  void afterEarlierOnes() {
    strict = true;
    batch.afterEarlierBatches();
  }

  /** Has something done once the change is on the host's storage. */
  void whenCommitted(Runnable action) {
    batch.whenCommitted(() -> writer.guard().runQuick(action));
  }

  /** Hands everything over. */
  void submit() throws IOException {
    if (table != null) {
      table.finish();
    }
    submitted = true;
    writer.submit(batch);
  }

  @Override
  public void close() throws IOException {
    try {
      if (!submitted && !taken.isEmpty()) {
        writer.freeClusters().space().giveBack(taken);
      }
    } finally {
      if (table != null) {
        table = null;
        writer.unlockTable();
      }
    }
  }
}
