package dev.tcplay.fs.exfat;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.UpcaseTable;
import dev.tcplay.fs.cluster.ComparedNames;
import dev.tcplay.fs.cluster.Findings;
import dev.tcplay.fs.cluster.NameBudget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at the entries of one directory. Not safe for threads. */
final class DirectoryCheck {

  /**
   * What is the same for all directories.
   *
   * @param upcase by which names are compared
   * @param findings where to report
   * @param notes who is told of what can be mended
   * @param budget how many names are kept at once
   */
  record Context(UpcaseTable upcase, Findings findings, CheckNotes notes, NameBudget budget) {}

  private static final int AT_ONCE = 128;
  private static final int MOST_LABEL_UNITS = 11;
  private static final String FORBIDDEN = "\"*/:<>?\\|";

  private final NodePath node;
  private final DirectorySlots slots;
  private final Context context;
  private final Others others;
  private final SlotWindow window;
  private final ComparedNames names;

  /** Slots of entries that a power cut has left. */
  private final BitSet torn = new BitSet();

  private int slot;
  private int labels;
  private boolean isDoubtful;

  /** Something done with clusters of an entry that is of no known type. */
  interface Others {
    void found(Allocation contents) throws IOException;
  }

  /** Starts before the first slot. */
  DirectoryCheck(NodePath node, DirectorySlots slots, Context context, Others others) {
    this.others = others;
    this.node = node;
    this.slots = slots;
    this.context = context;
    this.window = new SlotWindow(slots, AT_ONCE);
    this.names = new ComparedNames(context.budget);
  }

  NodePath node() {
    return node;
  }

  /** Goes on to the next file or directory that can be used, null at the end. */
  @Nullable DirectoryEntry next() throws IOException {
    int type;
    while ((type = window.type(slot)) > EntryType.END) {
      if (!EntryType.isInUse(type)) {
        slot++;
      } else if (EntryType.isSecondary(type)) {
        lookAtOrphans();
      } else if (type == EntryType.FILE) {
        DirectoryEntry entry = set();
        if (entry != null) {
          return entry;
        }
      } else {
        lookAtOther(type);
      }
    }
    end();
    return null;
  }

  /** Returns roughly the bytes of memory that knowing the clusters takes now. */
  long memory() {
    return slots.memory();
  }

  /** Forgets what is kept until all of the directory was seen. */
  void forget() {
    names.clear();
  }

  /** Says that this may be no directory, and if it is one, that something of it is damaged. */
  private void doubt() {
    isDoubtful = true;
    context.notes.doubtful();
  }

  private void end() throws IOException {
    if (!isDoubtful) {
      for (int at = torn.nextSetBit(0); at >= 0; at = torn.nextSetBit(at + 1)) {
        context.notes.torn(slots.position(at));
      }
    }
    torn.clear();
    lookBehind();
  }

  /**
   * Notes where entries behind the end lead to, since they may be files that a fault has hidden.
   */
  private void lookBehind() throws IOException {
    if (window.type(slot) < 0) {
      return;
    }
    int type;
    for (int behind = slot; (type = window.type(behind)) >= 0; behind++) {
      if (type == EntryType.STREAM) {
        context.notes.passedOver(fields(behind).getInt(20) & 0xFFFF_FFFFL);
      }
    }
    // No second time.
    slot = DirectorySlots.MAX_SLOTS;
  }

