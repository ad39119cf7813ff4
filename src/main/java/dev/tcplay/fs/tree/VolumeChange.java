package dev.tcplay.fs.tree;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.NoSpaceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One change of the tree: what it writes, its edit of the allocation, and the clusters that it
 * takes. It is handed over as a whole, or closed without a trace that counts. For one thread.
 *
 * @param <E> how the driver edits the allocation
 */
public abstract class VolumeChange<E extends AllocationEdit> implements AutoCloseable {

  private final VolumeWriter<?> writer;
  private final BlockDevice device;
  private final WriteBatch batch = new WriteBatch();
  private final List<Extent> taken = new ArrayList<>();
  private @Nullable E edit;
  private boolean strict;
  private boolean submitted;

  /** Begins a change. */
  protected VolumeChange(VolumeWriter<?> writer) {
    this.writer = writer;
    this.device = writer.device();
  }

  /**
   * Takes clusters, which are given back if the change is not handed over.
   *
   * @param count how many
   * @param last the cluster behind which they had best lie, 0 for none
   * @throws NoSpaceException if so many are not free
   */
  public List<Extent> allocate(long count, long last) throws IOException {
    List<Extent> extents = writer.freeClusters().space().allocate(count, last);
    taken.addAll(extents);
    return extents;
  }

  /** Returns how many clusters can be taken now. */
  public final long free() throws IOException {
    return writer.freeClusters().space().free();
  }

  /**
   * Returns the edit of the allocation; from now on nobody else edits it until this change is
   * closed.
   */
  protected final E edit(Supplier<E> maker) {
    if (edit == null) {
      E made = maker.get();
      writer.lockEdits();
      edit = made;
    }
    return edit;
  }

  /** Returns what is handed over. */
  protected final WriteBatch batch() {
    return batch;
  }

  /** Returns what is on a place now. */
  public final byte[] read(long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    device.read(position, bytes, 0, length);
    return bytes;
  }

  /** Writes in a group. */
  public final void write(Group group, long position, byte[] source, int offset, int length) {
    batch.write(group, position, source, offset, length);
  }

  /** Writes what depends on nothing else, in a group at the latest. */
  public final void writeBy(Group latest, long position, byte[] source, int offset, int length) {
    if (strict) {
      batch.write(latest, position, source, offset, length);
    } else {
      batch.writeBy(latest, position, source, offset, length);
    }
  }

  /** Makes the whole change come after all earlier ones. Called first. */
  public final void afterEarlierOnes() {
    strict = true;
    batch.afterEarlierBatches();
  }

  /** Has something done once the change is on the host's storage. */
  public final void whenCommitted(Runnable action) {
    batch.whenCommitted(() -> writer.guard().runQuick(action));
  }

  /** Hands everything over. */
  public final void submit() throws IOException {
    if (edit != null) {
      edit.finish();
    }
    submitted = true;
    writer.submit(batch);
  }

  @Override
  public final void close() throws IOException {
    try {
      if (!submitted && !taken.isEmpty()) {
        writer.freeClusters().space().giveBack(taken);
      }
    } finally {
      if (edit != null) {
        edit = null;
        writer.unlockEdits();
      }
    }
  }
}
