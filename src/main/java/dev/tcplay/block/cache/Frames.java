package dev.tcplay.block.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All frames of a cache: makes them, keeps those that hold no page, and wipes them at the end. */
final class Frames {

  private final int pageSize;
  private @Nullable Frame spare;
  private final List<Frame> all = new ArrayList<>();

  Frames(int pageSize) {
    this.pageSize = pageSize;
  }

  /** Takes a claimed frame that holds no page. */
  synchronized Frame take() {
    Frame frame = spare;
    if (frame == null) {
      frame = new Frame(pageSize);
      frame.claim();
      all.add(frame);
    } else {
      spare = frame.nextSpare;
      frame.nextSpare = null;
    }
    return frame;
  }

  /** Gives back a claimed frame, if there is one. */
  synchronized void give(@Nullable Frame frame) {
    if (frame != null) {
      frame.nextSpare = spare;
      spare = frame;
    }
  }

  /** Wipes every frame, used or spare. */
  synchronized void wipe() {
    all.forEach(frame -> Arrays.fill(frame.bytes, (byte) 0));
    all.clear();
    spare = null;
  }
}