  private ByteBuffer fields(int at) throws IOException {
    return ByteBuffer.wrap(Objects.requireNonNull(window.copy(at, 1)))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns how many secondary entries follow each other from a slot on, up to a number. */
  private int secondaries(int from, int most) throws IOException {
    int count = 0;
    while (count < most && EntryType.isSecondary(Math.max(0, window.type(from + count)))) {
      count++;
    }
    return count;
  }

  private void lookAtOrphans() throws IOException {
    int count = secondaries(slot, DirectorySlots.MAX_SLOTS);
    report(
        "orphan-entries",
        "%d secondary entries from %d on belong to no file".formatted(count, slot));
    leave(count, slot % DirectorySlots.IN_SECTOR == 0);
  }

  /** Passes over entries, which a power cut has left or which are damaged. */
  private void leave(int count, boolean isTorn) throws IOException {
    if (isTorn) {
      torn.set(slot, slot + count);
    } else {
      doubt();
    }
    slot += count;
  }

  private @Nullable DirectoryEntry set() throws IOException {
    int first = slot;
    int wanted = window.secondaryCount(first);
    int found = secondaries(first + 1, wanted);
    if (found < wanted) {
      report(
          "incomplete-set",
          "SecondaryCount of entry %d is %d, but %d follow".formatted(first, wanted, found));
      boolean isTorn = (first + 1 + found) % DirectorySlots.IN_SECTOR == 0;
      leave(1 + found, isTorn && agrees(first, wanted, found));
      return null;
    }
    slot += 1 + wanted;
    byte[] bytes = Objects.requireNonNull(window.copy(first, 1 + wanted));
    EntrySet set = parse(first, bytes);
    if (set == null) {
      doubt();
      return null;
    }
    DirectoryEntry entry = new DirectoryEntry(set, set.name(), first, slots.position(first));
    checkName(entry);
    checkPadding(entry, bytes);
    for (Allocation added : set.added()) {
      others.found(added);
    }
    return entry;
  }

  /**
   * Returns whether a number of entries goes with the length of the name, as far as it is there.
   */
  private boolean agrees(int first, int wanted, int found) throws IOException {
    boolean hasStream = found > 0 && window.type(first + 1) == EntryType.STREAM;
    int units = hasStream ? fields(first + 1).get(3) & 0xFF : EntrySet.NAME_UNITS * (wanted - 1);
    return 1 + wanted >= EntrySet.LEAST_ENTRIES
        && 1 + wanted <= EntrySet.MOST_ENTRIES
        && units <= EntrySet.NAME_UNITS * (wanted - 1);
  }

  private @Nullable EntrySet parse(int first, byte[] bytes) {
    try {
      return EntrySet.parse(bytes);
    } catch (CorruptFileSystemException e) {
      int stored = (bytes[2] & 0xFF) | (bytes[3] & 0xFF) << 8;
      boolean isSum = Checksums.ofSet(bytes) != stored;
      String text = "the set from entry %d on cannot be used: %s".formatted(first, e.getReason());
      report(isSum ? "set-checksum" : "entry-set", text);
      return null;
    }
  }

  private void checkName(DirectoryEntry entry) {
    String name = entry.name();
    boolean lawful = !name.equals(".") && !name.equals("..");
    for (int i = 0; i < name.length(); i++) {
      lawful &= name.charAt(i) >= ' ' && FORBIDDEN.indexOf(name.charAt(i)) < 0;
    }
    if (!lawful) {
      report(entry, "bad-name", "the name is not lawful");
    }
    String upper = context.upcase.toUpper(name);
    int hash = Checksums.ofName(upper);
    if (hash != entry.set().nameHash()) {
      String text = "NameHash is %04X, but the hash of the name is %04X";
      report(entry, "name-hash", text.formatted(entry.set().nameHash(), hash));
      context.notes.wrongFields(entry);
    }
    if (!names.add(upper, entry.firstSlot())) {
      report(entry, "duplicate-name", "entry %d repeats the name".formatted(entry.firstSlot()));
    }
  }

  /** Looks at the units behind the name, which others take for a part of it. */
  private void checkPadding(DirectoryEntry entry, byte[] bytes) {
    int units = entry.name().length();
    for (int at = units; at % EntrySet.NAME_UNITS != 0; at++) {
      int position = EntrySet.namePosition(at);
      if (bytes[position] != 0 || bytes[position + 1] != 0) {
        String text = "NameLength is %d, but the units behind it are not zero";
        report(entry, "name-length", text.formatted(units));
        context.notes.wrongFields(entry);
        return;
      }
    }
  }

  /** Looks at an entry that is no file's. */
  private void lookAtOther(int type) throws IOException {
    if (type == EntryType.LABEL && node.isRoot()) {
      checkLabel();
    } else if (EntryType.isUnknownCriticalPrimary(type)
        || (!EntryType.isBenign(type) && !node.isRoot())) {
      report("entry-type", "entry %d is of the type %02X".formatted(slot, type));
      doubt();
    } else if (EntryType.isBenign(type)) {
      int secondaries = secondaries(slot + 1, window.secondaryCount(slot));
      addOther(fields(slot), 4);
      for (int i = 1; i <= secondaries; i++) {
        addOther(fields(slot + i), 1);
      }
      slot += secondaries;
    }
    slot++;
  }

  private void checkLabel() throws IOException {
    labels++;
    if (labels > 1) {
      report("label", "entry %d is a second label".formatted(slot));
    }
    int units = fields(slot).get(1) & 0xFF;
    if (units > MOST_LABEL_UNITS) {
      report("label", "CharacterCount of the label is %d".formatted(units));
    }
  }

  /**
   * Takes the clusters of an entry of no known type.
   *
   * @param flags where it says whether it has any
   */
  private void addOther(ByteBuffer entry, int flags) throws IOException {
    Optional<Allocation> clusters = Allocation.ofOther(entry, 0, entry.get(flags));
    if (clusters.isPresent()) {
      others.found(clusters.get());
    }
  }

  private void report(DirectoryEntry entry, String kind, String text) {
    context.findings.file(new NodePath(node, entry.name()).toString(), kind, text);
  }

  private void report(String kind, String text) {
    context.findings.file(node.toString(), kind, text);
  }
}
