package example.tablefs;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.fs.CorruptFileSystemException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** What is known of a volume, all of it under one lock, and the way to change it. */
final class Table {

  private static final int CHUNK_SLOTS = 128;

  final BlockDevice device;
  final Layout layout;
  final ReadWriteLock lock = new ReentrantReadWriteLock();
  final Map<Long, Entry> byId = new LinkedHashMap<>();
  final Map<String, Entry> byName = new HashMap<>();
  final Set<Entry> deleted = new LinkedHashSet<>();
  final Space space;
  final List<String> warnings = new ArrayList<>();

  /** Names that files had until a move that may not be on the host's storage yet. */
  private final Set<String> leaving = ConcurrentHashMap.newKeySet();

  private final boolean readOnly;
  private long lastId;
  private long lastGeneration;

  /** Once a batch failed, memory and storage may differ: nothing is written any more. */
  private volatile Throwable failure;

  private Table(BlockDevice device, Layout layout, boolean readOnly) {
    this.device = device;
    this.layout = layout;
    this.readOnly = readOnly;
    this.space = new Space(layout, byName.values(), deleted);
  }

  /** Reads a table, and ends what a crash left half done in it, unless it is to be left alone. */
  static Table read(BlockDevice device, boolean readOnly) throws IOException {
    Table table = new Table(device, Layout.read(device), readOnly);
    List<Integer> outdated = table.readSlots();
    if (!table.isReadOnly() && !outdated.isEmpty()) {
      WriteBatch batch = new WriteBatch();
      outdated.forEach(number -> table.clear(batch, number));
      table.submit(batch);
    }
    return table;
  }

  /** Reads the slots, and returns those whose name counts in another one. */
  private List<Integer> readSlots() throws IOException {
    List<Integer> outdated = new ArrayList<>();
    byte[] chunk = new byte[CHUNK_SLOTS * Layout.SECTOR];
    for (int number = 0; number < layout.slots(); number++) {
      int inChunk = number % CHUNK_SLOTS;
      if (inChunk == 0) {
        int count = Math.min(CHUNK_SLOTS, layout.slots() - number);
        device.read(layout.position(number), chunk, 0, count * Layout.SECTOR);
      }
      if (chunk[inChunk * Layout.SECTOR] != 0) {
        byte[] sector = new byte[Layout.SECTOR];
        System.arraycopy(chunk, inChunk * Layout.SECTOR, sector, 0, sector.length);
        readSlot(number, sector, outdated);
      }
    }
    if (warnings.isEmpty() && space.overlaps()) {
      warnings.add("files share sectors");
    }
    return outdated;
  }

  /** What is damaged makes the volume read-only; its other files stay readable. */
  private void readSlot(int number, byte[] sector, List<Integer> outdated) {
    try {
      Slot slot = Slot.decode(number, sector);
      lastGeneration = Math.max(lastGeneration, slot.generation());
      Entry other = byName.get(slot.name());
      if (other != null && other.slot.generation() >= slot.generation()) {
        outdated.add(number);
        return;
      }
      if (other != null) {
        outdated.add(other.slot.number());
        byId.remove(other.node.id());
      }
      add(slot);
      if (!layout.contains(slot.extent())) {
        warnings.add("slot " + number + " leads out of the volume");
      }
    } catch (CorruptFileSystemException e) {
      warnings.add(e.getReason());
    }
  }

  Entry add(Slot slot) {
    Entry entry = new Entry(new TableNode(++lastId), slot);
    byId.put(entry.node.id(), entry);
    byName.put(slot.name(), entry);
    return entry;
  }

  boolean isReadOnly() {
    return readOnly || !warnings.isEmpty() || failure != null;
  }

  void checkWritable() {
    if (isReadOnly()) {
      throw new ReadOnlyFileSystemException();
    }
  }

  long nextGeneration() {
    return ++lastGeneration;
  }

  /** Returns the first slot without a file, which need not be empty on the host's storage yet. */
  int freeSlot() throws FileSystemException {
    Set<Integer> taken = new LinkedHashSet<>();
    byName.values().forEach(entry -> taken.add(entry.slot.number()));
    for (int number = 0; number < layout.slots(); number++) {
      if (!taken.contains(number)) {
        return number;
      }
    }
    throw new FileSystemException(null, null, "all " + layout.slots() + " slots are taken");
  }

  /**
   * Has a batch give a name to a file. If another file had it a moment ago, the batch comes after
   * that one's move: else a crash could leave both with one name, and the older one would go.
   */
  void claim(WriteBatch batch, String name) {
    if (leaving.contains(name)) {
      batch.afterEarlierBatches();
    }
  }

  /** Has a batch take a name from a file. */
  void leave(WriteBatch batch, String name) {
    leaving.add(name);
    batch.whenCommitted(() -> leaving.remove(name));
  }

  /** Has a slot written behind the contents that it refers to. */
  void put(WriteBatch batch, Slot slot) {
    byte[] sector = slot.encode();
    batch.write(Group.THIRD, layout.position(slot.number()), sector, 0, sector.length);
  }

  /** Has a slot written that refers to nothing new, so that it need not wait for anything. */
  void putAlone(WriteBatch batch, Slot slot) {
    byte[] sector = slot.encode();
    batch.writeBy(Group.THIRD, layout.position(slot.number()), sector, 0, sector.length);
  }

  void clear(WriteBatch batch, int number) {
    byte[] sector = new byte[Layout.SECTOR];
    batch.write(Group.FOURTH, layout.position(number), sector, 0, sector.length);
  }

  /** Hands a batch over. Memory is changed by the caller, and only when this returns. */
  void submit(WriteBatch batch) throws IOException {
    try {
      device.submit(batch);
    } catch (IOException | RuntimeException | Error e) {
      // Also an Error: the batch may be there in part.
      failure = e;
      throw e;
    }
  }
}
