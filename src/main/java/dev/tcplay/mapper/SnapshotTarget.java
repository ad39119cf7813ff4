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
 * refused. The status is as Linux has it: sectors in use, all sectors of the COW device, and those
 * of what describes it, 0.
 */
final class SnapshotTarget implements Target {

  private static final String MEMORY = "memory";

  private final SnapshotDevice device;
  private final long room;
  private final long chunk;

  /**
   * Makes the target.
   *
   * @param room bytes of the COW device
   * @param chunk sectors in which the status counts
   */
  private SnapshotTarget(SnapshotDevice device, long room, long chunk) {
    this.device = device;
    this.room = room;
    this.chunk = chunk;
  }

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
      if (overlay.device().equals(MEMORY)) {
        return new SnapshotTarget(SnapshotDevice.inMemory(below), bytes, chunk);
      }
      BlockDevice above = lower.open(overlay.device());
      long room = above.size();
      return new SnapshotTarget(
          SnapshotDevice.over(below, overlay.on(above, bytes), () -> {}), room, chunk);
    };
  }

  @Override
  public BlockDevice device() {
    return device;
  }

  @Override
  public String status() {
    long allocated = device.copiedBytes(chunk * TargetType.SECTOR) / TargetType.SECTOR;
    return "%d/%d 0".formatted(allocated, room / TargetType.SECTOR);
  }
}
