package dev.tcplay.nio;

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
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A volume in memory, so that the provider's own rules are tested without a driver. */
final class MemoryVolume implements MountedVolume {

  /** The rules of most volumes that do not mind case. */
  static final NameRules CASELESS = new CaselessNames();

  /** Something that a test does just before the volume does something. */
  interface Hook {
    void before(String operation) throws IOException;
  }

  private final NameRules rules;
  private final MemoryItem root;
  private final Closeable below;
  final AtomicInteger openFiles = new AtomicInteger();
  final AtomicInteger closings = new AtomicInteger();
  final AtomicInteger forces = new AtomicInteger();
  private volatile Hook hook = operation -> {};
  private volatile boolean readOnly = true;
  private Optional<String> label = Optional.of("MEMORY");
  private long capacity = 1 << 30;

  MemoryVolume(NameRules rules, MemoryItem root) {
    this(rules, root, () -> {});
  }

  /** Makes a volume that closes what is below it. */
  MemoryVolume(NameRules rules, MemoryItem root, Closeable below) {
    this.rules = rules;
    this.root = root;
    this.below = below;
  }

  /** Makes an empty volume that is writable. */
  static MemoryVolume writable(NameRules rules) {
    return new MemoryVolume(rules, MemoryItem.directory("")).readOnly(false);
  }

  MemoryVolume readOnly(boolean wanted) {
    readOnly = wanted;
    return this;
  }

  /** Limits the bytes in all files together. */
  MemoryVolume capacity(long bytes) {
    capacity = bytes;
    return this;
  }

  /** Sets what happens before each operation; nothing while that runs. */
  void hook(Hook wanted) {
    hook =
        operation -> {
          Hook mine = hook;
          hook = nothing -> {};
          try {
            wanted.before(operation);
          } finally {
            hook = mine;
          }
        };
  }

  void enter(String operation) throws IOException {
    hook.before(operation);
  }

  /** Copies a tree of the default file system. */
  static MemoryVolume copyOf(Path tree, NameRules rules) throws IOException {
    return new MemoryVolume(rules, MemoryItem.copyOf(tree, ""));
  }

  /** Returns this volume as a file system that is not registered. */
  TcplayFileSystem mount() {
    return DrivenVolumes.of(this);
  }

  @Override
  public String type() {
    return "Memory";
  }

  @Override
  public synchronized Optional<String> label() {
    return label;
  }

  @Override
  public Optional<String> serial() {
    return Optional.empty();
  }

  @Override
  public boolean isReadOnly() {
    return readOnly;
  }

  @Override
  public Set<Feature> features() {
    return Set.of(Feature.WRITE, Feature.TREE_WRITE, Feature.DOS);
  }

  @Override
  public NameRules names() {
    return rules;
  }

  @Override
  public synchronized VolumeSpace space() {
    return new VolumeSpace(1 << 20, 1 << 10, 512);
  }

  @Override
  public Node root() {
    return new MemoryHandle(root, null, "");
  }

  @Override
  public synchronized Node lookup(Node directory, String name) {
    MemoryItem found = find(((MemoryHandle) directory).item(), name);
    return found == null ? null : handle(found);
  }

  private MemoryItem find(MemoryItem directory, String name) {
    String wanted = rules.fold(name);
    return directory.items.stream()
        .filter(item -> rules.fold(item.name).equals(wanted))
        .findFirst()
        .orElse(null);
  }

  private static MemoryHandle handle(MemoryItem item) {
    return new MemoryHandle(item, item.parent, item.name);
  }

  @Override
  public String name(Node node) {
    return ((MemoryHandle) node).name();
  }

  @Override
  public synchronized DirectoryCursor list(Node directory) {
    MemoryItem item = ((MemoryHandle) directory).item();
    Iterator<MemoryItem> items = List.copyOf(item.items).iterator();
    return () -> {
      if (items.hasNext()) {
        MemoryItem next = items.next();
        return new DirectoryCursor.Entry(next.name, handle(next));
      }
      item.check();
      return null;
    };
  }

  @Override
  public synchronized NodeAttributes attributes(Node node) {
    MemoryItem item = ((MemoryHandle) node).item();
    return item.attributes.toBuilder().size(item.contents.length).build();
  }

  @Override
  public OpenNode open(Node file) throws IOException {
    enter("open");
    synchronized (this) {
      return new MemoryFile(this, ((MemoryHandle) file).existing());
    }
  }

  @Override
  public Node create(Node directory, String name, NodeType type, AttributeChange attributes)
      throws IOException {
    enter("create");
    synchronized (this) {
      requireWritable();
      MemoryItem parent = ((MemoryHandle) directory).existing();
      if (find(parent, name) != null) {
        throw new FileAlreadyExistsException("<" + name + ">");
      }
      rules.check(name);
      boolean isDirectory = type == NodeType.DIRECTORY;
      MemoryItem item =
          new MemoryItem(name, isDirectory, new byte[0], FileTime.from(Instant.now()));
      item.change(attributes);
      parent.with(item);
      return handle(item);
    }
  }

  @Override
  public void delete(Node node) throws IOException {
    enter("delete");
    synchronized (this) {
      requireWritable();
      MemoryItem item = ((MemoryHandle) node).current();
      if (item == root) {
        throw new FileSystemException("<root>", null, "root");
      }
      item.requireReplaceable();
      item.remove();
    }
  }

  @Override
  public Node move(Node node, Node directory, String name, boolean replace) throws IOException {
    enter("move");
    synchronized (this) {
      requireWritable();
      MemoryItem item = ((MemoryHandle) node).current();
      MemoryItem parent = ((MemoryHandle) directory).existing();
      for (MemoryItem above = parent; above != null; above = above.parent) {
        if (above == item) {
          throw new FileSystemException("<" + item.name + ">", null, "would lie in itself");
        }
      }
      MemoryItem there = find(parent, name);
      if (there != null && there != item) {
        if (!replace) {
          throw new FileAlreadyExistsException("<" + name + ">");
        }
        there.requireReplaceable();
      }
      rules.check(name);
      if (there != null && there != item) {
        there.remove();
      }
      item.parent.items.remove(item);
      item.name = name;
      parent.with(item);
      return handle(item);
    }
  }

  @Override
  public void change(Node node, AttributeChange change) throws IOException {
    enter("change");
    synchronized (this) {
      requireWritable();
      ((MemoryHandle) node).existing().change(change);
    }
  }

  @Override
  public void setLabel(Optional<String> wanted) throws IOException {
    enter("setLabel");
    synchronized (this) {
      requireWritable();
      if (wanted.orElse("").length() > 11) {
        throw new IllegalArgumentException("a label has at most 11 characters");
      }
      label = wanted;
    }
  }

  private void requireWritable() {
    if (readOnly) {
      throw new ReadOnlyFileSystemException();
    }
  }

  /** Returns how many bytes still fit; called with the lock of the volume. */
  long free() {
    return capacity - root.size();
  }

  @Override
  public void close() throws IOException {
    closings.incrementAndGet();
    below.close();
  }
}
