package dev.tcplay.mapper;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The devices by their names, and which of them stands on which. Its lock is held for moments only;
 * a device's own lock is taken under it, never the other way round.
 */
final class Registry {

  private static final String FOLDER = "/dev/mapper/";

  private final Hosts hosts;
  private final Map<String, Mapping> devices = new HashMap<>();

  /** The devices that a device stands on, as often as it has them open. */
  private final Map<Mapping, List<Mapping>> lower = new HashMap<>();

  Registry(Hosts hosts) {
    this.hosts = hosts;
  }

  synchronized Mapping add(String name, String uuid, OptionalInt minor)
      throws FileAlreadyExistsException {
    checkFree(name);
    Set<Integer> minors = new java.util.HashSet<>();
    for (Mapping device : devices.values()) {
      if (!uuid.isEmpty() && device.uuid.equals(uuid)) {
        throw new FileAlreadyExistsException(name, device.name(), "has the uuid " + uuid);
      }
      minors.add(device.minor);
    }
    int number = minor.orElse(0);
    while (minor.isEmpty() && minors.contains(number)) {
      number++;
    }
    if (minors.contains(number)) {
      throw new FileAlreadyExistsException(name, null, "there is a device of minor " + number);
    }
    Mapping device = new Mapping(name, uuid, number);
    devices.put(name, device);
    return device;
  }

  private void checkFree(String name) throws FileAlreadyExistsException {
    if (devices.containsKey(name)) {
      throw new FileAlreadyExistsException(name, null, "there is a mapped device of that name");
    }
  }

  synchronized void rename(String name, String newName) throws IOException {
    DeviceTable.checkName(newName);
    Mapping device = get(name);
    checkFree(newName);
    devices.remove(name);
    device.rename(newName);
    devices.put(newName, device);
  }

  synchronized Optional<Mapping> find(String name) {
    return Optional.ofNullable(devices.get(name));
  }

  Mapping get(String name) throws NoSuchFileException {
    return find(name)
        .orElseThrow(() -> new NoSuchFileException(name, null, "there is no such mapped device"));
  }

  synchronized List<Mapping> all() {
    return List.copyOf(devices.values());
  }

  /** Returns all devices, each before those that it stands on. */
  synchronized List<Mapping> upperFirst() {
    Set<Mapping> lowerFirst = new LinkedHashSet<>();
    devices.values().forEach(device -> addAfterLower(device, lowerFirst));
    List<Mapping> result = new ArrayList<>(lowerFirst);
    java.util.Collections.reverse(result);
    return result;
  }

  private void addAfterLower(Mapping device, Set<Mapping> result) {
    if (!result.contains(device)) {
      lower.getOrDefault(device, List.of()).forEach(below -> addAfterLower(below, result));
      result.add(device);
    }
  }

  BlockDevice open(String name, boolean readOnly) throws NoSuchFileException {
    Mapping device = get(name);
    return device.open(
        readOnly,
        new Handle.Use() {
          @Override
          public boolean flushes() {
            return true;
          }

          @Override
          public void closed() throws IOException {
            closeOne(device);
          }
        });
  }

  private void closeOne(Mapping device) throws IOException {
    if (device.closed()) {
      removeUnused(device);
    }
  }

  /** Returns whether the device is removed now, as nobody has it open. */
  boolean removeUnused(Mapping device) throws IOException {
    Optional<TablePair.Remains> remains = endUnused(device);
    if (remains.isPresent()) {
      remains.get().close();
    }
    return remains.isPresent();
  }

  /** Removes a device unless somebody has it open; returns what the caller is to close. */
  synchronized Optional<TablePair.Remains> endUnused(Mapping device) {
    Optional<TablePair.Remains> remains = device.remove();
    if (remains.isPresent()) {
      devices.remove(device.name());
    }
    return remains;
  }

  /** Removes a device that failed, at the latest when those who have it open close it. */
  void giveUp(Mapping device, Throwable failure) {
    device.setDeferred(true);
    try {
      removeUnused(device);
    } catch (IOException | RuntimeException | Error e) {
      if (failure != e) {
        failure.addSuppressed(e);
      }
    }
  }

  /** Makes the targets of a table for a device. */
  LiveTable build(Mapping device, Table table, boolean readOnly) throws IOException {
    return new LiveTable(table, readOnly, new BelowOne(device, readOnly));
  }

  private synchronized @Nullable Mapping mapped(String word) {
    if (word.startsWith(FOLDER)) {
      return devices.get(word.substring(FOLDER.length()));
    }
    return devices.values().stream()
        .filter(device -> word.equals(DeviceMapper.MAJOR + ":" + device.minor))
        .findFirst()
        .orElse(null);
  }

  private boolean standsOn(Mapping device, Mapping other) {
    Set<Mapping> below = new LinkedHashSet<>();
    addAfterLower(device, below);
    return below.contains(other);
  }

  /** Opens one device for another one, if it does not stand on that. */
  private synchronized BlockDevice openFor(Mapping upper, Mapping below, boolean readOnly)
      throws IOException {
    if (standsOn(below, upper)) {
      throw new IOException(
          "device %s would stand on itself, by %s".formatted(upper.name(), below.name()));
    }
    BlockDevice handle =
        below.open(
            readOnly,
            new Handle.Use() {
              @Override
              public boolean flushes() {
                return false;
              }

              @Override
              public void closed() throws IOException {
                forget(upper, below);
                closeOne(below);
              }
            });
    lower.computeIfAbsent(upper, absent -> new ArrayList<>()).add(below);
    return handle;
  }

  private synchronized void forget(Mapping upper, Mapping below) {
    lower.computeIfPresent(
        upper,
        (key, all) -> {
          all.remove(below);
          return all.isEmpty() ? null : all;
        });
  }

  /** What one table stands on. */
  private final class BelowOne implements Below {

    private final Mapping upper;
    private final boolean readOnly;
    private final Map<String, Mapping> mapped = new ConcurrentHashMap<>();

    BelowOne(Mapping upper, boolean readOnly) {
      this.upper = upper;
      this.readOnly = readOnly;
    }

    @Override
    public BlockDevice open(String name) throws IOException {
      Mapping below = mapped(name);
      if (below == null) {
        return hosts.open(name, readOnly);
      }
      mapped.put(name, below);
      return openFor(upper, below, readOnly);
    }

    @Override
    public String currentName(String name) {
      Mapping below = mapped.get(name);
      return below == null ? name : FOLDER + below.name();
    }
  }
}
