package example.tablefs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which sectors are free. Guarded by the volume, but for what waits. */
final class Space {

  private final Layout layout;
  private final Collection<Entry> files;
  private final Collection<Entry> deleted;

  /** What was given back, and may still be referred to by the host's storage. */
  private final Set<Extent> waiting = ConcurrentHashMap.newKeySet();

  /**
   * Makes the space around files.
   *
   * @param files those in the table, as they change
   * @param deleted those that are no more
   */
  Space(Layout layout, Collection<Entry> files, Collection<Entry> deleted) {
    this.layout = layout;
    this.files = files;
    this.deleted = deleted;
  }

  /** Keeps an extent from being given out until {@link #reclaim}. */
  void retire(Extent extent) {
    if (extent.sectors() > 0) {
      waiting.add(extent);
    }
  }

  /** Frees what was retired; called by any thread, with any locks, so it takes none. */
  void reclaim(Extent extent) {
    waiting.remove(extent);
  }

  /** Returns whether some of what is taken is free once all is on the host's storage. */
  boolean isSomeWaiting() {
    return !waiting.isEmpty() || deleted.stream().anyMatch(entry -> entry.handles == 0);
  }

  /** Returns the sectors that are free or will be. */
  long free() {
    long taken = 0;
    for (Entry entry : files) {
      // A damaged one may claim any number.
      taken += Math.min(layout.sectors(), entry.slot.extent().sectors());
    }
    for (Entry entry : deleted) {
      taken += entry.handles == 0 ? 0 : entry.slot.extent().sectors();
    }
    return Math.max(0, layout.sectors() - layout.firstData() - taken);
  }

  /** Returns the first of so many free sectors, at {@code wanted} if that can be, else -1. */
  long find(long wanted, long sectors) {
    long last = layout.firstData();
    long found = -1;
    for (Extent extent : taken()) {
      if (extent.first() - last >= sectors) {
        if (wanted >= last && wanted <= extent.first() - sectors) {
          return wanted;
        }
        found = found < 0 ? last : found;
      }
      last = Math.max(last, extent.end());
    }
    return found;
  }

  /** Returns what is taken, in order, and the end of the volume. */
  private List<Extent> taken() {
    deleted.removeIf(Entry::isForgotten);
    List<Extent> taken = new ArrayList<>(waiting);
    files.forEach(entry -> taken.add(entry.slot.extent()));
    for (Entry entry : deleted) {
      taken.add(entry.slot.extent());
      taken.addAll(entry.before);
    }
    taken.removeIf(extent -> extent.sectors() == 0);
    taken.sort(Comparator.comparingLong(Extent::first));
    taken.add(new Extent(layout.sectors(), 0));
    return taken;
  }

  /** Returns whether two files share a sector. */
  boolean overlaps() {
    long last = 0;
    for (Extent extent : taken()) {
      if (extent.first() < last) {
        return true;
      }
      last = extent.end();
    }
    return false;
  }
}
