package dev.tcplay.fs.fat;

import dev.tcplay.fs.cluster.ClusterSet;
import dev.tcplay.fs.cluster.SharedChains;
import dev.tcplay.fs.tree.EntryName;
import dev.tcplay.fs.tree.RecoveryNotes;
import dev.tcplay.fs.tree.SharedNames;
import dev.tcplay.fs.tree.TreeWalk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends what a crash within a rename leaves: two names of one chain. It runs when a volume that was
 * not closed in order is mounted to be written, before anything is changed; else who deletes one of
 * the names would free the clusters of the other.
 *
 * <p>A rename copies the creation time, so that entries which agree in it are names of one file;
 * the newer state stays, as the old name may be as it was before. A rename that replaces copies all
 * else and gives the target an earlier creation time than the source has (see {@link Mover}): then
 * the source goes. A directory stays where its {@code ..} says. Entries that share a chain and
 * differ in more come of other damage: both stay, and their chain is neither written nor freed.
 *
 * <p>A second name may also stand behind the end of a directory: see {@link NamesBehindEnd}.
 *
 * <p>Cost: one pass over the directories, and another where entries share chains or names stand
 * behind an end. Memory: a bit for each cluster, and the entries that share chains.
 */
final class CrashRecovery {

  private static final Comparator<DirectoryEntry> NEWER_LAST =
      Comparator.comparing(DirectoryEntry::modified).thenComparingLong(DirectoryEntry::size);

  private final TreeContext context;
  private final SharedChains shared;
  private final boolean crashed;
  private final NamesBehindEnd behindEnd;
  private final RecoveryNotes notes = new RecoveryNotes();
  private final List<EntryName<FatDirectory, DirectoryEntry>> old = new ArrayList<>();

  /**
   * Prepares a recovery.
   *
   * @param shared is told of the chains that stay shared
   * @param crashed whether the volume was not closed in order; else only names that agree in size
   *     and times are taken for names of one file
   */
  CrashRecovery(TreeContext context, SharedChains shared, boolean crashed) {
    this.context = context;
    this.shared = shared;
    this.crashed = crashed;
    this.behindEnd = new NamesBehindEnd(context);
  }

  /**
   * Ends all pairs, on the host's storage. Called once.
   *
   * @return what was done and what was left, a sentence each
   * @throws IOException if the volume cannot be read or written, or too many chains are shared
   */
  List<String> run() throws IOException {
    SharedNames<FatDirectory, DirectoryEntry> found = new SharedNames<>();
    boolean[] hasBehindEnd = {false};
    walk()
        .run(
            found::see,
            (directory, end) ->
                hasBehindEnd[0] |= behindEnd.areIn(context.directories().slots(directory), end));
    boolean changed = hasBehindEnd[0] && clearBehindEnds(found.seen());
    for (List<EntryName<FatDirectory, DirectoryEntry>> names : found.groups(walk())) {
      end(names);
    }
    new Remover(context).deleteNames(old);
    if (changed || !old.isEmpty()) {
      clearLeftovers();
      context.writer().flush();
    }
    return notes.sentences();
  }

  private TreeWalk<FatDirectory, DirectoryEntry> walk() {
    long clusters = context.writer().geometry().clusters();
    return new TreeWalk<>(context.directories(), context.table(), clusters);
  }

  /**
   * Marks what the names have left as deleted. The directories are objects of this walk, by names
   * that may be among those that are gone: in the place of such a name another directory may come,
   * which must not find an index of this one.
   */
  private void clearLeftovers() throws IOException {
    try {
      context.leftovers().clear(context);
    } finally {
      old.forEach(name -> context.directories().forget(name.directory()));
    }
  }

