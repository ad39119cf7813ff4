package dev.tcplay.block.cache;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dirty frames that go to the host together; guarded by the write-back. */
final class PendingGroup {

  /** Where the group stands in the order of all groups of its device. */
  final long sequence;

  /** The frame that came last; each leads to the one before it. */
  @Nullable Frame last;

  final List<Runnable> whenCommitted = new ArrayList<>();

  /** Whether writes of this group have gone past the cache and only need the barrier. */
  boolean hasDirectWrites;

  /** The group that was committed next, as long as the actions of both wait to be run. */
  @Nullable PendingGroup nextCommitted;

  PendingGroup(long sequence) {
    this.sequence = sequence;
  }

  boolean isEmpty() {
    return last == null;
  }

  /** Returns all frames. */
  List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    for (Frame frame = last; frame != null; frame = frame.nextInGroup) {
      frames.add(frame);
    }
    return frames;
  }

  /** Lets the last frame go. */
  void removeLast(Frame frame) {
    last = frame.nextInGroup;
    frame.nextInGroup = null;
    frame.group = null;
  }
}
