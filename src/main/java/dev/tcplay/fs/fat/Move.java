package dev.tcplay.fs.fat;

import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.fs.DosTime;
import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A move that is under way: what moves, from where, and where to. Used under the locks of both
 * directories.
 */
final class Move {

  /** The earliest creation time that has one before it. */
  private static final DosTime SECOND_STAMP = new DosTime(1 << 5 | 1, 0, 1);

  private final TreeContext context;
  private final FatDirectory source;
  private final FatDirectory target;
  private final DirectoryEntry entry;
  private final DirectoryIndex sourceIndex;
  private final DirectoryIndex targetIndex;

  /** What moves, if it is a directory whose parent changes. */
  private final @Nullable FatDirectory moved;

  Move(TreeContext context, FatDirectory source, FatDirectory target, FatNode node)
      throws IOException {
    this.context = context;
    this.source = source;
    this.target = target;
    TreeContext.checkThere(target);
    this.entry = context.directories().current(node);
    this.sourceIndex = context.directories().index(source);
    this.targetIndex = source == target ? sourceIndex : context.directories().index(target);
    this.moved = node.isDirectory() && source != target ? context.directories().enter(node) : null;
    if (moved != null && target.isIn(moved)) {
      throw new FileSystemException(
          node.path(), target.path(), "a directory cannot be moved into itself");
    }
  }

  FatDirectory source() {
    return source;
  }

  FatDirectory target() {
    return target;
  }

  DirectoryEntry entry() {
    return entry;
  }

  DirectoryIndex targetIndex() {
    return targetIndex;
  }

  private EntryEditor edit(Change change, FatDirectory directory) {
    boolean isSource = directory == source;
    return context.edit(change, directory, isSource ? sourceIndex : targetIndex);
  }

  /** Lets those know who know where the entry stood, which begins with a slot now. */
  private FatNode arrived(int firstSlot) throws IOException {
    DirectoryEntry now = Objects.requireNonNull(targetIndex.at(firstSlot));
    FatNode before = context.directories().node(source, entry);
    FatDirectory directory = context.directories().known(before);
    context.ids().moved(entry.position(), now.position());
    if (directory != null && entry.isDirectory()) {
      directory.moveTo(target, now);
    }
    FatFile file = context.files().get(before.id());
    if (file != null) {
      file.entry().moveTo(target, now);
    }
    context.leftovers().add(source);
    context.directories().changed(source, sourceIndex);
    context.directories().changed(target, targetIndex);
    return context.directories().node(target, now);
  }

  /** Renames within the slots of the entry, in one sector, if the new name fits in there. */
  @Nullable FatNode renameInPlace(NewName name) throws IOException {
    int count = EntrySet.slots(name);
    int first = entry.slot() + 1 - count;
    try (Change change = context.writer().begin()) {
      EntryEditor editor = edit(change, source);
      if (source != target
          || first < entry.firstSlot()
          || !editor.isOneSector(entry.firstSlot(), entry.slot())) {
        return null;
      }
      editor.returningInPlace(name.name(), shortName(name));
      ShortEntry renamed = context.read(change, entry).name(name);
      editor.putOver(entry, first, EntrySet.encode(name, renamed));
      change.submit();
      editor.removed(entry, entry.firstSlot());
      editor.added(name.name(), shortName(name), first, count);
    }
    source.relocated(entry.firstSlot(), first);
    return arrived(first);
  }

  /** Makes a new entry, then deletes the old one. */
  FatNode rename(NewName name) throws IOException {
    int count = EntrySet.slots(name);
    int first;
    try (Change change = context.writer().begin()) {
      comeAfterOldName(change, false);
      EntryEditor to = edit(change, target);
      to.returning(name.name(), shortName(name), count);
      first = to.makeRoom(count);
      ShortEntry renamed = context.read(change, entry).name(name);
      to.put(first, EntrySet.encode(name, renamed), true);
      removeAndSubmit(change, to.isWith(first, count, entry), isStrict(false));
      to.added(name.name(), shortName(name), first, count);
    }
    turnToNewParent();
    if (source == target) {
      source.relocated(entry.firstSlot(), first);
    }
    return arrived(first);
  }

