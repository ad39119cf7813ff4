package dev.tcplay.fs.fat;

import dev.tcplay.fs.cluster.ClusterSet;
import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Names behind the end of a directory. A directory that grows over several sectors has its end in
 * the first of them until that is on disk: a crash may leave what a rename put into a later sector
 * there. For this driver such a name is not there. Others, such as Linux and fsck.fat, look behind
 * the end, and find a second name of a file that has one already.
 *
 * <p>What leads to no chain of an entry is left alone: it may be whatever another system has left.
 */
final class NamesBehindEnd {

  private static final int AT_ONCE = 128;
  private static final int DELETED = 0xE5;

  private final TreeContext context;
  private final Geometry geometry;

  NamesBehindEnd(TreeContext context) {
    this.context = context;
    this.geometry = context.writer().geometry();
  }

  /** Something done with a name behind the end, by its place and its lawful first cluster. */
  private interface Visitor {
    void visit(long position, int firstCluster) throws IOException;
  }

  /**
   * Returns whether there are names.
   *
   * @param end the first slot that was never used
   */
  boolean areIn(DirectorySlots slots, int end) throws IOException {
    boolean[] found = {false};
    visit(slots, end, (position, firstCluster) -> found[0] = true);
    return found[0];
  }

  /**
   * Makes slots such as were never used, of names that lead to chains which entries have.
   *
   * @return how many there were
   */
  int clear(DirectorySlots slots, int end, ClusterSet ofEntries) throws IOException {
    int[] cleared = {0};
    visit(
        slots,
        end,
        (position, firstCluster) -> {
          if (ofEntries.contains(firstCluster)) {
            try (Change change = context.writer().begin()) {
              change.write(WriteOrder.ENTRIES_REMOVED, position, new byte[1], 0, 1);
              change.submit();
            }
            cleared[0]++;
          }
        });
    return cleared[0];
  }

  private void visit(DirectorySlots slots, int end, Visitor visitor) throws IOException {
    byte[] bytes = new byte[AT_ONCE * DirectorySlots.SLOT_BYTES];
    ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int read;
    for (int first = end; (read = slots.read(first, bytes)) > 0; first += read) {
      for (int slot = 0; slot < read; slot++) {
        int at = slot * DirectorySlots.SLOT_BYTES;
        int mark = bytes[at] & 0xFF;
        // Parts of long names have this bit, too, as labels have.
        boolean isEntry = (bytes[at + 11] & SlotReader.VOLUME) == 0;
        int upper = geometry.isFat32() ? fields.getShort(at + 20) << 16 : 0;
        int cluster = upper | (fields.getShort(at + 26) & 0xFFFF);
        if (mark != 0 && mark != DELETED && isEntry && geometry.isCluster(cluster)) {
          visitor.visit(slots.position(first + slot), cluster);
        }
      }
    }
  }
}
