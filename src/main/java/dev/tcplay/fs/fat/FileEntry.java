package dev.tcplay.fs.fat;

import dev.tcplay.block.WriteBatch;
import dev.tcplay.fs.DosTime;
import dev.tcplay.fs.cluster.ChangeGuard;
import dev.tcplay.fs.cluster.WriteOrder;
import dev.tcplay.fs.tree.FileNews;
import dev.tcplay.fs.tree.OpenEntry;
import java.io.IOException;
import java.nio.file.attribute.FileTime;

/** The short entry of one open file. */
final class FileEntry extends OpenEntry<FatDirectory, FileClusters> {

  private final TreeContext context;

  FileEntry(TreeContext context, FatNode node) {
    super(node);
    this.context = context;
  }

  @Override
  protected Contents<FileClusters> contents() throws IOException {
    ShortEntry now = read();
    FileClusters clusters = new FileClusters(context, this::path, now.firstCluster(), now.size());
    return new Contents<>(clusters, now.size(), now.size());
  }

  private ShortEntry read() throws IOException {
    byte[] slot = new byte[DirectorySlots.SLOT_BYTES];
    context.device().read(position(), slot, 0, slot.length);
    return new ShortEntry(slot, context.isFat32());
  }

  @Override
  protected ChangeGuard.Action rewrite(FileClusters clusters, FileNews news) throws IOException {
    ShortEntry entry = read();
    int onDisk = entry.firstCluster();
    int first = onDisk;
    FatWriter writer = context.writer();
    try (Change batch = writer.begin()) {
      if (news.apart() || writer.uncommitted().isChangeOrdered(id(), news.isOfCreation())) {
        batch.afterEarlierOnes();
      }
      if (news.resized()) {
        first = clusters.publish(batch);
        entry.firstCluster(first).size(news.size());
      }
      if (news.written() != null) {
        entry.modified(DosTime.of(FileTime.from(news.written()), context.zone()));
        entry.flags(entry.flags() | SlotReader.ARCHIVE);
      }
      if (news.change() != null) {
        entry.change(news.change(), context.zone());
      }
      if (onDisk != 0) {
        writer.uncommitted().changes(id(), news.isOfCreation(), batch::whenCommitted);
      }
      byte[] bytes = entry.bytes();
      if (news.resized()) {
        batch.write(WriteOrder.ENTRIES_ADDED, position(), bytes, 0, bytes.length);
      } else {
        batch.writeBy(latest(entry), position(), bytes, 0, bytes.length);
      }
      batch.submit();
    }
    int published = first;
    return news.resized() ? () -> clusters.published(published) : () -> {};
  }

  /**
   * Returns when attributes are on the disk at the latest. Those of a directory need no order, and
   * whoever deletes what is in it must not wait for its time to get there.
   */
  private static WriteBatch.Group latest(ShortEntry entry) {
    return (entry.flags() & SlotReader.DIRECTORY) != 0
        ? WriteOrder.ENTRIES_REMOVED
        : WriteOrder.ENTRIES_ADDED;
  }

  @Override
  protected FileTime stored(FileTime time) {
    return context.stored(time);
  }
}
