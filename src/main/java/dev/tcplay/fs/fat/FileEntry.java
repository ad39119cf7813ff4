package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DosFlags;
import dev.tcplay.fs.DosTime;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The entry of one open file: where it stands, and what it does not have yet of what became of the
 * file. Size, first cluster, time and archive attribute follow when the file is published: when it
 * is forced, when a handle is closed, and when the device is about to sync.
 *
 * <p>Lock order: the directory, then the file.
 */
final class FileEntry {

  /** Does something with a file. */
  interface Action {
    void run() throws IOException;
  }

  private final BlockDevice device;
  private final FatWriter writer;
  private final ZoneId zone;
  private final long id;

  /** Where the entry stands; changed under the locks of the directories concerned. */
  private volatile FatDirectory directory;

  private volatile String name;
  private volatile long place;
  private volatile boolean unlinked;

  private volatile boolean resized;
  private volatile @Nullable Instant written;

  FileEntry(BlockDevice device, FatWriter writer, ZoneId zone, FatNode node) {
    this.device = device;
    this.writer = writer;
    this.zone = zone;
    this.id = node.id();
    this.directory = Objects.requireNonNull(node.parent());
    this.name = node.name();
    this.place = Objects.requireNonNull(node.entry()).position();
  }

  long id() {
    return id;
  }

  String path() {
    return directory.path(name);
  }

  /** Takes note of a move, under the locks of both directories. */
  void moveTo(FatDirectory newDirectory, String newName, long newPlace) {
    directory = newDirectory;
    name = newName;
    place = newPlace;
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

  /** Says that the size or the clusters have changed. */
  void resize() {
    resized = true;
  }

  /** Returns whether there is something that the entry does not have. */
  boolean isOutdated() {
    return (resized || written != null) && !unlinked;
  }

  /** Returns the entry as it is on disk. */
  ShortEntry read() throws IOException {
    byte[] slot = new byte[DirectorySlots.SLOT_BYTES];
    device.read(place, slot, 0, slot.length);
    return new ShortEntry(slot, writer.geometry().isFat32());
  }

  /** Does something while the entry stays where it is. */
  void underDirectory(Action action) throws IOException {
    while (true) {
      FatDirectory current = directory;
      current.lock().readLock().lock();
      try {
        if (current == directory) {
          action.run();
          return;
        }
      } finally {
        current.lock().readLock().unlock();
      }
    }
  }

  /**
   * Hands over what the entry and the table do not have yet; under the locks of directory and file.
   *
   * @param change attributes to be changed besides
   * @param apart whether this must come after all that was handed over before
   */
  void publish(FileClusters clusters, long size, @Nullable AttributeChange change, boolean apart)
      throws IOException {
    if (unlinked || (!isOutdated() && change == null)) {
      return;
    }
    Instant time = written;
    boolean hasNewSize = resized;
    ShortEntry entry = read();
    int first = entry.firstCluster();
    boolean hadClusters = first != 0;
    boolean ofCreation = change != null && change.created().isPresent();
    try (Change batch = writer.begin()) {
      if (apart || writer.uncommitted().isChangeOrdered(id, ofCreation)) {
        batch.afterEarlierOnes();
      }
      if (hasNewSize) {
        first = clusters.publish(batch);
        entry.firstCluster(first).size(size);
      }
      if (time != null) {
        entry.modified(DosTime.of(FileTime.from(time), zone));
        entry.flags(entry.flags() | SlotReader.ARCHIVE);
      }
      if (change != null) {
        entry.change(change, zone);
      }
      if (hadClusters) {
        writer.uncommitted().changes(id, ofCreation, batch::whenCommitted);
      }
      byte[] bytes = entry.bytes();
      if (hasNewSize) {
        batch.write(WriteOrder.ENTRIES_ADDED, place, bytes, 0, bytes.length);
      } else {
        batch.writeBy(WriteOrder.ENTRIES_ADDED, place, bytes, 0, bytes.length);
      }
      batch.submit();
    }
    directory.changed();
    written = null;
    resized = false;
    if (hasNewSize) {
      clusters.published(first);
    }
  }

  /** Returns attributes with what the entry does not have yet. */
  NodeAttributes current(NodeAttributes onDisk, long size) {
    Instant time = written;
    NodeAttributes.Builder now = onDisk.toBuilder().size(size);
    if (time != null) {
      int flags = onDisk.dos().orElse(DosFlags.NONE).bits();
      now.modified(DosTime.of(FileTime.from(time), zone).withoutHundredths().in(zone))
          .dos(new DosFlags(flags | DosFlags.ARCHIVE));
    }
    return now.build();
  }
}