  /** Lets an entry lead to what moves, then deletes the old one. */
  FatNode replace(DirectoryEntry existing, @Nullable FatDirectory replaced) throws IOException {
    boolean dated = datedAfterFirstStamp();
    try (Change change = context.writer().begin()) {
      if (dated || (replaced != null && context.writer().uncommitted().isMoving(replaced.id()))) {
        // Of a directory that moves and is replaced at once, as when it is deleted.
        change.afterEarlierOnes();
      }
      comeAfterOldName(change, true);
      byte[] slot = replacement(change, existing).bytes();
      change.write(WriteOrder.ENTRIES_ADDED, existing.position(), slot, 0, slot.length);
      boolean isTogether = edit(change, source).isWith(entry.slot(), 1, existing);
      if (isTogether) {
        context.writer().uncommitted().replacesAtOnce(id(), change::whenCommitted);
      }
      removeAndSubmit(change, isTogether, isStrict(true));
    }
    turnToNewParent();
    Chain chain = context.deleted(existing, replaced);
    target.changed();
    // Whatever becomes of the old clusters, what is open must know its new name.
    FatNode now = arrived(existing.firstSlot());
    if (chain.first() != 0 && chain.first() == entry.firstCluster()) {
      // Two names of one file: the clusters are still in use.
      context.writer().shared().outlives(chain.first());
      context.writer().keepDirty();
    } else {
      context.writer().freeClusters().freeUnlessShared(chain);
    }
    return now;
  }

  /**
   * Returns the entry of what is replaced with the contents of what moves. It has an earlier
   * creation time than what moves: its own if it has, else the one before. So a crash that leaves
   * both names tells which of them is the target, and must stay.
   */
  private ShortEntry replacement(Change change, DirectoryEntry existing) throws IOException {
    ShortEntry target = context.read(change, existing);
    DosTime own = target.created();
    DosTime source = context.read(change, entry).created();
    return target
        .contentsOf(context.read(change, entry))
        .created(own.compareTo(source) < 0 ? own : source.previous().orElseThrow());
  }

  /**
   * Gives what moves another creation time if it has the first that there is, as what no system has
   * recorded reads; returns whether it did.
   */
  private boolean datedAfterFirstStamp() throws IOException {
    if (entry.created().previous().isPresent()) {
      return false;
    }
    try (Change change = context.writer().begin()) {
      byte[] slot = context.read(change, entry).created(SECOND_STAMP).bytes();
      change.write(WriteOrder.ENTRIES_ADDED, entry.position(), slot, 0, slot.length);
      change.submit();
    }
    return true;
  }

  /**
   * A directory whose old name may not be there yet would have only the wrong parent; and the old
   * name must agree with the new one in what tells that they are names of one file.
   */
  private void comeAfterOldName(Change change, boolean replaces) {
    if (moved != null || context.writer().uncommitted().isMoveOrdered(id(), isStrict(replaces))) {
      change.afterEarlierOnes();
    }
  }

  /** Returns whether the creation time does not tell that both names are one file's. */
  private boolean isStrict(boolean replaces) {
    return replaces || entry.created().date() == 0;
  }

  private long id() {
    return context.ids().at(entry.position());
  }

  /**
   * Hands over the new entry. The old one goes with it if the two are one write, else when the new
   * one is there; that of a directory that gets another parent goes later.
   */
  private void removeAndSubmit(Change change, boolean isTogether, boolean isStrict)
      throws IOException {
    if (moved != null) {
      change.submit();
      return;
    }
    EntryEditor from = edit(change, source);
    Group group = isTogether ? WriteOrder.ENTRIES_ADDED : WriteOrder.ENTRIES_REMOVED;
    if (!isTogether) {
      context.writer().uncommitted().moves(id(), isStrict, change::whenCommitted);
    }
    int freed = from.remove(entry, group, false);
    change.submit();
    from.removed(entry, freed);
  }

  /**
   * Lets a moved directory lead to its new parent while it has both names, since either parent is
   * right then; and deletes the old name when it does.
   */
  private void turnToNewParent() throws IOException {
    if (moved != null) {
      try (Change change = context.writer().begin()) {
        change.afterEarlierOnes();
        context.writer().uncommitted().moves(id(), false, change::whenCommitted);
        context.writeParent(change, moved, target);
        EntryEditor from = edit(change, source);
        int freed = from.remove(entry, WriteOrder.ENTRIES_REMOVED, false);
        change.submit();
        from.removed(entry, freed);
      }
    }
  }

  void forget() {
    context.directories().forget(source);
    context.directories().forget(target);
  }

  private String shortName(NewName name) {
    return ShortName.decode(name.shortName(), 0, context.codePage());
  }
}