  /** Takes away what stands behind the end of a directory and has a name elsewhere. */
  private boolean clearBehindEnds(ClusterSet ofEntries) throws IOException {
    boolean[] hasCleared = {false};
    walk()
        .run(
            name -> {},
            (directory, end) -> {
              DirectorySlots slots = context.directories().slots(directory);
              if (behindEnd.clear(slots, end, ofEntries) > 0) {
                hasCleared[0] = true;
                notes.add(
                    () ->
                        "names behind the end of %s were removed, whose files are elsewhere"
                            .formatted(directory.path()));
              }
            });
    return hasCleared[0];
  }

  /** Finds the names that a rename has left. */
  private void end(List<EntryName<FatDirectory, DirectoryEntry>> names) throws IOException {
    EntryName<FatDirectory, DirectoryEntry> survivor = survivor(names);
    if (survivor == null) {
      long firstCluster = names.get(0).entry().firstCluster();
      shared.add(firstCluster, names.size());
      notes.add(
          () ->
              "%s and %s share clusters from %d on: neither can be written"
                  .formatted(names.get(0), names.get(1), firstCluster));
      return;
    }
    for (EntryName<FatDirectory, DirectoryEntry> name : names) {
      if (!name.equals(survivor)) {
        old.add(name);
        notes.add(() -> "%s was the old name of %s and was removed".formatted(name, survivor));
      }
    }
  }

  /** Returns the name that stays, null if the names were not left by a rename. */
  private @Nullable EntryName<FatDirectory, DirectoryEntry> survivor(
      List<EntryName<FatDirectory, DirectoryEntry>> names) throws IOException {
    DirectoryEntry first = names.get(0).entry();
    boolean isDirectory = first.isDirectory();
    if (names.stream().anyMatch(name -> name.entry().isDirectory() != isDirectory)) {
      return null;
    }
    Comparator<DirectoryEntry> order;
    boolean agree = names.stream().allMatch(name -> agreeApartFromCreation(first, name.entry()));
    boolean haveOneCreation = names.stream().allMatch(name -> haveOneCreation(first, name.entry()));
    if (haveOneCreation && (agree || crashed)) {
      order = NEWER_LAST;
    } else if (agree) {
      order = Comparator.comparing(DirectoryEntry::created).reversed();
    } else {
      return null;
    }
    int parent = isDirectory ? parent(names.get(0)) : 0;
    EntryName<FatDirectory, DirectoryEntry> survivor = null;
    for (EntryName<FatDirectory, DirectoryEntry> name : names) {
      boolean isCandidate = !isDirectory || context.dotsCluster(name.directory()) == parent;
      // Of equal ones the last: a new entry mostly stands behind the old one.
      if (isCandidate && (survivor == null || order.compare(name.entry(), survivor.entry()) >= 0)) {
        survivor = name;
      }
    }
    return survivor;
  }

  private static boolean haveOneCreation(DirectoryEntry one, DirectoryEntry other) {
    return one.created().date() != 0 && one.created().equals(other.created());
  }

  /** Returns whether two entries agree in what a rename that replaces copies. */
  private static boolean agreeApartFromCreation(DirectoryEntry one, DirectoryEntry other) {
    return one.flags() == other.flags()
        && one.size() == other.size()
        && one.modified().equals(other.modified())
        && one.accessed().equals(other.accessed());
  }

  /** Returns to which cluster the {@code ..} of a directory leads, -1 if it has none. */
  private int parent(EntryName<FatDirectory, DirectoryEntry> name) throws IOException {
    DirectorySlots slots = slots(name);
    byte[] slot = new byte[DirectorySlots.SLOT_BYTES];
    return slots.read(1, slot) == 1 && ShortName.isDots(slot)
        ? new ShortEntry(slot, context.isFat32()).firstCluster()
        : -1;
  }

  private DirectorySlots slots(EntryName<FatDirectory, DirectoryEntry> name) {
    return context.directories().slots(directory(name));
  }

  private FatDirectory directory(EntryName<FatDirectory, DirectoryEntry> name) {
    return new FatDirectory(name.directory(), name.entry(), name.entry().position());
  }
}
