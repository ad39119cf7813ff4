package dev.tcplay.mapper;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One mapped device: its two tables, who has it open, and the transfers in flight. Its lock is held
 * for moments only, never while a transfer or a device is waited for.
 *
 * <p>A table that is swapped out is closed by whoever swaps it, or, if transfers are still in it,
 * by the last of them.
 */
final class Mapping {

  private enum State {
    ACTIVE,
    /** New transfers wait, and somebody waits for the old ones, or sends a message. */
    CHANGING,
    SUSPENDED
  }

  final String uuid;
  final int minor;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private State state = State.ACTIVE;

  /** Grows with each change of the state, so that who has begun one sees that it was ended. */
  private long turn;

  private volatile String name;
  private volatile @Nullable LiveTable live;
  private @Nullable LiveTable inactive;
  private int opens;
  private long events;
  private boolean deferred;
  private boolean removed;

  Mapping(String name, String uuid, int minor) {
    this.name = name;
    this.uuid = uuid;
    this.minor = minor;
  }

  String name() {
    return name;
  }

  void rename(String other) {
    name = other;
  }

  /** Returns what a function makes of the state, under the lock. */
  private <T> T look(Function<Mapping, T> function) {
    lock.lock();
    try {
      return function.apply(this);
    } finally {
      lock.unlock();
    }
  }

  DeviceInfo info() {
    return look(
        device -> {
          LiveTable table = device.live;
          return new DeviceInfo(
              name,
              true,
              state != State.ACTIVE,
              table != null,
              inactive != null,
              table != null && table.isReadOnly(),
              opens,
              table == null ? 0 : table.targets(),
              events,
              DeviceMapper.MAJOR,
              minor,
              uuid,
              deferred);
        });
  }

  List<TargetStatus> status() {
    return look(device -> device.live == null ? List.of() : device.live.status());
  }

  Optional<Table> table(boolean ofInactive) {
    return look(
        device ->
            Optional.ofNullable(ofInactive ? device.inactive : device.live).map(LiveTable::table));
  }

  List<String> dependencies() {
    return look(device -> device.live == null ? List.of() : device.live.dependencies());
  }

  long size() {
    LiveTable table = live;
    return table == null ? 0 : table.size();
  }

  // Transfers.

  /** Waits until the device is not suspended; an interrupt does not end that, and is kept. */
  @Nullable LiveTable enter() {
    lock.lock();
    try {
      while (state != State.ACTIVE) {
        changed.awaitUninterruptibly();
      }
      LiveTable table = live;
      if (table != null) {
        table.users++;
      }
      return table;
    } finally {
      lock.unlock();
    }
  }

  /** Ends what {@link #enter} began. */
  void leave(@Nullable LiveTable table) {
    if (table != null && left(table)) {
      try {
        table.close();
      } catch (IOException e) {
        // It was swapped out by force; whoever did that has not waited for this.
      }
    }
  }

  /** Returns whether the caller was the last one in a table that is to be closed. */
  private boolean left(LiveTable table) {
    lock.lock();
    try {
      table.users--;
      if (table.users == 0) {
        changed.signalAll();
      }
      return table.users == 0 && table.retired;
    } finally {
      lock.unlock();
    }
  }

  // Handles.

