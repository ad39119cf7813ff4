package dev.tcplay.fs.fat;

import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and sets the label of a volume: an entry of the root directory, of which the boot sectors
 * keep a copy. Safe for any number of threads.
 */
final class LabelEditor {

  /** How a boot sector says that there is no label; in the root it would be one. */
  private static final byte[] NO_NAME = "NO NAME    ".getBytes(StandardCharsets.US_ASCII);

  private final TreeContext context;
  private final BootSector boot;

  LabelEditor(TreeContext context, BootSector boot) {
    this.context = context;
    this.boot = boot;
  }

  /** Returns the label by the root directory; the copies in the boot sectors are not looked at. */
  Optional<String> get() throws IOException {
    FatDirectory root = context.directories().root();
    root.lock().readLock().lock();
    try {
      SlotReader label = find(context.directories().slots(root));
      if (label == null) {
        return Optional.empty();
      }
      String text = ShortName.decodeLabel(label.shortName(), context.codePage());
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } finally {
      root.lock().readLock().unlock();
    }
  }

  /** Returns a reader that stands at the label, null if there is none. */
  private static @Nullable SlotReader find(DirectorySlots slots) throws IOException {
    SlotReader reader = new SlotReader(slots);
    while (reader.advance()) {
      if (isLabel(reader)) {
        return reader;
      }
    }
    return null;
  }

  /** A label has no contents: a size or a first cluster gives away what is no label. */
  private static boolean isLabel(SlotReader reader) {
    return reader.isLabel()
        && !reader.isDeleted()
        && (reader.attributes() & SlotReader.DIRECTORY) == 0
        && reader.u16(26) == 0
        && reader.u32(28) == 0;
  }

  /**
   * Returns the bytes of a label, null of none.
   *
   * @throws IllegalArgumentException if it cannot be one; the message says why
   */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  byte @Nullable [] encode(Optional<String> label) {
    return label.map(text -> ShortName.encodeLabel(text, context.codePage())).orElse(null);
  }

  /** Sets the label, as {@link dev.tcplay.fs.MountedVolume#setLabel} says. */
  void set(byte @Nullable [] label) throws IOException {
    FatDirectory root = context.directories().root();
    context.writer().guard().runUnder(() -> set(root, label), root.lock().writeLock());
  }

  private void set(FatDirectory root, byte @Nullable [] raw) throws IOException {
    boolean done = false;
    try (Change change = context.writer().begin()) {
      DirectoryIndex index = context.directories().index(root);
      set(change, root, index, raw);
      byte[] copy = raw == null ? NO_NAME : raw;
      writeCopy(change, 0, copy);
      if (boot.isFat32() && hasBackup(change)) {
        writeCopy(change, backupPosition(), copy);
      }
      change.submit();
      done = true;
    } finally {
      if (done) {
        root.changed();
      }
      context.directories().forget(root);
    }
  }

  private void set(Change change, FatDirectory root, DirectoryIndex index, byte @Nullable [] raw)
      throws IOException {
    EntryEditor editor = context.edit(change, root, index);
    SlotReader old = find(index.slots());
    if (old == null && raw != null) {
      byte[] slot = Arrays.copyOf(raw, DirectorySlots.SLOT_BYTES);
      slot[11] = SlotReader.VOLUME;
      ShortEntry entry = new ShortEntry(slot, context.isFat32()).modified(context.now());
      editor.put(editor.makeRoom(1), entry.bytes(), false);
    } else if (old != null && raw == null) {
      editor.mark(old.slot(), 1, WriteOrder.ENTRIES_REMOVED, true);
    } else if (old != null && raw != null) {
      long position = index.slots().position(old.slot());
      change.writeBy(WriteOrder.ENTRIES_ADDED, position, raw, 0, raw.length);
    }
  }

  private void writeCopy(Change change, long bootPosition, byte[] label) {
    if (boot.hasSerial()) {
      long position = bootPosition + boot.labelPosition();
      change.writeBy(WriteOrder.ENTRIES_ADDED, position, label, 0, label.length);
    }
  }

  private long backupPosition() {
    return (long) boot.backupSector() * boot.bytesPerSector();
  }

  /** Returns whether the backup is a copy of the boot sector and not something else. */
  private boolean hasBackup(Change change) throws IOException {
    int sector = boot.backupSector();
    if (sector == 0 || sector >= boot.reservedSectors()) {
      return false;
    }
    BootSector backup = new BootSector(change.read(backupPosition(), BootSector.BYTES));
    return backup.isFat32()
        && backup.faults().isEmpty()
        && backup.bytesPerSector() == boot.bytesPerSector();
  }
}
