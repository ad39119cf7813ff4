package dev.tcplay.fs.cluster;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Nodes whose entries were moved or changed by what is not on the host's storage yet. A crash may
 * leave the old name of a move beside the new one, the former as it was earlier. The recovery after
 * a crash must tell that both are names of one file, and which of them is the target of a replacing
 * move; so some changes wait for what was handed over before. Safe for any number of threads.
 *
 * <p>Entries with one creation time are taken for names of one file, whatever else they say. So
 * only what changes or has no creation time needs an order, and what replaces, since the target has
 * a creation time of its own.
 */
public final class UncommittedEntries {

  /** A note of one batch; the next one on the same node takes its place. */
  private static final class Note {

    private volatile boolean isStrict;

    Note(boolean isStrict) {
      this.isStrict = isStrict;
    }
  }

  /** Ids of what was moved: whether nothing else of the entry may change before that is over. */
  private final Map<Long, Note> moved = new ConcurrentHashMap<>();

  /** Ids of what had clusters and was changed: whether its creation time was. */
  private final Map<Long, Note> changed = new ConcurrentHashMap<>();

  /** Starts with none. */
  public UncommittedEntries() {}

  /** Takes note of a move whose old name goes in a later group than the new one comes. */
  public void moves(long id, boolean isStrict, Consumer<Runnable> whenCommitted) {
    note(moved, id, isStrict, whenCommitted);
  }

  /** Takes note of a change of an entry that has clusters. */
  public void changes(long id, boolean ofCreation, Consumer<Runnable> whenCommitted) {
    note(changed, id, ofCreation, whenCommitted);
  }

  /**
   * Takes note of a replacing move whose names are one write. Where the node goes next must not be
   * on disk while it has its old creation time here; and where it came from before, and has that
   * time, it differs in it from now on.
   */
  public void replacesAtOnce(long id, Consumer<Runnable> whenCommitted) {
    changes(id, true, whenCommitted);
    Note earlier = moved.get(id);
    if (earlier != null) {
      earlier.isStrict = true;
    }
  }

  private static void note(
      Map<Long, Note> notes, long id, boolean isStrict, Consumer<Runnable> whenCommitted) {
    Note earlier = notes.get(id);
    Note note = new Note(isStrict || (earlier != null && earlier.isStrict));
    notes.put(id, note);
    whenCommitted.accept(() -> notes.remove(id, note));
  }

  /** Returns whether a change of an entry must come after what was handed over before. */
  public boolean isChangeOrdered(long id, boolean ofCreation) {
    Note move = moved.get(id);
    return move != null && (move.isStrict || ofCreation);
  }

  /** Returns whether a node was moved whose old name may still be on the host's storage. */
  public boolean isMoving(long id) {
    return moved.containsKey(id);
  }

  /** Returns whether a move must come after what was handed over before. */
  public boolean isMoveOrdered(long id, boolean isStrict) {
    Note change = changed.get(id);
    return change != null && (isStrict || change.isStrict);
  }
}
