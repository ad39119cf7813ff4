package dev.tcplay.mapper;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Named devices that are mapped onto others by tables, in this process: libdm without a kernel. Its
 * words are those of libdm and dmsetup: a device has a table at work, the live one, and may have
 * one that waits, the inactive one, which {@link #resume} swaps in.
 *
 * <pre>{@code
 * try (DeviceMapper mapper = new DeviceMapper(); Table table = Table.parse(text)) {
 *   mapper.create("volume", table);
 *   try (BlockDevice device = mapper.open("volume")) {
 *     device.read(0, sector, 0, 512);
 *   }
 * }
 * }</pre>
 *
 * <p>In tables {@code /dev/mapper/NAME} and {@code 254:MINOR} are devices of the same mapper, if
 * there are such; other names are for the {@link DeviceOpener}. A device that another one stands on
 * is open, so that it cannot be removed.
 *
 * <p>Safe for any number of threads. No device waits for another one that it does not stand on:
 * nothing that all share is locked while a transfer or a device of the host is waited for. What
 * waits, waits for one device: {@link #suspend} and {@link #resume} for transfers in flight, until
 * an interrupt, which undoes them; transfers for a suspended device, and no interrupt ends that, as
 * with all devices here: {@link #resume} does, or {@link #remove} by {@link Removal#FORCE}.
 *
 * <p>Methods that take the name of a device throw {@link java.nio.file.NoSuchFileException} if
 * there is none, unless they say otherwise.
 */
public final class DeviceMapper implements AutoCloseable {

  /** The major number of all mapped devices. */
  public static final int MAJOR = 254;

  private final Registry registry;

  /** Makes a mapper for which other names are files and block devices of the host, locked. */
  public DeviceMapper() {
    this(Hosts::openFile);
  }

  /** Makes a mapper that has its other devices opened by somebody. */
  public DeviceMapper(DeviceOpener others) {
    registry = new Registry(new Hosts(others));
  }

  /** Creates a writable device, as {@link #create(DeviceTable)}. */
  public void create(String name, Table table) throws IOException {
    create(new DeviceTable(name, table));
  }

  /**
   * Creates a device with a table at work. The table is copied; its owner closes it.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the name, the uuid or the number is taken
   * @throws IOException if a target cannot be made; there is no device then
   */
  public void create(DeviceTable device) throws IOException {
    Mapping created = registry.add(device.name(), device.uuid(), device.minor());
    try {
      if (!device.table().lines().isEmpty()) {
        created.load(registry.build(created, device.table(), device.readOnly()));
        created.resume();
      }
    } catch (IOException | RuntimeException | Error e) {
      registry.giveUp(created, e);
      throw e;
    }
  }

  /**
   * Loads an inactive table, in the place of one that may be there. It is copied.
   *
   * @param readOnly whether writes are refused once it is at work
   * @throws IOException if a target cannot be made, or the device would stand on itself; nothing is
   *     changed then
   */
  public void load(String name, Table table, boolean readOnly) throws IOException {
    if (table.lines().isEmpty()) {
      throw new MalformedTableException("the table has no targets");
    }
    Mapping device = registry.get(name);
    device.load(registry.build(device, table, readOnly));
  }

  /** Forgets the inactive table, if there is one. */
  public void clear(String name) throws IOException {
    registry.get(name).load(null);
  }

  /**
   * Suspends a device: new transfers wait, those in flight are waited for, and what stands below is
   * flushed. Does nothing if it is suspended. Who maps devices onto each other suspends the upper
   * ones first: an upper transfer that waits for a lower device is in flight.
   *
   * @throws java.io.InterruptedIOException if the thread is interrupted; the device goes on
   * @throws IOException if flushing fails; the device goes on
   */
  public void suspend(String name) throws IOException {
    registry.get(name).suspend(true);
  }

  /** Suspends a device as {@link #suspend(String)} does, without a flush. */
  public void suspendWithoutFlush(String name) throws IOException {
    registry.get(name).suspend(false);
  }

  /**
   * Swaps the inactive table in, if there is one, and lets transfers go on. A device that is not
   * suspended is, for the swap.
   *
   * @throws DeviceBusyException if the new table has another length, and somebody has the device
   *     open
   * @throws java.io.InterruptedIOException if the thread is interrupted; nothing is changed
   * @throws IOException if there is no table, flushing fails, or a key is missing; nothing is
   *     changed. Or if what the old table stood on cannot be closed; the new one is at work then
   */
  public void resume(String name) throws IOException {
    registry.get(name).resume();
  }

  /**
   * Gives a device another name, under which devices that stand on it go on.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the new name is taken
   */
  public void rename(String name, String newName) throws IOException {
    registry.rename(name, newName);
  }

  /** Returns the facts of a device; if there is none, they say so. */
  public DeviceInfo info(String name) {
    return registry.find(name).map(Mapping::info).orElseGet(() -> DeviceInfo.none(name));
  }

  /** Returns what the targets at work say; nothing if there is no device. */
  public List<TargetStatus> status(String name) {
    return registry.find(name).map(Mapping::status).orElse(List.of());
  }

  /**
   * Returns a copy of the table at work, with its keys, which the caller closes; empty if there is
   * none. Devices of the mapper are in it by the names that they have now.
   */
  public Optional<Table> table(String name) throws IOException {
    return registry.get(name).table();
  }

  /** Returns a copy of the inactive table, as {@link #table} does. */
  public Optional<Table> inactiveTable(String name) throws IOException {
    return registry.get(name).inactiveTable();
  }

  /** Returns the names of the devices that the table at work stands on, in their order. */
  public List<String> dependencies(String name) throws IOException {
    return registry.get(name).dependencies();
  }

  /** Returns the names of all devices, in their order. */
  public List<String> list() {
    return registry.all().stream().map(Mapping::name).sorted().toList();
  }

  /** Returns the types of targets that there are, in the order of their names. */
  public static List<TargetVersion> versions() {
    return TargetType.all().stream()
        .map(type -> new TargetVersion(type.name(), type.version()))
        .toList();
  }

  /**
   * Sends a message to a target: to {@code crypt} {@code key wipe} or {@code key set KEY}, while
   * the device is suspended, to {@code log-writes} {@code mark WORD}; and to the device itself
   * {@code @cancel_deferred_remove}.
   *
   * @param sector one of the target, of 512 bytes
   * @param message in UTF-8, a backslash before blanks inside a word; the caller wipes it
   * @throws IOException if there is no such target, or it does not know the message
   */
  public void message(String name, long sector, byte[] message) throws IOException {
    Mapping device = registry.get(name);
    Words words = new Words(message, 0, message.length);
    if (words.next().equals("@cancel_deferred_remove")) {
      words.end("@cancel_deferred_remove");
      device.setDeferred(false);
    } else {
      device.message(sector, message);
    }
  }

  /** Opens a device to read and write it, as {@link #open(String, boolean)}. */
  public BlockDevice open(String name) throws IOException {
    return open(name, false);
  }

  /**
   * Opens a device, which cannot be removed before the result is closed; any number may be open at
   * once. Its size is that of the table at work. Closing flushes what was written by it.
   *
   * @param readOnly whether writes are refused; they are in any case where the table refuses them
   */
  public BlockDevice open(String name, boolean readOnly) throws IOException {
    return registry.open(name, readOnly);
  }

  /**
   * Removes a device, closes what it stands on and wipes its keys.
   *
   * @throws DeviceBusyException if somebody has it open, unless {@link Removal#DEFERRED} is asked
   *     for. By {@link Removal#FORCE} its transfers fail from then on
   * @throws IOException if what it stands on cannot be closed; it is removed all the same
   */
  public void remove(String name, Removal... how) throws IOException {
    Set<Removal> wanted = Set.of(how);
    Mapping device = registry.get(name);
    if (wanted.contains(Removal.FORCE)) {
      device.fail();
    }
    if (wanted.contains(Removal.DEFERRED)) {
      device.setDeferred(true);
    }
    if (!registry.removeUnused(device) && !wanted.contains(Removal.DEFERRED)) {
      throw new DeviceBusyException(name, "is open, by somebody or by a device that stands on it");
    }
  }

  /**
   * Removes all devices that nobody has open, those that stand on others first.
   *
   * @param how for the rest, as in {@link #remove}
   * @return the names of the devices that are left, in their order
   * @throws IOException if what one stands on cannot be closed; the others are removed all the same
   */
  public List<String> removeAll(Removal... how) throws IOException {
    new RemovalOfAll(registry).run(Set.of(how));
    return list();
  }

  /** Removes all devices by force, at the latest when those who have them open close them. */
  @Override
  public void close() throws IOException {
    removeAll(Removal.FORCE, Removal.DEFERRED);
  }
}
