package dev.tcplay.mapper;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The two tables of a device: the one at work, which anybody may look at, and the inactive one. All
 * changes are made under the lock of the device's {@link Traffic}; nothing is closed there.
 */
final class TablePair {

  private volatile @Nullable LiveTable live;
  private @Nullable LiveTable inactive;
  private long swaps;

  @Nullable LiveTable live() {
    return live;
  }

  @Nullable LiveTable inactive() {
    return inactive;
  }

  /** Returns how many tables were put to work. */
  long swaps() {
    return swaps;
  }

  /** Throws if the next resume has no table that can be at work. */
  void checkNext(String name, int opens) throws IOException {
    LiveTable now = live;
    LiveTable next = inactive == null ? now : inactive;
    if (next == null) {
      throw new IOException(name + ": has no table to resume with");
    }
    next.checkReady();
    if (now != null && now.size() != next.size() && opens > 0) {
      throw new DeviceBusyException(
          name,
          "is open %d times, and its new table has %d bytes in the place of %d: the size changes only while nobody has it open"
              .formatted(opens, next.size(), now.size()));
    }
  }

  /** Returns the inactive table that a new one, or none, takes the place of. */
  @Nullable LiveTable load(@Nullable LiveTable table) {
    LiveTable before = inactive;
    inactive = table;
    return before;
  }

  /**
   * Puts the inactive table to work, if there is one; returns the one before if the caller is to
   * close it.
   */
  @Nullable LiveTable swap() {
    LiveTable next = inactive;
    if (next == null) {
      return null;
    }
    inactive = null;
    return putToWork(next);
  }

  private @Nullable LiveTable putToWork(LiveTable next) {
    LiveTable before = live;
    live = next;
    swaps++;
    return retired(before);
  }

  /** Returns a table if the caller is to close it; if not, the last transfer in it does. */
  private static @Nullable LiveTable retired(@Nullable LiveTable table) {
    if (table != null) {
      table.retired = true;
      return table.users == 0 ? table : null;
    }
    return null;
  }

  /** Puts a table to work all of whose transfers fail. */
  Remains fail() throws IOException {
    LiveTable now = live;
    LiveTable failing = now == null ? null : new LiveTable(errors(now), false, new Nothing());
    return new Remains(failing == null ? null : putToWork(failing), load(null));
  }

  private static Table errors(LiveTable like) throws MalformedTableException {
    long sectors = like.size() / TargetType.SECTOR;
    return Table.of(List.of(TableLine.of(0, sectors, "error", List.of())));
  }

  /** What a table of errors stands on. */
  private static final class Nothing implements Below {

    @Override
    public BlockDevice open(String name) throws IOException {
      throw new NoSuchFileException(name);
    }

    @Override
    public String currentName(String name) {
      return name;
    }
  }

  /** Leaves no table. */
  Remains end() {
    LiveTable before = live;
    live = null;
    return new Remains(retired(before), load(null));
  }

  /** Tables out of use, to be closed where no lock is held. */
  record Remains(@Nullable LiveTable live, @Nullable LiveTable inactive) {

    void close() throws IOException {
      try {
        TablePair.close(inactive);
      } finally {
        TablePair.close(live);
      }
    }
  }

  static void close(@Nullable LiveTable table) throws IOException {
    if (table != null) {
      table.close();
    }
  }
}
