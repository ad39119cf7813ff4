package dev.tcplay.fs.exfat;

import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Reads and sets the label of a volume, an entry of the root directory. Thread-safe. */
final class LabelEditor {

  /** UTF-16 units in the longest label. */
  static final int MAX_LENGTH = 11;

  private static final int TEXT = 2;

  private final TreeContext context;

  /** The slot of the entry, -1 if there is none; changed under the lock of the root. */
  private volatile int slot;

  LabelEditor(TreeContext context, int slot) {
    this.context = context;
    this.slot = slot;
  }

  /** Returns the label, empty if there is none. */
  Optional<String> get() throws IOException {
    ExFatDirectory root = context.directories().root();
    root.lock().readLock().lock();
    try {
      byte[] entry = new byte[DirectorySlots.SLOT_BYTES];
      if (slot < 0
          || context.directories().slots(root).read(slot, entry) == 0
          || (entry[0] & 0xFF) != EntryType.LABEL) {
        return Optional.empty();
      }
      int length = Math.min(entry[1] & 0xFF, MAX_LENGTH);
      StringBuilder text = new StringBuilder(length);
      ByteBuffer units = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < length; i++) {
        text.append(units.getChar(TEXT + i * Character.BYTES));
      }
      return text.isEmpty() ? Optional.empty() : Optional.of(text.toString());
    } finally {
      root.lock().readLock().unlock();
    }
  }

  /**
   * Returns the entry of a label.
   *
   * @throws IllegalArgumentException if it cannot be one; the message says why
   */
  static byte[] encode(Optional<String> label) {
    String text = label.orElse("");
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a label of exFAT has at most " + MAX_LENGTH + " characters: " + text);
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ') {
        throw new IllegalArgumentException("a label cannot have control characters");
      }
    }
    ByteBuffer entry =
        ByteBuffer.allocate(DirectorySlots.SLOT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    entry.put((byte) EntryType.LABEL).put((byte) text.length());
    for (int i = 0; i < text.length(); i++) {
      entry.putChar(text.charAt(i));
    }
    return entry.array();
  }

  /** Sets the label to that of an entry, as {@link dev.tcplay.fs.MountedVolume#setLabel} says. */
  void set(byte[] entry) throws IOException {
    ExFatDirectory root = context.directories().root();
    context.writer().guard().runUnder(() -> set(root, entry), root.lock().writeLock());
  }

  private void set(ExFatDirectory root, byte[] entry) throws IOException {
    boolean done = false;
    try (Change change = context.writer().begin()) {
      EntryEditor editor = context.edit(change, root);
      if (slot < 0) {
        int first = editor.makeRoom("", 1);
        editor.put(first, entry, false);
        change.submit();
        editor.added(first, 1);
        slot = first;
      } else {
        long position = context.directories().index(root).slots().position(slot);
        change.writeBy(WriteOrder.ENTRIES_ADDED, position, entry, 0, entry.length);
        change.submit();
        root.changed();
      }
      done = true;
    } finally {
      if (!done) {
        context.directories().forget(root);
      }
    }
  }
}
