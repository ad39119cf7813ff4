package dev.tcplay.block.cache;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dirty frames that go to the host together; guarded by the write-back. */
final class PendingGroup {

  /** Where the group stands in the order of all groups of its device. */
  final long sequence;

  final ArrayList<Frame> frames = new ArrayList<>();
  final List<Runnable> whenCommitted = new ArrayList<>();

  /** Whether writes of this group have gone past the cache and only need the barrier. */
  boolean hasDirectWrites;

  /** The group that was committed next, as long as the actions of both wait to be run. */
  @Nullable PendingGroup nextCommitted;

  PendingGroup(long sequence) {
    this.sequence = sequence;
  }

  /** Makes room for one more frame, so that adding it needs no memory. */
  void reserveFrame() {
    frames.ensureCapacity(frames.size() + 1);
  }
}
