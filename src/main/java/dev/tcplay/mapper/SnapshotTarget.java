package dev.tcplay.mapper;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.SnapshotDevice;
import dev.tcplay.mapper.PlainTargets.Place;
import dev.tcplay.mapper.TargetType.Recipe;
import java.util.List;

/**
 * {@code snapshot ORIGIN COW N CHUNK}: what is written goes to the COW device, at its own place
 * there, so that it must be as long as the target. The word {@code memory} as COW keeps it in
 * memory. What the overlay holds is known in memory only, so persistent snapshots ({@code P}) are
 * refused.
 */
final class SnapshotTarget {

  private static final String MEMORY = "memory";

  private SnapshotTarget() {}

  static Recipe read(Parameters from) throws MalformedTableException {
    long bytes = from.bytes();
    Place origin = new Place(from.device("origin"), 0);
    Place overlay = new Place(from.device("COW device"), 0);
    String persistent = from.word("persistent");
    if (!persistent.equals("N")) {
      throw from.wrong("persistent must be N, as no snapshot outlives its device: " + persistent);
    }
    long chunk = from.number("chunk size", 1, Integer.MAX_VALUE);
    if (Long.bitCount(chunk) != 1) {
      throw from.wrong("chunk size is not a power of 2: " + chunk);
    }
    List<String> features = from.options("features");
    if (!features.isEmpty()) {
      throw from.wrong("feature is unknown here: " + features.get(0));
    }
    return lower -> {
      BlockDevice below = origin.window(lower, bytes);
      BlockDevice device =
          overlay.device().equals(MEMORY)
              ? SnapshotDevice.inMemory(below)
              : SnapshotDevice.over(below, overlay.window(lower, bytes), () -> {});
      return () -> device;
    };
  }
}
