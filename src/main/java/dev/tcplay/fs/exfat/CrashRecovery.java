package dev.tcplay.fs.exfat;

import dev.tcplay.fs.cluster.ClusterSet;
import dev.tcplay.fs.cluster.NameTable;
import dev.tcplay.fs.tree.EntryName;
import dev.tcplay.fs.tree.RecoveryNotes;
import dev.tcplay.fs.tree.SharedNames;
import dev.tcplay.fs.tree.TreeWalk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ends what a crash within a move has left on a volume that is to be written: two names of one
 * file. One of them stays, on the host's storage, before anything else is changed.
 *
 * <p>Entries with one creation time are names of one file: the newer state stays, of equal ones the
 * last. Entries that agree in all but the creation time come of a move that replaces: the earlier
 * one is the target, and stays. Entries that share clusters and differ in more come of other
 * damage: both stay, and their clusters are neither written nor freed.
 *
 * <p>A second name may also stand behind the end of a directory: see {@link NamesBehindEnd}. And a
 * set that was put to another place within its directory may be there twice under one name, which
 * is the only trace of it if it has no clusters.
 *
 * <p>Cost: one pass over the directories, and another where entries share clusters or names stand
 * behind an end. Memory: a bit for each cluster, and the entries that share clusters.
 */
final class CrashRecovery {

  private static final Comparator<DirectoryEntry> NEWER_LAST =
      Comparator.comparing((DirectoryEntry entry) -> entry.set().modified().time())
          .thenComparingLong(entry -> entry.set().allocation().length());

  private final TreeContext context;
  private final NamesBehindEnd behindEnd;
  private final boolean crashed;
  private final RecoveryNotes notes = new RecoveryNotes();
  private final List<EntryName<ExFatDirectory, DirectoryEntry>> old = new ArrayList<>();

  /**
   * Begins.
   *
   * @param crashed whether the volume was left by a crash, so that names with one creation time are
   *     names of one file though the rest differs
   */
  CrashRecovery(TreeContext context, boolean crashed) {
    this.context = context;
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
    SharedNames<ExFatDirectory, DirectoryEntry> shared = new SharedNames<>();
    List<EntryName<ExFatDirectory, DirectoryEntry>> emptyTwins = new ArrayList<>();
    boolean[] hasBehindEnd = {false};
    walk()
        .run(
            shared::see,
            (directory, end) -> {
              hasBehindEnd[0] |= behindEnd.areIn(context.directories().slots(directory), end);
              findEmptyTwins(directory, emptyTwins);
            });
    boolean changed = hasBehindEnd[0] && clearBehindEnds(shared.seen());
    for (List<EntryName<ExFatDirectory, DirectoryEntry>> names : shared.groups(walk())) {
      end(names);
    }
    for (EntryName<ExFatDirectory, DirectoryEntry> twin : emptyTwins) {
      old.add(twin);
      notes.add(() -> "%s was there twice, and the empty one was removed".formatted(twin));
    }
    new Remover(context).deleteNames(old);
    if (changed || !old.isEmpty()) {
      clearLeftovers();
      context.writer().flush();
    }
    return notes.sentences();
  }

  private TreeWalk<ExFatDirectory, DirectoryEntry> walk() {
    ExFatWriter writer = context.writer();
    return new TreeWalk<>(context.directories(), writer.links(), writer.geometry().clusters());
  }

  /** Finds empty files that have the name and the creation time of another one beside them. */
  private void findEmptyTwins(
      ExFatDirectory directory, List<EntryName<ExFatDirectory, DirectoryEntry>> twins)
      throws IOException {
    Set<String> repeated = repeatedNames(directory);
    if (repeated.isEmpty()) {
      return;
    }
    Map<String, DirectoryEntry> byName = new HashMap<>();
    DirectoryScanner scanner = scan(directory);
    DirectoryEntry entry;
    while ((entry = scanner.next()) != null) {
      String folded = context.names().fold(entry.name());
      DirectoryEntry other = repeated.contains(folded) ? byName.putIfAbsent(folded, entry) : null;
      if (other != null && isTwin(other, entry)) {
        boolean isOtherEmpty = other.firstCluster() == 0;
        twins.add(new EntryName<>(directory, isOtherEmpty ? other : entry));
        byName.put(folded, isOtherEmpty ? entry : other);
        SharedNames.check(twins.size());
      }
    }
  }

