package dev.tcplay.block;

import java.util.ArrayList;
import java.util.List;

/** Dirty frames that go to the host together; guarded by the write-back. */
final class PendingGroup {

  /** Where the group stands in the order of all groups of its device. */
  final long sequence;

  final List<Frame> frames = new ArrayList<>();
  final List<Runnable> whenCommitted = new ArrayList<>();

  /** Whether writes of this group have gone past the cache and only need the barrier. */
  boolean hasDirectWrites;

  PendingGroup(long sequence) {
    this.sequence = sequence;
  }
}
