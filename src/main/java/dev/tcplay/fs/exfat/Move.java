package dev.tcplay.fs.exfat;

import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.fs.DosTime;
import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/**
 * A move that is under way: what moves, from where, and where to. Used under the locks of both
 * directories.
 */
final class Move {

  private static final int REWRITTEN = 2 * DirectorySlots.SLOT_BYTES;

  /** The earliest creation time that has one before it. */
  private static final DosTime SECOND_STAMP = new DosTime(1 << 5 | 1, 0, 1);

  private final TreeContext context;
  private final ExFatDirectory source;
  private final ExFatDirectory target;
  private final DirectoryEntry entry;
  private final DirectoryIndex sourceIndex;
  private final DirectoryIndex targetIndex;

  Move(TreeContext context, ExFatDirectory source, ExFatDirectory target, ExFatNode node)
      throws IOException {
    this.context = context;
    this.source = source;
    this.target = target;
    TreeContext.checkThere(target);
    this.entry = context.directories().current(node);
    this.sourceIndex = context.directories().index(source);
    this.targetIndex = source == target ? sourceIndex : context.directories().index(target);
    if (node.isDirectory() && source != target && target.isIn(context.directories().enter(node))) {
      throw new FileSystemException(
          node.path(), target.path(), "a directory cannot be moved into itself");
    }
  }

  ExFatDirectory source() {
    return source;
  }

  ExFatDirectory target() {
    return target;
  }

  DirectoryEntry entry() {
    return entry;
  }

  DirectoryIndex targetIndex() {
    return targetIndex;
  }

  private EntryEditor edit(Change change, ExFatDirectory directory) {
    return new EntryEditor(
        context, change, directory, directory == source ? sourceIndex : targetIndex);
  }

  /** Lets those know who know where the set stood, which begins with a slot now. */
  private ExFatNode arrived(int firstSlot) throws IOException {
    DirectoryEntry now = EntryEditor.require(targetIndex.at(firstSlot), target);
    ExFatNode before = context.directories().node(source, entry);
    ExFatDirectory directory = context.directories().known(before);
    context.ids().moved(entry.position(), now.position());
    if (directory != null && entry.isDirectory()) {
      directory.moveTo(target, now);
    }
    ExFatFile file = context.files().get(before.id());
    if (file != null) {
      file.entry().moveTo(target, now);
    }
    context.leftovers().add(source);
    context.directories().changed(source, sourceIndex);
    context.directories().changed(target, targetIndex);
    return context.directories().node(target, now);
  }

  private byte[] renamed(String name) throws FileSystemException {
    EntrySet set = entry.set().withName(name, context.names().fold(name));
    if (set.count() > EntrySet.MOST_ENTRIES) {
      throw new FileSystemException(
          source.path(entry.name()),
          target.path(name),
          "the name is too long to stand beside what another system has added to the file");
    }
    return set.bytes();
  }

  /** Renames within the slots of the set, in one sector, if the new name fits in there. */
  @Nullable ExFatNode renameInPlace(String name) throws IOException {
    byte[] set = renamed(name);
    int count = set.length / DirectorySlots.SLOT_BYTES;
    if (source != target || count > entry.slots() || !entry.isInOneSector()) {
      return null;
    }
    try (Change change = context.writer().begin()) {
      EntryEditor editor = edit(change, source);
      editor.returning(name, entry.firstSlot(), count);
      editor.putOver(entry, set);
      change.submit();
      editor.removed(entry, entry.slots());
      editor.added(name, entry.firstSlot(), count);
    }
    return arrived(entry.firstSlot());
  }

  /** Makes a new set, then deletes the old one. */
  ExFatNode rename(String name) throws IOException {
    byte[] set = renamed(name);
    int count = set.length / DirectorySlots.SLOT_BYTES;
    int first;
    try (Change change = context.writer().begin()) {
      comeAfterOldName(change, false);
      EntryEditor to = edit(change, target);
      first = to.makeRoom(name, count);
      to.put(first, set, true);
      removeAndSubmit(change, isWithOld(first, count), isStrict(false));
      to.added(name, first, count);
    }
    if (source == target) {
      source.relocated(entry.firstSlot(), first);
    }
    return arrived(first);
  }

  /** Returns whether slots of the target and the old set lie in one sector. */
  private boolean isWithOld(int first, int count) throws IOException {
    return DirectorySlots.isInOneSector(first, count)
        && isWithOld(targetIndex.slots().position(first));
  }

  private boolean isWithOld(long position) {
    return entry.isInOneSector()
        && position / DirectorySlots.SECTOR == entry.position() / DirectorySlots.SECTOR;
  }

