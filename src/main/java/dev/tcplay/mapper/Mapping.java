package dev.tcplay.mapper;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.mapper.TablePair.Remains;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One mapped device: its tables, who has it open, and the transfers in flight. Tables are made and
 * closed where its lock is not held.
 */
final class Mapping {

  final String uuid;
  final int minor;

  private final TablePair tables = new TablePair();
  private final Traffic traffic = new Traffic(this::name);

  private volatile String name;
  private int opens;
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

  DeviceInfo info() {
    return traffic.look(
        () -> {
          LiveTable table = tables.live();
          return new DeviceInfo(
              name,
              true,
              !traffic.isActive(),
              table != null,
              tables.inactive() != null,
              table != null && table.isReadOnly(),
              opens,
              table == null ? 0 : table.targets(),
              tables.swaps(),
              DeviceMapper.MAJOR,
              minor,
              uuid,
              deferred);
        });
  }

  private Optional<LiveTable> live() {
    return Optional.ofNullable(tables.live());
  }

  /** Counts without the lock, which transfers take, and anew if the table was swapped meanwhile. */
  List<TargetStatus> status() {
    LiveTable table;
    List<TargetStatus> status;
    do {
      table = tables.live();
      status = table == null ? List.of() : table.status();
    } while (table != tables.live());
    return status;
  }

  Optional<Table> table() {
    return traffic.look(() -> live().map(LiveTable::table));
  }

  Optional<Table> inactiveTable() {
    return traffic.look(() -> Optional.ofNullable(tables.inactive()).map(LiveTable::table));
  }

  List<String> dependencies() {
    return traffic.look(() -> live().map(LiveTable::dependencies).orElse(List.of()));
  }

  long size() {
    return live().map(LiveTable::size).orElse(0L);
  }

  /** Begins a transfer, as {@link Traffic#enter} does. */
  @Nullable LiveTable enter() {
    return traffic.enter(tables::live);
  }

  /** Ends what {@link #enter} began. */
  void leave(@Nullable LiveTable table) {
    traffic.leave(table);
  }

  /** Opens the device for somebody who may write it unless its table is read-only. */
  BlockDevice open(boolean readOnly, Handle.Use use) throws NoSuchFileException {
    traffic.lock();
    try {
      checkThere();
      LiveTable table = tables.live();
      opens++;
      return new Handle(this, readOnly || (table != null && table.isReadOnly()), use);
    } finally {
      traffic.unlock();
    }
  }

  /** Returns whether the device is to be removed, now that one less has it open. */
  boolean closed() {
    return traffic.look(
        () -> {
          opens--;
          return opens == 0 && deferred;
        });
  }

  void setDeferred(boolean wanted) {
    traffic.look(() -> deferred = wanted);
  }

  private void checkThere() throws NoSuchFileException {
    if (removed) {
      throw new NoSuchFileException(name, null, "there is no such mapped device any more");
    }
  }

  /** Takes a table over as the inactive one, in the place of the one before. */
  void load(@Nullable LiveTable table) throws IOException {
    @Nullable LiveTable unused = table;
    traffic.lock();
    try {
      checkThere();
      unused = tables.load(table);
    } finally {
      traffic.unlock();
      TablePair.close(unused);
    }
  }

  private void awaitChange() throws IOException {
    traffic.awaitChange();
    checkThere();
  }

  /**
   * Has new transfers wait, waits for those in flight, and flushes if asked to. Does nothing if the
   * device is suspended; an interrupt or a failure undoes it.
   */
  void suspend(boolean flush) throws IOException {
    traffic.lock();
    try {
      awaitChange();
      if (!traffic.isSuspended()) {
        traffic.stop(tables.live(), flush);
        traffic.suspend();
      }
    } finally {
      traffic.unlock();
    }
  }

  /**
   * Puts the inactive table to work, if there is one, once the transfers in flight have ended, and
   * lets transfers pass. If that cannot be, all stays as it was.
   */
  void resume() throws IOException {
    LiveTable old;
    traffic.lock();
    try {
      awaitChange();
      tables.checkNext(name, opens);
      if (tables.inactive() == null || traffic.isSuspended()) {
        old = tables.swap();
      } else {
        old = stopAndSwap();
      }
      traffic.go();
    } finally {
      traffic.unlock();
    }
    TablePair.close(old);
  }

  private @Nullable LiveTable stopAndSwap() throws IOException {
    traffic.stop(tables.live(), true);
    try {
      // Another table or another handle may have come meanwhile.
      tables.checkNext(name, opens);
      return tables.swap();
    } catch (IOException e) {
      traffic.go();
      throw e;
    }
  }

  /** Has all transfers fail from now on, and waits for nobody. */
  void fail() throws IOException {
    Remains remains;
    traffic.lock();
    try {
      remains = tables.fail();
      traffic.go();
    } finally {
      traffic.unlock();
    }
    remains.close();
  }

  void message(long sector, byte[] text) throws IOException {
    Words words = new Words(text, 0, text.length);
    traffic.lock();
    try {
      awaitChange();
      LiveTable table = tables.live();
      if (table == null) {
        throw new IOException(name + ": has no table that takes messages");
      } else if (traffic.isSuspended()) {
        traffic.alone(table, target -> target.message(sector, words, true));
      } else {
        traffic.beside(table, target -> target.message(sector, words, false));
      }
    } finally {
      traffic.unlock();
    }
  }

  /** Ends the device unless somebody has it open; empty if so. */
  Optional<Remains> remove() {
    return traffic.look(
        () -> {
          if (opens > 0 || removed) {
            return Optional.empty();
          }
          removed = true;
          traffic.go();
          return Optional.of(tables.end());
        });
  }
}