  /** Returns the folded names that stand in a directory more than once, among the first of them. */
  private Set<String> repeatedNames(ExFatDirectory directory) throws IOException {
    Set<String> repeated = new HashSet<>();
    NameTable names = new NameTable();
    DirectoryScanner scanner = scan(directory);
    DirectoryEntry entry = scanner.next();
    for (int count = 0; entry != null && count < DirectoryIndex.MOST_NAMES; count++) {
      String folded = context.names().fold(entry.name());
      if (!names.add(folded, entry.firstSlot())) {
        repeated.add(folded);
        SharedNames.check(repeated.size());
      }
      entry = scanner.next();
    }
    return repeated;
  }

  private DirectoryScanner scan(ExFatDirectory directory) {
    return DirectoryScanner.from(context.directories().slots(directory), 0);
  }

  private static boolean isTwin(DirectoryEntry one, DirectoryEntry other) {
    return (one.firstCluster() == 0 || other.firstCluster() == 0)
        && one.isDirectory() == other.isDirectory()
        && one.set().created().equals(other.set().created());
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
  private void end(List<EntryName<ExFatDirectory, DirectoryEntry>> names) throws IOException {
    EntryName<ExFatDirectory, DirectoryEntry> survivor = survivor(names);
    if (survivor == null) {
      long firstCluster = names.get(0).entry().firstCluster();
      context.writer().shared().add(firstCluster, names.size());
      notes.add(
          () ->
              "%s and %s share clusters from %d on: neither can be written"
                  .formatted(names.get(0), names.get(1), firstCluster));
      return;
    }
    for (EntryName<ExFatDirectory, DirectoryEntry> name : names) {
      if (!name.equals(survivor)) {
        old.add(name);
        notes.add(() -> "%s was the old name of %s and was removed".formatted(name, survivor));
      }
    }
  }

  /** Returns the name that stays, null if the names were not left by a rename. */
  private @Nullable EntryName<ExFatDirectory, DirectoryEntry> survivor(
      List<EntryName<ExFatDirectory, DirectoryEntry>> names) {
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
      order =
          Comparator.comparing((DirectoryEntry entry) -> entry.set().created().time()).reversed();
    } else {
      return null;
    }
    EntryName<ExFatDirectory, DirectoryEntry> survivor = null;
    for (EntryName<ExFatDirectory, DirectoryEntry> name : names) {
      // Of equal ones the last: a new set mostly stands behind the old one.
      if (!isInItself(name)
          && (survivor == null || order.compare(name.entry(), survivor.entry()) >= 0)) {
        survivor = name;
      }
    }
    return survivor;
  }

  /** Returns whether a name of a directory stands in that directory, or in one below it. */
  private static boolean isInItself(EntryName<ExFatDirectory, DirectoryEntry> name) {
    ExFatDirectory directory = name.directory();
    while (directory != null && directory.firstCluster() != name.entry().firstCluster()) {
      directory = directory.parent();
    }
    return directory != null;
  }

  private static boolean haveOneCreation(DirectoryEntry one, DirectoryEntry other) {
    Timestamp created = one.set().created();
    return created.time().date() != 0 && created.equals(other.set().created());
  }

  /** Returns whether two entries agree in what a rename that replaces copies. */
  private static boolean agreeApartFromCreation(DirectoryEntry one, DirectoryEntry other) {
    return one.set().attributes() == other.set().attributes()
        && one.set().allocation().equals(other.set().allocation())
        && one.set().modified().equals(other.set().modified())
        && one.set().accessed().equals(other.set().accessed());
  }
}