  /** Opens the device for somebody who may write it unless its table is read-only. */
  BlockDevice open(boolean readOnly, Handle.Use use) throws NoSuchFileException {
    lock.lock();
    try {
      checkThere();
      LiveTable table = live;
      opens++;
      return new Handle(this, readOnly || (table != null && table.isReadOnly()), use);
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether the device is to be removed, now that one less has it open. */
  boolean closed() {
    return look(
        device -> {
          opens--;
          return opens == 0 && deferred;
        });
  }

  void setDeferred(boolean wanted) {
    look(device -> device.deferred = wanted);
  }

  private void checkThere() throws NoSuchFileException {
    if (removed) {
      throw new NoSuchFileException(name, null, "there is no such mapped device any more");
    }
  }

  // Tables.

  /** Takes a table over as the inactive one, in the place of the one before. */
  void load(@Nullable LiveTable table) throws IOException {
    @Nullable LiveTable before = table;
    lock.lock();
    try {
      checkThere();
      before = inactive;
      inactive = table;
    } finally {
      lock.unlock();
      close(before);
    }
  }

  private static void close(@Nullable LiveTable table) throws IOException {
    if (table != null) {
      table.close();
    }
  }

  private void begin() {
    state = State.CHANGING;
    turn++;
  }

  private void end(State next) {
    state = next;
    turn++;
    changed.signalAll();
  }

  @SuppressWarnings("WaitNotInLoop") // All callers loop.
  private void await() throws InterruptedIOException {
    try {
      changed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(name + ": interrupted while its transfers were waited for");
    }
  }

  private void awaitChange() throws IOException {
    while (state == State.CHANGING) {
      await();
    }
    checkThere();
  }

  /**
   * Has new transfers wait, waits for those in flight, and flushes. Does nothing if the device is
   * suspended; an interrupt or a failure undoes it.
   */
  void suspend(boolean flush) throws IOException {
    lock.lock();
    try {
      awaitChange();
      if (state == State.SUSPENDED) {
        return;
      }
      begin();
      long mine = turn;
      boolean done = false;
      try {
        drain(mine);
        LiveTable table = live;
        if (flush && table != null) {
          outside(table, LiveTable::flush);
        }
        done = true;
      } finally {
        if (turn == mine) {
          end(done ? State.SUSPENDED : State.ACTIVE);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void drain(long mine) throws IOException {
    LiveTable table = live;
    while (table != null && table.users > 0 && turn == mine) {
      await();
    }
    if (turn != mine) {
      throw new IOException(name + ": was removed by force meanwhile");
    }
  }

  /** Something done with a table. */
  @FunctionalInterface
  private interface Work {
    void on(LiveTable table) throws IOException;
  }

  /** Does something with a table while it cannot be closed, and the lock is not held. */
  private void outside(LiveTable table, Work work) throws IOException {
    table.users++;
    lock.unlock();
    try {
      work.on(table);
    } finally {
      leave(table);
      lock.lock();
    }
  }

  /**
   * Swaps the inactive table in, if there is one, after a suspend if need be, and lets transfers go
   * on.
   */
  void resume() throws IOException {
    LiveTable old;
    lock.lock();
    try {
      awaitChange();
      checkCanResume();
      boolean suspendedHere = false;
      while (inactive != null && state == State.ACTIVE) {
        lock.unlock();
        try {
          suspend(true);
          suspendedHere = true;
        } finally {
          lock.lock();
        }
        awaitChange();
      }
      try {
        // Another table or another handle may have come meanwhile.
        checkCanResume();
      } catch (IOException e) {
        if (suspendedHere) {
          end(State.ACTIVE);
        }
        throw e;
      }
      old = swap();
      end(State.ACTIVE);
    } finally {
      lock.unlock();
    }
    close(old);
  }

  private void checkCanResume() throws IOException {
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

  /**
   * Puts the inactive table in the place of the live one, and returns that if it is to be closed.
   */
  private @Nullable LiveTable swap() {
    LiveTable next = inactive;
    if (next == null) {
      return null;
    }
    LiveTable old = live;
    live = next;
    inactive = null;
    events++;
    return retired(old);
  }

  /** Returns a table if it is to be closed by the caller. */
  private static @Nullable LiveTable retired(@Nullable LiveTable table) {
    if (table != null) {
      table.retired = true;
      return table.users == 0 ? table : null;
    }
    return null;
  }

  /** Has all transfers fail from now on, and waits for nobody. */
  void fail() throws IOException {
    LiveTable spare;
    LiveTable old;
    lock.lock();
    try {
      spare = inactive;
      inactive = null;
      old = null;
      LiveTable now = live;
      if (now != null) {
        inactive = new LiveTable(errors(now), false, new Nothing());
        old = swap();
      }
      end(State.ACTIVE);
    } finally {
      lock.unlock();
    }
    try {
      close(spare);
    } finally {
      close(old);
    }
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

  void message(long sector, byte[] text) throws IOException {
    lock.lock();
    try {
      awaitChange();
      LiveTable table = live;
      if (table == null) {
        throw new IOException(name + ": has no table that takes messages");
      }
      Words words = new Words(text, 0, text.length);
      if (state == State.ACTIVE) {
        outside(table, target -> target.message(sector, words, false));
        return;
      }
      begin();
      long mine = turn;
      try {
        outside(table, target -> target.message(sector, words, true));
      } finally {
        if (turn == mine) {
          end(State.SUSPENDED);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** The tables of a device that is no more, to be closed where no lock is held. */
  record Remains(@Nullable LiveTable live, @Nullable LiveTable inactive) {

    void close() throws IOException {
      try {
        Mapping.close(inactive);
      } finally {
        Mapping.close(live);
      }
    }
  }

  /** Ends the device unless somebody has it open; empty if so. */
  Optional<Remains> remove() {
    return look(
        device -> {
          if (opens > 0 || removed) {
            return Optional.empty();
          }
          removed = true;
          Remains remains = new Remains(retired(live), inactive);
          live = null;
          inactive = null;
          end(State.ACTIVE);
          return Optional.of(remains);
        });
  }
}
