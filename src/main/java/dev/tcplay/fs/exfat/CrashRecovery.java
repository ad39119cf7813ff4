package dev.tcplay.fs.exfat;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.ClusterSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

  /** More shared chains than a crash can leave; the volume is then read only. */
  private static final int MOST_SHARED = 1 << 16;

  private static final Comparator<DirectoryEntry> NEWER_LAST =
      Comparator.comparing((DirectoryEntry entry) -> entry.set().modified().time())
          .thenComparingLong(entry -> entry.set().allocation().length());

  private final TreeContext context;
  private final NamesBehindEnd behindEnd;
  private final boolean crashed;
  private final List<String> warnings = new ArrayList<>();

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
   * Ends all pairs, on the host's storage.
   *
   * @return what was done and what was left, a sentence each
   * @throws IOException if the volume cannot be read or written, or too many chains are shared
   */
  List<String> run() throws IOException {
    Set<Long> twice = new HashSet<>();
    ClusterSet seen = new ClusterSet();
    List<Name> emptyTwins = new ArrayList<>();
    boolean[] hasBehindEnd = {false};
    TreeWalk walk = new TreeWalk(context);
    walk.run(
        name -> {
          if (!seen.add(name.entry().firstCluster())) {
            twice.add(name.entry().firstCluster());
          }
        },
        (directory, slots, end) -> {
          hasBehindEnd[0] |= behindEnd.areIn(slots, end);
          findEmptyTwins(directory, slots, emptyTwins);
        });
    boolean changed = hasBehindEnd[0] && clearBehindEnds(seen);
    changed |= !twice.isEmpty() && endPairs(twice);
    for (Name twin : emptyTwins) {
      remove(twin);
      warnings.add("%s was there twice, and the empty one was removed".formatted(twin));
      changed = true;
    }
    if (changed) {
      context.leftovers().clear(context);
      context.writer().flush();
    }
    return warnings;
  }

  /** Finds empty files that have the name and the creation time of another one beside them. */
  private void findEmptyTwins(ExFatDirectory directory, DirectorySlots slots, List<Name> twins)
      throws IOException {
    DirectoryIndex index = new DirectoryIndex(slots, context.names());
    if (!index.isAmbiguous()) {
      return;
    }
    Map<String, DirectoryEntry> byName = new LinkedHashMap<>();
    DirectoryScanner scanner = DirectoryScanner.from(slots, 0);
    DirectoryEntry entry;
    while ((entry = scanner.next()) != null) {
      DirectoryEntry other = byName.putIfAbsent(index.fold(entry.name()), entry);
      if (other != null && isTwin(other, entry)) {
        boolean isOtherEmpty = other.firstCluster() == 0;
        twins.add(new Name(directory, isOtherEmpty ? other : entry));
        byName.put(index.fold(entry.name()), isOtherEmpty ? entry : other);
      }
    }
  }

  private static boolean isTwin(DirectoryEntry one, DirectoryEntry other) {
    return (one.firstCluster() == 0 || other.firstCluster() == 0)
        && one.isDirectory() == other.isDirectory()
        && one.set().created().equals(other.set().created());
  }

  /** Takes away what stands behind the end of a directory and has a name elsewhere. */
  private boolean clearBehindEnds(ClusterSet ofEntries) throws IOException {
    int before = warnings.size();
    new TreeWalk(context)
        .run(
            name -> {},
            (directory, slots, end) -> {
              if (behindEnd.clear(slots, end, ofEntries) > 0) {
                warnings.add(
                    "names behind the end of %s were removed, whose files are elsewhere"
                        .formatted(directory.path()));
              }
            });
    return warnings.size() > before;
  }

  /** Ends the pairs; returns false if nothing was changed. */
  private boolean endPairs(Set<Long> twice) throws IOException {
    if (twice.size() > MOST_SHARED) {
      throw new CorruptFileSystemException("/", "more than " + MOST_SHARED + " chains are shared");
    }
    Map<Long, List<Name>> groups = new LinkedHashMap<>();
    new TreeWalk(context)
        .run(
            name -> {
              long first = name.entry().firstCluster();
              if (twice.contains(first)) {
                groups.computeIfAbsent(first, cluster -> new ArrayList<>()).add(name);
              }
            },
            (directory, slots, end) -> {});
    boolean changed = false;
    for (Map.Entry<Long, List<Name>> group : groups.entrySet()) {
      changed |= end(group.getKey(), group.getValue());
    }
    return changed;
  }

  /** Takes the names away that a rename has left; returns false if there are none. */
  private boolean end(long firstCluster, List<Name> names) throws IOException {
    Name survivor = survivor(names);
    if (survivor == null) {
      context.writer().shared().add(firstCluster, names.size());
      warnings.add(
          "%s and %s share clusters from %d on: neither can be written"
              .formatted(names.get(0), names.get(1), firstCluster));
      return false;
    }
    for (Name name : names) {
      if (!name.equals(survivor)) {
        remove(name);
        warnings.add("%s was the old name of %s and was removed".formatted(name, survivor));
      }
    }
    return true;
  }

  /** Returns the name that stays, null if the names were not left by a rename. */
  private @Nullable Name survivor(List<Name> names) {
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
    Name survivor = null;
    for (Name name : names) {
      // Of equal ones the last: a new set mostly stands behind the old one.
      if (!isInItself(name)
          && (survivor == null || order.compare(name.entry(), survivor.entry()) >= 0)) {
        survivor = name;
      }
    }
    return survivor;
  }

  /** Returns whether a name of a directory stands in that directory, or in one below it. */
  private static boolean isInItself(Name name) {
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

  private void remove(Name name) throws IOException {
    ExFatDirectory directory = name.directory();
    try {
      context
          .writer()
          .guard()
          .runUnder(
              () -> new Remover(context).remove(directory, name.entry(), false),
              directory.lock().writeLock());
    } finally {
      // What enters the directory later makes an object of its own for it.
      context.directories().forget(directory);
    }
  }
}
