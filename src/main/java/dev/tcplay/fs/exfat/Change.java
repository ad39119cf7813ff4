package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change of the tree: what it writes, the bits of the bitmap, and the clusters that it takes.
 * It is handed over as a whole, or closed without a trace that counts. For one thread.
 */
final class Change implements AutoCloseable {

  private static final int LINKS_AT_ONCE = 1 << 14;

  private final ExFatWriter writer;
  private final BlockDevice device;
  private final WriteBatch batch = new WriteBatch();
  private final List<Extent> taken = new ArrayList<>();
  private @Nullable BitmapEdit bitmap;
  private boolean strict;
  private boolean submitted;

  Change(ExFatWriter writer, BlockDevice device) {
    this.writer = writer;
    this.device = device;
  }

  /**
   * Takes clusters, which are given back if the change is not handed over.
   *
   * @throws dev.tcplay.fs.cluster.NoSpaceException if so many are not free
   */
  List<Extent> allocate(long count, long last) throws IOException {
    List<Extent> extents = writer.freeClusters().space().allocate(count, last);
    taken.addAll(extents);
    use(extents);
    return extents;
  }

  /** Returns how many clusters can be taken now. */
  long free() throws IOException {
    return writer.freeClusters().space().free();
  }

  /** Says in the bitmap that clusters are used, before anything leads to them. */
  void use(List<Extent> extents) throws IOException {
    edit(WriteOrder.DATA, true).change(extents);
  }

  /** Says in the bitmap that clusters are free; the only edit of its change. */
  void free(List<Extent> extents) throws IOException {
    edit(WriteOrder.FREES, false).change(extents);
  }

  /** From now on nobody else edits the bitmap until this change is closed. */
  private BitmapEdit edit(Group group, boolean used) throws IOException {
    if (bitmap == null) {
      bitmap = writer.lockBitmap(batch, group, used);
    }
    return bitmap;
  }

  /**
   * Links clusters that no table leads to yet, and ends the chain with the last. The entries are
   * written at once: as long as nothing leads to them they mean nothing.
   */
  void chain(List<Extent> extents) throws IOException {
    for (int i = 0; i < extents.size(); i++) {
      Extent extent = extents.get(i);
      boolean isLast = i + 1 == extents.size();
      long next = isLast ? FatLinks.END_OF_CHAIN : extents.get(i + 1).cluster();
      for (long done = 0; done < extent.length(); done += LINKS_AT_ONCE) {
        int count = (int) Math.min(LINKS_AT_ONCE, extent.length() - done);
        long first = extent.cluster() + done;
        ByteBuffer links =
            ByteBuffer.allocate(count * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int link = 1; link <= count; link++) {
          boolean isEnd = done + link == extent.length();
          links.putInt((int) (isEnd ? next : first + link));
        }
        writer.writeData(writer.links().position(first), links.array(), 0, links.capacity());
      }
    }
  }

  /** Makes a cluster of a chain lead to another one, or end it, in a group. */
  void link(Group group, long cluster, long next) {
    byte[] value =
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) next)
            .array();
    write(group, writer.links().position(cluster), value, 0, value.length);
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
    if (bitmap != null) {
      bitmap.finish();
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
      if (bitmap != null) {
        bitmap = null;
        writer.unlockBitmap();
      }
    }
  }
}
