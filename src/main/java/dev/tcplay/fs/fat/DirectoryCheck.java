package dev.tcplay.fs.fat;

import dev.tcplay.fs.UpcaseTable;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Looks at the slots of one directory. Not safe for threads. */
final class DirectoryCheck {

  /**
   * What is the same for all directories.
   *
   * @param boot the boot sector, for its label
   * @param fat32 whether entries have the upper half of a cluster number
   * @param codePage the character set of short names
   * @param findings where to report
   * @param notes who is told of what can be mended
   */
  record Context(
      BootSector boot, boolean fat32, Charset codePage, Findings findings, CheckNotes notes) {}

  private static final String FORBIDDEN = "\"*+,./:;<=>?[\\]|";
  private static final int FEW = 4;

  private final EntryPath node;
  private final DirectorySlots slots;
  private final int cluster;
  private final int parentCluster;
  private final Context context;
  private final SlotReader reader;
  private final LongName longName = new LongName();
  private final NameTable names = new NameTable();
  private final NameTable shortNames = new NameTable();
  private int longSlots;
  private int labels;
  private int good;
  private int bad;
  private boolean ended;

  /**
   * Starts before the first slot.
   *
   * @param cluster the directory's first cluster
   * @param parentCluster what the entry for the parent must say: 0 if that is the root
   */
  DirectoryCheck(
      EntryPath node, DirectorySlots slots, int cluster, int parentCluster, Context context) {
    this.node = node;
    this.slots = slots;
    this.cluster = cluster;
    this.parentCluster = parentCluster;
    this.context = context;
    this.reader = new SlotReader(slots);
  }

  EntryPath node() {
    return node;
  }

  int cluster() {
    return cluster;
  }

  /** Goes on to the next file or directory, null at the end. */
  @Nullable DirectoryEntry next() throws IOException {
    while (!ended) {
      ended = !reader.advance();
      checkDots();
      if (ended || reader.isDeleted()) {
        dropLongName();
      } else if (reader.isLongName()) {
        longSlots++;
        longName.add(reader);
      } else if (reader.isLabel()) {
        dropLongName();
        checkLabel();
      } else if (isDots()) {
        dropLongName();
      } else {
        return entry();
      }
    }
    if (bad > FEW && bad > 2 * good) {
      report(
          "many-bad-entries",
          "%d of %d names are bad: hardly a directory".formatted(bad, good + bad));
    }
    if (node.parent() == null && labels == 0 && !context.boot.label().equals("NO NAME    ")) {
      report(
          "label-differs",
          "the boot sector has the label %s, the root none".formatted(bootLabel()));
    }
    return null;
  }

  private DirectoryEntry entry() throws IOException {
    byte[] raw = reader.shortName();
    int first = reader.slot() - longSlots;
    if (longSlots > 0 && !longName.belongsTo(raw)) {
      String kind = longName.isWhole() ? "long-name-checksum" : "orphan-long-name";
      report(kind, "%d long name slots from %d on belong to no entry".formatted(longSlots, first));
      noteOrphans(first, longSlots);
    } else if (longSlots > 0 && first != longName.firstSlot()) {
      int orphans = longName.firstSlot() - first;
      report(
          "orphan-long-name",
          "%d long name slots from %d on are left over".formatted(orphans, first));
      noteOrphans(first, orphans);
    }
    int from = longName.belongsTo(raw) ? longName.firstSlot() : reader.slot();
    longSlots = 0;
    longName.clear();
    DirectoryEntry entry = DirectoryScanner.at(slots, from, context.fat32, context.codePage);
    if (entry == null) {
      throw new IOException(
          "slot " + from + " of " + node.path() + " changed while it was checked");
    }
    checkShortName(raw, entry);
    boolean isNew = addName(names, entry.name(), from);
    boolean isShortNew = addName(shortNames, new String(raw, StandardCharsets.ISO_8859_1), from);
    if (!isNew || !isShortNew) {
      context.findings.file(
          path(entry.name()),
          "duplicate-name",
          "slot %d repeats the %s name".formatted(from, isNew ? "short" : "long"));
    }
    return entry;
  }

  private void checkShortName(byte[] raw, DirectoryEntry entry) {
    boolean lawful = raw[0] != ' ';
    for (int i = 0; i < ShortName.BYTES; i++) {
      int unit = raw[i] & 0xFF;
      boolean escaped = i == 0 && unit == 0x05;
      boolean control = unit < ' ' && !escaped;
      lawful &= !control && (unit < 'a' || unit > 'z') && FORBIDDEN.indexOf(unit) < 0;
    }
    if (lawful) {
      good++;
    } else {
      bad++;
      context.findings.file(path(entry.name()), "bad-name", "the short name is not lawful");
    }
  }

  private static boolean addName(NameTable table, String name, int slot) {
    String folded = UpcaseTable.standard().toUpper(name);
    boolean isNew = table.find(folded) < 0;
    table.add(folded, slot);
    return isNew;
  }

  /** The first two slots of every directory but the root are its own and its parent's. */
  private void checkDots() {
    if (node.parent() == null || reader.slot() > 1) {
      return;
    }
    String wanted = reader.slot() == 0 ? "." : "..";
    if (ended || reader.isDeleted() || !isDots() || wanted.length() != dots()) {
      report("dots", "%s is missing".formatted(wanted));
      return;
    }
    int points = (context.fat32 ? reader.u16(20) << 16 : 0) | reader.u16(26);
    int right = reader.slot() == 0 ? cluster : parentCluster;
    if (points != right) {
      report("dots", "%s leads to cluster %d, not %d".formatted(wanted, points, right));
    }
  }

  private boolean isDots() {
    boolean dots =
        (reader.attributes() & SlotReader.DIRECTORY) != 0
            && !reader.isLongName()
            && ShortName.isDots(reader.shortName());
    if (dots && (node.parent() == null || reader.slot() != dots() - 1)) {
      report("dots", "slot %d has dots in the wrong place".formatted(reader.slot()));
    }
    return dots;
  }

  private int dots() {
    return reader.u8(1) == '.' ? 2 : 1;
  }

  private void checkLabel() {
    if (node.parent() != null) {
      report("label", "slot %d is a label outside of the root directory".formatted(reader.slot()));
      return;
    }
    labels++;
    byte[] raw = reader.shortName();
    String text = new String(raw, StandardCharsets.ISO_8859_1);
    if (labels > 1) {
      report("label", "slot %d is a second label".formatted(reader.slot()));
    } else if (!text.equals(context.boot.label())) {
      report(
          "label-differs",
          "the label is %s, in the boot sector %s".formatted(text.strip(), bootLabel()));
    }
    for (byte unit : raw) {
      if ((unit >= 0 && unit < ' ' && unit != 0x05) || (unit >= 'a' && unit <= 'z')) {
        report("label", "the label has lower case or control characters");
        break;
      }
    }
  }

  private String bootLabel() {
    return context.boot.label().strip();
  }

  private void noteOrphans(int first, int count) throws IOException {
    for (int slot = first; slot < first + count; slot++) {
      context.notes.orphan(slots.position(slot));
    }
  }

  private void dropLongName() throws IOException {
    if (longSlots > 0) {
      int first = reader.slot() - longSlots;
      report(
          "orphan-long-name",
          "%d long name slots from %d on are left over".formatted(longSlots, first));
      noteOrphans(first, longSlots);
      longSlots = 0;
    }
    longName.clear();
  }

  private String path(String name) {
    return node.parent() == null ? "/" + name : node.path() + "/" + name;
  }

  private void report(String kind, String text) {
    context.findings.file(node.path(), kind, text);
  }
}
