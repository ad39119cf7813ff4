package dev.tcplay.fs.exfat;

import dev.tcplay.block.WriteBatch;
import dev.tcplay.fs.DosFlags;
import dev.tcplay.fs.cluster.ChangeGuard;
import dev.tcplay.fs.cluster.WriteOrder;
import dev.tcplay.fs.tree.FileNews;
import dev.tcplay.fs.tree.OpenEntry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/** The entry set of one open file. */
final class FileEntry extends OpenEntry<ExFatDirectory, FileClusters> {

  /** What a change rewrites: File and Stream Extension, which lie in one sector. */
  private static final int REWRITTEN = 2 * DirectorySlots.SLOT_BYTES;

  private final TreeContext context;

  /** The set as it was when the file was opened, or moved last. */
  private volatile DirectoryEntry found;

  FileEntry(TreeContext context, ExFatNode node) {
    super(node);
    this.context = context;
    this.found = Objects.requireNonNull(node.entry());
  }

  @Override
  protected Contents<FileClusters> contents() throws IOException {
    Allocation onDisk = read().set().allocation();
    onDisk.checkFile(context.writer().geometry(), path());
    FileClusters clusters = new FileClusters(context.writer(), this::path, onDisk);
    return new Contents<>(clusters, onDisk.validLength(), onDisk.length());
  }

  private DirectoryEntry read() throws IOException {
    DirectoryEntry now = context.directories().index(directory()).at(found.firstSlot());
    if (now == null) {
      throw new NoSuchFileException(path());
    }
    return now;
  }

  void moveTo(ExFatDirectory newDirectory, DirectoryEntry newEntry) {
    found = newEntry;
    super.moveTo(newDirectory, newEntry);
  }

  @Override
  protected boolean isSettled(long place) {
    return !DirectorySlots.straddles(place);
  }

  @Override
  protected void relocate(ExFatDirectory from) throws IOException {
    context.relocate(from, found);
  }

  @Override
  protected ChangeGuard.Action rewrite(FileClusters clusters, FileNews news) throws IOException {
    DirectoryEntry now = read();
    EntrySet set = now.set();
    boolean hadClusters = now.firstCluster() != 0;
    Allocation allocation = set.allocation();
    ExFatWriter writer = context.writer();
    try (Change batch = writer.begin()) {
      if (news.apart() || writer.uncommitted().isChangeOrdered(id(), news.isOfCreation())) {
        batch.afterEarlierOnes();
      }
      if (news.resized()) {
        allocation = clusters.publish(batch, news.validLength(), news.size());
        set.allocation(allocation);
      }
      if (news.written() != null) {
        set.modified(Timestamp.of(FileTime.from(news.written()), context.zone()));
        set.attributes(set.attributes() | DosFlags.ARCHIVE);
      }
      if (news.change() != null) {
        set.change(news.change(), context.zone());
      }
      if (hadClusters) {
        writer.uncommitted().changes(id(), news.isOfCreation(), batch::whenCommitted);
      }
      if (news.resized()) {
        batch.write(WriteOrder.ENTRIES_ADDED, now.position(), set.bytes(), 0, REWRITTEN);
      } else {
        batch.writeBy(latest(set), now.position(), set.bytes(), 0, REWRITTEN);
      }
      batch.submit();
    }
    Allocation published = allocation;
    return news.resized() ? () -> clusters.published(published) : () -> {};
  }

  /**
   * Returns when attributes are on the disk at the latest. Those of a directory need no order, and
   * whoever deletes what is in it must not wait for its time to get there.
   */
  private static WriteBatch.Group latest(EntrySet set) {
    return (set.attributes() & EntrySet.DIRECTORY) != 0
        ? WriteOrder.ENTRIES_REMOVED
        : WriteOrder.ENTRIES_ADDED;
  }

  @Override
  protected FileTime stored(FileTime time) {
    return context.stored(time);
  }
}
