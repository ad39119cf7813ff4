package dev.tcplay.mapper;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.WriteBatch;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The targets of one table at work, and the devices that they stand on. Transfers come from any
 * number of threads at once; who closes it answers for there being none.
 */
final class LiveTable implements BlockDevice {

  /** Moves some bytes of one target. */
  @FunctionalInterface
  private interface Move {
    void on(BlockDevice device, long position, long done, long length) throws IOException;
  }

  /** Parts by their first byte. */
  private final TreeMap<Long, Part> parts = new TreeMap<>();

  private final Map<String, BlockDevice> opened = new ConcurrentHashMap<>();
  private final Below below;
  private final boolean readOnly;
  private final long size;

  /** Transfers in flight; guarded by the device whose table it is. */
  int users;

  /** Whether the last of them closes it; guarded likewise. */
  boolean retired;

  /**
   * Makes the targets of a table, of which it takes copies.
   *
   * @throws IOException if a device cannot be opened, or is too small; nothing stays open then
   */
  LiveTable(Table table, boolean readOnly, Below below) throws IOException {
    this.below = below;
    this.readOnly = readOnly;
    this.size = table.sectors() * TargetType.SECTOR;
    try {
      for (TableLine line : table.lines()) {
        parts.put(line.start() * TargetType.SECTOR, Part.of(line, this::open));
      }
    } catch (IOException | RuntimeException | Error e) {
      try (this) {
        throw e;
      }
    }
  }

  private BlockDevice open(String name) throws IOException {
    BlockDevice known = opened.get(name);
    if (known == null) {
      known = below.open(name);
      opened.put(name, known);
    }
    return new SharedWithin(known);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean isReadOnly() {
    return readOnly;
  }

  @Override
  public int sectorSize() {
    return TargetType.SECTOR;
  }

  int targets() {
    return parts.size();
  }

  /** Returns the names of the devices below, as they are known now, each once. */
  List<String> dependencies() {
    return opened.keySet().stream().map(below::currentName).distinct().sorted().toList();
  }

  /** Returns a copy of the table, with the names by which devices are known now. */
  Table table() {
    List<TableLine> lines = new ArrayList<>();
    for (Part part : parts.values()) {
      lines.add(part.line(below::currentName));
    }
    try {
      return Table.of(lines);
    } catch (MalformedTableException e) {
      throw new AssertionError("a table at work", e);
    }
  }

  List<TargetStatus> status() {
    return parts.values().stream().map(Part::status).toList();
  }

  void checkReady() throws IOException {
    for (Part part : parts.values()) {
      part.target().checkReady();
    }
  }

  void message(long sector, Words message, boolean suspended) throws IOException {
    Map.Entry<Long, Part> entry =
        sector >= size / TargetType.SECTOR ? null : parts.floorEntry(sector * TargetType.SECTOR);
    if (entry == null) {
      throw new IOException("no target at sector " + sector);
    }
    entry.getValue().message(message, suspended);
  }

  private void split(long position, long length, Move move) throws IOException {
    if (length > size - position) {
      throw new EOFException(
          length + " bytes at " + position + " are not inside a table of " + size + " bytes");
    }
    long n;
    for (long done = 0; done < length; done += n) {
      Map.Entry<Long, Part> part = parts.floorEntry(position + done);
      BlockDevice device = part.getValue().target().device();
      long inside = position + done - part.getKey();
      long there = part.getValue().sectors() * TargetType.SECTOR;
      n = Math.min(there - inside, length - done);
      move.on(device, inside, done, n);
    }
  }

  @Override
  public void read(long position, byte[] target, int offset, int length) throws IOException {
    split(
        position,
        length,
        (device, at, done, n) -> device.read(at, target, offset + (int) done, (int) n));
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) throws IOException {
    split(
        position,
        length,
        (device, at, done, n) -> device.write(at, source, offset + (int) done, (int) n));
  }

  /** Hands a batch down as one, if there is one target; else its groups in their order. */
  @Override
  public void submit(WriteBatch batch) throws IOException {
    if (parts.size() == 1) {
      parts.firstEntry().getValue().target().device().submit(batch);
    } else {
      BlockDevice.super.submit(batch);
    }
  }

  @Override
  public void flush() throws IOException {
    for (Part part : parts.values()) {
      part.target().device().flush();
    }
  }

  @Override
  public void discard(long position, long length) throws IOException {
    split(position, length, (device, at, done, n) -> device.discard(at, n));
  }

  /** Closes targets and devices, and wipes keys, whichever of them fails. */
  @Override
  public void close() throws IOException {
    FirstFailure failure = new FirstFailure();
    parts.values().forEach(Part::wipe);
    for (Part part : parts.values()) {
      failure.keep(part.target().device());
    }
    for (BlockDevice device : opened.values()) {
      failure.keep(device);
    }
    failure.rethrow();
  }
}
