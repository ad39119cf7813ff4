package dev.tcplay.block;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All frames of a cache: makes them, keeps those that hold no page, and wipes them at the end. */
final class Frames {

  private final int pageSize;
  private final Deque<Frame> spare = new ArrayDeque<>();
  private final List<Frame> all = new ArrayList<>();

  Frames(int pageSize) {
    this.pageSize = pageSize;
  }

  /** Takes a claimed frame that holds no page. */
  synchronized Frame take() {
    Frame frame = spare.poll();
    if (frame == null) {
      frame = new Frame(pageSize);
      frame.claim();
      all.add(frame);
    }
    return frame;
  }

  /** Gives back a claimed frame, if there is one. */
  synchronized void give(@Nullable Frame frame) {
    if (frame != null) {
      spare.push(frame);
    }
  }

  /** Wipes every frame, used or spare. */
  synchronized void wipe() {
    all.forEach(frame -> Arrays.fill(frame.bytes, (byte) 0));
    all.clear();
    spare.clear();
  }
}
