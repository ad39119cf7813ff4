package dev.tcplay.fs.fat;

import dev.tcplay.fs.UpcaseTable;
import dev.tcplay.fs.cluster.ComparedNames;
import dev.tcplay.fs.cluster.Findings;
import dev.tcplay.fs.cluster.NameBudget;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
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
   * @param budget how many names are kept at once
   */
  record Context(
      BootSector boot,
      boolean fat32,
      Charset codePage,
      Findings findings,
      CheckNotes notes,
      NameBudget budget) {}

  private static final int FEW = 4;

  /** A file that is kept takes as much memory as so many names. */
  private static final int NAMES_IN_LONG_CHAIN = 16;

  /** A file whose chain is longer than it needs. */
  private record LongChain(DirectoryEntry entry, int wanted) {}

  private final EntryPath node;
  private final DirectorySlots slots;
  private final int cluster;
  private final int parentCluster;
  private final Context context;
  private final SlotReader reader;
  private final LongName longName = new LongName();
  private final ComparedNames names;
  private final ComparedNames shortNames;
  private final LabelCheck labels;
  private final BitSet orphans = new BitSet();

  /** Parts of whole long names that have a cluster. */
  private final BitSet withCluster = new BitSet();

  private final List<LongChain> longChains = new ArrayList<>();
  private int longSlots;
  private boolean isLongNameDoubtful;
  private boolean isDoubtful;
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
    this.names = new ComparedNames(context.budget);
    this.shortNames = new ComparedNames(context.budget);
    this.labels = new LabelCheck(node.parent() == null, context.boot.label());
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
        if (reader.u16(LongName.CLUSTER_OFFSET) != 0) {
          // Parts of long names have no cluster: this may be an entry with wrong attributes.
          isLongNameDoubtful = true;
          withCluster.set(reader.slot());
          passOver(reader.u16(LongName.CLUSTER_OFFSET));
        }
      } else if (reader.isLabel()) {
        dropLongName();
        passOver(firstCluster(reader));
        labels.look(reader, firstCluster(reader), this::report);
      } else if (isDots()) {
        dropLongName();
      } else {
        return entry();
      }
    }
    end();
    return null;
  }

  private void end() throws IOException {
    if (bad > FEW && bad > 2 * good) {
      isDoubtful = true;
      report(
          "many-bad-entries",
          "%d of %d names are bad: hardly a directory".formatted(bad, good + bad));
    }
    labels.end(this::report);
    lookBehind();
    if (isDoubtful) {
      context.notes.doubtful();
      return;
    }
    for (int slot = orphans.nextSetBit(0); slot >= 0; slot = orphans.nextSetBit(slot + 1)) {
      context.notes.orphan(slots.position(slot));
    }
    for (int i = withCluster.nextSetBit(0); i >= 0; i = withCluster.nextSetBit(i + 1)) {
      context.notes.partWithCluster(slots.position(i));
    }
    longChains.forEach(chain -> context.notes.chainTooLong(chain.entry, chain.wanted));
  }

  /** Notes where slots behind the end lead to, since some systems take them for entries. */
  private void lookBehind() throws IOException {
    SlotReader behind = new SlotReader(slots, reader.slot() + 1, SlotReader.AT_ONCE);
    while (behind.advanceToAny()) {
      if (behind.u8(0) != 0 && !behind.isDeleted()) {
        passOver(behind.isLongName() ? behind.u16(26) : firstCluster(behind));
      }
    }
  }

  private void passOver(int cluster) {
    if (cluster != 0) {
      context.notes.passedOver(cluster);
    }
  }

  private int firstCluster(SlotReader slot) {
    return (context.fat32 ? slot.u16(20) << 16 : 0) | slot.u16(26);
  }

  /** Takes a note of a file of this directory, to be told at its end if there is room for it. */
  void noteLongChain(DirectoryEntry entry, int wanted) {
    if (context.budget.take(NAMES_IN_LONG_CHAIN)) {
      longChains.add(new LongChain(entry, wanted));
    }
  }

  /** Returns roughly the bytes of memory that knowing the clusters takes now. */
  long memory() {
    return slots.memory();
  }

  /** Forgets what is kept until all of the directory was seen. */
  void forget() {
    names.clear();
    shortNames.clear();
    context.budget.give(NAMES_IN_LONG_CHAIN * longChains.size());
    longChains.clear();
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
    clearLongName();
    withCluster.clear(first, from);
    checkFields(from);
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

  /** Looks at the parts of a whole long name, from a slot to the current one. */
  private void checkFields(int from) {
    int slot = withCluster.nextSetBit(from);
    if (slot >= 0) {
      String text = "slot %d is a part of a long name, but has a cluster".formatted(slot);
      report("long-name-field", text);
    }
  }

  private void checkShortName(byte[] raw, DirectoryEntry entry) {
    boolean lawful = raw[0] != ' ';
    for (int i = 0; i < ShortName.BYTES; i++) {
      int unit = raw[i] & 0xFF;
      boolean escaped = i == 0 && unit == 0x05;
      boolean control = (unit < ' ' && !escaped) || unit == 0x7F;
      lawful &= !control && (unit < 'a' || unit > 'z') && ShortName.FORBIDDEN.indexOf(unit) < 0;
    }
    if (lawful) {
      good++;
    } else {
      bad++;
      context.findings.file(path(entry.name()), "bad-name", "the short name is not lawful");
    }
  }

  private static boolean addName(ComparedNames known, String name, int slot) {
    return known.add(UpcaseTable.standard().toUpper(name), slot);
  }

  /** The first two slots of every directory but the root are its own and its parent's. */
  private void checkDots() {
    if (node.parent() == null || reader.slot() > 1) {
      return;
    }
    String wanted = reader.slot() == 0 ? "." : "..";
    if (ended || reader.isDeleted() || !isDots() || wanted.length() != dots()) {
      isDoubtful = true;
      report("dots", "%s is missing".formatted(wanted));
      return;
    }
    int points = firstCluster(reader);
    int right = reader.slot() == 0 ? cluster : parentCluster;
    if (points != right) {
      isDoubtful |= reader.slot() == 0;
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

  private void noteOrphans(int first, int count) {
    if (!isLongNameDoubtful) {
      orphans.set(first, first + count);
    }
  }

  private void dropLongName() {
    if (longSlots > 0) {
      int first = reader.slot() - longSlots;
      report(
          "orphan-long-name",
          "%d long name slots from %d on are left over".formatted(longSlots, first));
      noteOrphans(first, longSlots);
      withCluster.clear(first, reader.slot());
    }
    clearLongName();
  }

  private void clearLongName() {
    longSlots = 0;
    isLongNameDoubtful = false;
    longName.clear();
  }

  private String path(String name) {
    return node.parent() == null ? "/" + name : node.path() + "/" + name;
  }

  private void report(LabelCheck.Finding finding) {
    report(finding.kind(), finding.text());
  }

  private void report(String kind, String text) {
    context.findings.file(node.path(), kind, text);
  }
}
