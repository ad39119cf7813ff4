package example.tablefs;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.Feature;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.fs.VolumeSpace;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;

/** A mounted table. One lock guards it: many threads read, or one writes. */
final class TableVolume implements MountedVolume {

  /** Something done under the lock. */
  private interface Call<T> {
    T run() throws IOException;
  }

  private final NameRules names = new TableNames();
  private final Table table;
  private final Contents contents;

  private TableVolume(Table table) {
    this.table = table;
    this.contents = new Contents(table);
  }

  static TableVolume mount(BlockDevice device, boolean readOnly) throws IOException {
    return new TableVolume(Table.read(device, readOnly));
  }

  private static <T> T under(Lock lock, Call<T> call) throws IOException {
    lock.lock();
    try {
      return call.run();
    } finally {
      lock.unlock();
    }
  }

  private <T> T reading(Call<T> call) throws IOException {
    return under(table.lock.readLock(), call);
  }

  private <T> T changing(Call<T> call) throws IOException {
    table.checkWritable();
    return under(table.lock.writeLock(), call);
  }

  @Override
  public String type() {
    return "table";
  }

  @Override
  public Optional<String> label() {
    return Optional.empty();
  }

  @Override
  public Optional<String> serial() {
    return Optional.empty();
  }

  @Override
  public Set<Feature> features() {
    return Set.of(Feature.WRITE, Feature.TREE_WRITE);
  }

  @Override
  public boolean isReadOnly() {
    return table.isReadOnly();
  }

  @Override
  public List<String> warnings() {
    return List.copyOf(table.warnings);
  }

  @Override
  public NameRules names() {
    return names;
  }

  @Override
  public VolumeSpace space() throws IOException {
    long free = reading(table.space::free);
    return new VolumeSpace(contents.largestSize(), free * Layout.SECTOR, Layout.SECTOR);
  }

  @Override
  public Node root() {
    return TableNode.ROOT;
  }

  @Override
  public Node lookup(Node directory, String name) throws IOException {
    checkDirectory(directory);
    return reading(
        () -> {
          Entry entry = table.byName.get(name);
          return entry == null ? null : entry.node;
        });
  }

  @Override
  public String name(Node node) throws IOException {
    return node.isDirectory() ? "" : reading(() -> find(node).slot.name());
  }

  /** A cursor goes over what was there when it was made. */
  @Override
  public DirectoryCursor list(Node directory) throws IOException {
    checkDirectory(directory);
    List<DirectoryCursor.Entry> entries = new ArrayList<>();
    reading(
        () -> {
          for (Entry entry : table.byId.values()) {
            entries.add(new DirectoryCursor.Entry(entry.slot.name(), entry.node));
          }
          return entries;
        });
    Iterator<DirectoryCursor.Entry> left = entries.iterator();
    return () -> left.hasNext() ? left.next() : null;
  }

  @Override
  public NodeAttributes attributes(Node node) throws IOException {
    NodeAttributes.Builder attributes = NodeAttributes.builder(node.type());
    if (!node.isDirectory()) {
      Slot slot = reading(() -> find(node).slot);
      attributes.size(slot.size()).modified(slot.modified());
    }
    return attributes.build();
  }

  @Override
  public OpenNode open(Node file) throws IOException {
    if (file.isDirectory()) {
      throw new IllegalArgumentException("not a file: " + file);
    }
    return under(
        table.lock.writeLock(),
        () -> {
          Entry entry = find(file);
          entry.handles++;
          return new TableFile(table, contents, entry);
        });
  }

  @Override
  public Node create(Node directory, String name, NodeType type, AttributeChange attributes)
      throws IOException {
    checkDirectory(directory);
    return changing(
        () -> {
          names.check(name);
          if (table.byName.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
          }
          if (type != NodeType.FILE) {
            throw new FileSystemException(name, null, "a table has no directories");
          }
          FileTime time = attributes.modified().orElse(FileTime.from(Instant.now()));
          Slot slot = new Slot(table.freeSlot(), name, table.nextGeneration(), 0, 0, millis(time));
          WriteBatch batch = new WriteBatch();
          table.claim(batch, name);
          table.putAlone(batch, slot);
          table.submit(batch);
          return table.add(slot).node;
        });
  }

  @Override
  public void delete(Node node) throws IOException {
    changing(
        () -> {
          Entry entry = find(node);
          WriteBatch batch = new WriteBatch();
          remove(batch, entry);
          table.submit(batch);
          return forget(entry);
        });
  }

  private void remove(WriteBatch batch, Entry entry) {
    table.clear(batch, entry.slot.number());
    batch.whenCommitted(() -> entry.deletionCommitted = true);
  }

  /** The file is no more by its name; those who have it open go on. */
  private Entry forget(Entry entry) {
    table.byId.remove(entry.node.id());
    table.byName.remove(entry.slot.name(), entry);
    entry.deleted = true;
    table.deleted.add(entry);
    return entry;
  }

  /** The new name stands in the same slot; the file that is replaced goes in a later group. */
  @Override
  public Node move(Node node, Node directory, String name, boolean replace) throws IOException {
    checkDirectory(directory);
    return changing(
        () -> {
          Entry entry = find(node);
          names.check(name);
          Entry replaced = table.byName.get(name);
          if (replaced == entry) {
            return node;
          }
          if (replaced != null && !replace) {
            throw new FileAlreadyExistsException(name);
          }
          Slot named = entry.slot.named(name, table.nextGeneration());
          WriteBatch batch = new WriteBatch();
          table.claim(batch, name);
          table.leave(batch, entry.slot.name());
          table.put(batch, named);
          if (replaced != null) {
            remove(batch, replaced);
          }
          table.submit(batch);
          if (replaced != null) {
            forget(replaced);
          }
          table.byName.remove(entry.slot.name());
          entry.slot = named;
          table.byName.put(name, entry);
          return node;
        });
  }

  @Override
  public void change(Node node, AttributeChange change) throws IOException {
    changing(
        () -> {
          Optional<FileTime> time = change.modified();
          if (!node.isDirectory() && time.isPresent()) {
            Entry entry = find(node);
            Slot changed = entry.slot.modifiedAt(millis(time.get()));
            WriteBatch batch = new WriteBatch();
            table.putAlone(batch, changed);
            table.submit(batch);
            entry.slot = changed;
          }
          return node;
        });
  }

  /** Rounds down to what a slot holds. */
  private static FileTime millis(FileTime time) {
    return FileTime.fromMillis(time.toMillis());
  }

  @Override
  public void force() throws IOException {
    table.device.flush();
  }

  /** The device writes what is pending. */
  @Override
  public void close() throws IOException {
    table.device.close();
  }

  /** Finds what is known of a file now, called under the lock. */
  private Entry find(Node node) throws IOException {
    if (node.isDirectory()) {
      throw new FileSystemException("/", null, "the root can be neither moved nor deleted");
    }
    Entry entry = table.byId.get(node.id());
    if (entry == null) {
      throw new NoSuchFileException("file " + node.id());
    }
    return entry;
  }

  private static void checkDirectory(Node node) {
    if (!node.isDirectory()) {
      throw new IllegalArgumentException("not a directory: " + node);
    }
  }
}
