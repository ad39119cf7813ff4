package dev.tcplay.fs.exfat;

import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.WriteOrder;
import dev.tcplay.fs.tree.VolumeChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** One change of the tree, with the bits of the bitmap and links of the table. For one thread. */
final class Change extends VolumeChange<BitmapEdit> {

  private static final int LINKS_AT_ONCE = 1 << 14;

  private final ExFatWriter writer;

  Change(ExFatWriter writer) {
    super(writer);
    this.writer = writer;
  }

  /** Takes clusters, and says so in the bitmap. */
  @Override
  public List<Extent> allocate(long count, long last) throws IOException {
    List<Extent> extents = super.allocate(count, last);
    use(extents);
    return extents;
  }

  /** Says in the bitmap that clusters are used, before anything leads to them. */
  void use(List<Extent> extents) throws IOException {
    edit(WriteOrder.DATA, true).change(extents);
  }

  /** Says in the bitmap that clusters are free; the only edit of its change. */
  void free(List<Extent> extents) throws IOException {
    edit(WriteOrder.FREES, false).change(extents);
  }

  private BitmapEdit edit(Group group, boolean used) {
    return edit(() -> writer.edit(batch(), group, used));
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
}