  /** Lets a set lead to what moves, then deletes the old one. */
  ExFatNode replace(DirectoryEntry existing, @Nullable ExFatDirectory replaced) throws IOException {
    boolean dated = datedAfterFirstStamp();
    try (Change change = context.writer().begin()) {
      if (dated) {
        change.afterEarlierOnes();
      }
      comeAfterOldName(change, true);
      comeAfterRelocation(change, existing);
      byte[] set = replacement(existing);
      change.write(WriteOrder.ENTRIES_ADDED, existing.position(), set, 0, REWRITTEN);
      boolean isTogether = isWithOld(existing.position());
      if (isTogether) {
        context.writer().uncommitted().replacesAtOnce(id(), change::whenCommitted);
      }
      removeAndSubmit(change, isTogether, isStrict(true));
    }
    Allocation old = context.deleted(existing, replaced);
    target.changed();
    // Whatever becomes of the old clusters, what is open must know its new name.
    ExFatNode now = arrived(existing.firstSlot());
    if (old.firstCluster() != 0 && old.firstCluster() == entry.firstCluster()) {
      // Two names of one file: the clusters are still in use.
      context.writer().shared().outlives(old.firstCluster());
      context.writer().keepDirty();
    } else {
      context.writer().freeClusters().free(old);
      // What others have added stays with the name that stays.
      context.freeAdded(entry);
    }
    return now;
  }

  /**
   * Returns the set of what is replaced with the contents of what moves. It has an earlier creation
   * time than what moves: its own if it has, else the one before. So, if a crash leaves both names,
   * it tells which of them is the target, and must stay.
   */
  private byte[] replacement(DirectoryEntry existing) throws IOException {
    EntrySet moving = sourceEntry().set();
    EntrySet set = EntryEditor.require(targetIndex.at(existing.firstSlot()), target).set();
    Timestamp own = set.created();
    Timestamp other = moving.created();
    set.attributes(moving.attributes())
        .modified(moving.modified())
        .accessed(moving.accessed())
        .allocation(moving.allocation());
    if (own.time().compareTo(other.time()) >= 0) {
      set.created(new Timestamp(other.time().previous().orElse(other.time()), other.offset()));
    }
    return set.bytes();
  }

  /** Returns what moves as it is on disk. */
  private DirectoryEntry sourceEntry() throws IOException {
    return EntryEditor.require(sourceIndex.at(entry.firstSlot()), source);
  }

  /**
   * Gives what moves another creation time if it has the first that there is, as what no system has
   * recorded reads; returns whether it did.
   */
  private boolean datedAfterFirstStamp() throws IOException {
    Timestamp created = entry.set().created();
    if (created.time().previous().isPresent() || DirectorySlots.straddles(entry.position())) {
      return false;
    }
    try (Change change = context.writer().begin()) {
      EntrySet set = sourceEntry().set();
      byte[] bytes = set.created(new Timestamp(SECOND_STAMP, created.offset())).bytes();
      change.write(WriteOrder.ENTRIES_ADDED, entry.position(), bytes, 0, REWRITTEN);
      change.submit();
    }
    return true;
  }

  /** The old name must agree with the new one in what tells that they are names of one file. */
  private void comeAfterOldName(Change change, boolean replaces) {
    if (context.writer().uncommitted().isMoveOrdered(id(), isStrict(replaces))) {
      change.afterEarlierOnes();
    }
  }

  /** What is replaced may have been put to another place: its old set must not be there still. */
  private void comeAfterRelocation(Change change, DirectoryEntry existing) {
    if (context
        .writer()
        .uncommitted()
        .isChangeOrdered(context.ids().at(existing.position()), true)) {
      change.afterEarlierOnes();
    }
  }

  /** Returns whether the creation time does not tell that both names are one file's. */
  private boolean isStrict(boolean replaces) {
    return replaces || entry.set().created().time().date() == 0;
  }

  private long id() {
    return context.ids().at(entry.position());
  }

  /**
   * Hands over the new set. The old one goes with it if the two are in one sector, else when the
   * new one is there.
   */
  private void removeAndSubmit(Change change, boolean isTogether, boolean isStrict)
      throws IOException {
    EntryEditor from = edit(change, source);
    Group group = isTogether ? WriteOrder.ENTRIES_ADDED : WriteOrder.ENTRIES_REMOVED;
    if (!isTogether) {
      context.writer().uncommitted().moves(id(), isStrict, change::whenCommitted);
    }
    int freed = from.remove(entry, group, false);
    change.submit();
    from.removed(entry, freed);
  }

  void forget() {
    context.directories().forget(source);
    context.directories().forget(target);
  }
}
