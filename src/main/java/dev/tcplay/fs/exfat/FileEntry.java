package dev.tcplay.fs.exfat;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DosFlags;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.cluster.ChangeGuard;
import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The entry set of one open file: where it stands, and what it does not have yet of what became of
 * the file. Sizes, first cluster, time and archive attribute follow when the file is published:
 * when it is forced, when a handle is closed, and when the device is about to sync.
 *
 * <p>Lock order: the directory, then the file.
 */
final class FileEntry {

  /** What a change rewrites: File and Stream Extension, which lie in one sector. */
  private static final int REWRITTEN = 2 * DirectorySlots.SLOT_BYTES;

  private final TreeContext context;
  private final long id;

  /** Where the set stands; changed under the locks of the directories concerned. */
  private volatile ExFatDirectory directory;

  private volatile DirectoryEntry found;
  private volatile boolean unlinked;

  private volatile boolean resized;
  private volatile @Nullable Instant written;

  FileEntry(TreeContext context, ExFatNode node) {
    this.context = context;
    this.id = node.id();
    this.directory = Objects.requireNonNull(node.parent());
    this.found = Objects.requireNonNull(node.entry());
  }

  long id() {
    return id;
  }

  String path() {
    return directory.path(found.name());
  }

  /** Takes note of a move, under the locks of both directories. */
  void moveTo(ExFatDirectory newDirectory, DirectoryEntry newEntry) {
    directory = newDirectory;
    found = newEntry;
  }

  /** Takes note that the entry is gone, under the lock of the directory. */
  void unlink() {
    unlinked = true;
  }

  boolean isUnlinked() {
    return unlinked;
  }

  /** Says that something was written. */
  void touch() {
    written = Instant.now();
  }

  /** Says that sizes or clusters have changed. */
  void resize() {
    resized = true;
  }

  /** Returns whether there is something that the entry does not have. */
  boolean isOutdated() {
    return (resized || written != null) && !unlinked;
  }

  /** Returns the set as it is on disk; under the lock of the directory. */
  DirectoryEntry read() throws IOException {
    DirectoryEntry now = context.directories().index(directory).at(found.firstSlot());
    if (now == null) {
      throw new NoSuchFileException(path());
    }
    return now;
  }

  /**
   * Makes sure that the set can be rewritten where it stands, before anything depends on that; it
   * may need room in the directory. Called without a lock.
   */
  void settle() throws IOException {
    if (DirectorySlots.straddles(found.position())) {
      underDirectory(() -> {});
    }
  }

  /** Does something while the set stays where it is, in a place where it can be rewritten. */
  void underDirectory(ChangeGuard.Action action) throws IOException {
    while (true) {
      ExFatDirectory current = directory;
      DirectoryEntry old = found;
      if (!unlinked && DirectorySlots.straddles(old.position())) {
        context.relocate(current, old);
        if (old.position() == found.position() && !unlinked) {
          throw new NoSuchFileException(path(), null, "its entry set is not there any more");
        }
        continue;
      }
      current.lock().readLock().lock();
      try {
        if (current == directory && old.position() == found.position()) {
          action.run();
          return;
        }
      } finally {
        current.lock().readLock().unlock();
      }
    }
  }

  /**
   * Hands over what the set, the bitmap and the table do not have yet; under the locks of directory
   * and file.
   *
   * @param change attributes to be changed besides
   */
  void publish(FileClusters clusters, long validLength, long size, @Nullable AttributeChange change)
      throws IOException {
    if (unlinked || (!isOutdated() && change == null)) {
      return;
    }
    Instant time = written;
    boolean hasNewSize = resized;
    DirectoryEntry now = read();
    EntrySet set = now.set();
    boolean hadClusters = now.firstCluster() != 0;
    boolean ofCreation = change != null && change.created().isPresent();
    Allocation allocation = set.allocation();
    ExFatWriter writer = context.writer();
    try (Change batch = writer.begin()) {
      if (writer.uncommitted().isChangeOrdered(id, ofCreation)) {
        batch.afterEarlierOnes();
      }
      if (hasNewSize) {
        allocation = clusters.publish(batch, validLength, size);
        set.allocation(allocation);
      }
      if (time != null) {
        set.modified(Timestamp.of(FileTime.from(time), context.zone()));
        set.attributes(set.attributes() | DosFlags.ARCHIVE);
      }
      if (change != null) {
        set.change(change, context.zone());
      }
      if (hadClusters) {
        writer.uncommitted().changes(id, ofCreation, batch::whenCommitted);
      }
      if (hasNewSize) {
        batch.write(WriteOrder.ENTRIES_ADDED, now.position(), set.bytes(), 0, REWRITTEN);
      } else {
        batch.writeBy(WriteOrder.ENTRIES_ADDED, now.position(), set.bytes(), 0, REWRITTEN);
      }
      batch.submit();
    }
    directory.changed();
    written = null;
    resized = false;
    if (hasNewSize) {
      clusters.published(allocation);
    }
  }

  /** Returns attributes with what the entry does not have yet. */
  NodeAttributes current(NodeAttributes onDisk, long size) {
    Instant time = written;
    NodeAttributes.Builder now = onDisk.toBuilder().size(size);
    if (time != null) {
      int flags = onDisk.dos().orElse(DosFlags.NONE).bits();
      now.modified(Timestamp.of(FileTime.from(time), context.zone()).in(context.zone()))
          .dos(new DosFlags(flags | DosFlags.ARCHIVE));
    }
    return now.build();
  }
}
