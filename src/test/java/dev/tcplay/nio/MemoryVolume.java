package dev.tcplay.nio;

import dev.tcplay.container.MountedContainer;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.fs.VolumeSpace;
import dev.tcplay.model.VolumeInfo;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A volume in memory, so that the provider's own rules are tested without a driver. */
final class MemoryVolume implements MountedVolume {

  /** Folds to lower case, as most volumes that do not mind case. */
  static final NameRules CASELESS =
      new NameRules() {
        @Override
        public boolean isCaseSensitive() {
          return false;
        }

        @Override
        public String fold(String name) {
          return name.toLowerCase(Locale.ROOT);
        }

        @Override
        public void check(String name) {}
      };

  /** Something that a test does just before the volume does something. */
  interface Hook {
    void before(String operation) throws IOException;
  }

  /**
   * What the provider gets for an item: it stays what it was when it was given out.
   *
   * @param item the file or directory
   * @param parent its directory at that time, null for the root
   * @param name its name at that time
   */
  private record Handle(Item item, Item parent, String name) implements Node {
    @Override
    public long id() {
      return item.id;
    }

    @Override
    public boolean isDirectory() {
      return item.directory;
    }

    Item current() throws NoSuchFileException {
      if (item.parent != parent || !item.name.equals(name)) {
        throw new NoSuchFileException("<" + name + ">");
      }
      return item;
    }

    Item existing() throws NoSuchFileException {
      if (item.gone) {
        throw new NoSuchFileException("<" + name + ">");
      }
      return item;
    }
  }

  /** A file or directory. */
  static final class Item {

    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private final boolean directory;
    private final List<Item> items = new ArrayList<>();
    private String name;
    private Item parent;
    private boolean gone;
    private NodeAttributes attributes;
    String damage;
    byte[] contents;

    private Item(String name, boolean directory, byte[] contents, FileTime time) {
      this.name = name;
      this.directory = directory;
      this.contents = contents;
      this.attributes =
          new NodeAttributes(directory, 0, time, time, time, false, false, false, true);
    }

    static Item directory(String name) {
      return new Item(name, true, new byte[0], FileTime.fromMillis(0));
    }

    static Item file(String name, byte[] contents) {
      return new Item(name, false, contents, FileTime.fromMillis(0));
    }

    Item with(Item... more) {
      for (Item item : more) {
        item.parent = this;
        items.add(item);
      }
      return this;
    }

    Item hidden() {
      change(AttributeChange.hidden(true));
      return this;
    }

    /** Makes listing, and reading behind the first byte, fail for the given reason. */
    Item damaged(String reason) {
      damage = reason;
      return this;
    }

    void modified() {
      change(AttributeChange.times(FileTime.from(Instant.now()), null, null));
      change(AttributeChange.archive(true));
    }

    private void change(AttributeChange change) {
      NodeAttributes old = attributes;
      attributes =
          new NodeAttributes(
              directory,
              0,
              or(change.created(), old.created()),
              or(change.modified(), old.modified()),
              or(change.accessed(), old.accessed()),
              or(change.readOnly(), old.readOnly()),
              or(change.hidden(), old.hidden()),
              or(change.system(), old.system()),
              or(change.archive(), old.archive()));
    }

    private static <T> T or(T wanted, T old) {
      return wanted == null ? old : wanted;
    }
  }

  private final NameRules rules;
  private final Item root;
  private final Closeable below;
  final AtomicInteger openFiles = new AtomicInteger();
  final AtomicInteger closings = new AtomicInteger();
  final AtomicInteger forces = new AtomicInteger();
  private volatile Hook hook = operation -> {};
  private volatile boolean readOnly = true;
  private Optional<String> label = Optional.of("MEMORY");
  private long capacity = 1 << 30;

  MemoryVolume(NameRules rules, Item root) {
    this(rules, root, () -> {});
  }

  /** Makes a volume that closes what is below it. */
  MemoryVolume(NameRules rules, Item root, Closeable below) {
    this.rules = rules;
    this.root = root;
    this.below = below;
  }

  /** Makes an empty volume that is writable. */
  static MemoryVolume writable(NameRules rules) {
    return new MemoryVolume(rules, Item.directory("")).readOnly(false);
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
    return new MemoryVolume(rules, copy(tree, ""));
  }

  private static Item copy(Path source, String name) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(source, BasicFileAttributes.class);
    byte[] contents = attributes.isDirectory() ? new byte[0] : Files.readAllBytes(source);
    Item item = new Item(name, attributes.isDirectory(), contents, attributes.lastModifiedTime());
    if (attributes.isDirectory()) {
      try (Stream<Path> entries = Files.list(source)) {
        for (Path entry : entries.toList()) {
          item.with(copy(entry, entry.getFileName().toString()));
        }
      }
    }
    return item;
  }

  /** Returns this volume as a file system that is not registered. */
  TcplayFileSystem mount() {
    return new TcplayFileSystem(
        new TcplayFileSystemProvider(),
        new TcplayUri(URI.create("file:///memory.tc"), "/"),
        new MountedContainer(
            new VolumeInfo("plain", Optional.empty(), "normal", 0, 0, 0, 512),
            List.of(),
            this,
            writing -> {}),
        () -> {});
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
  public NameRules names() {
    return rules;
  }

  @Override
  public synchronized VolumeSpace space() {
    return new VolumeSpace(1 << 20, 1 << 10, 512);
  }

  @Override
  public Node root() {
    return new Handle(root, null, "");
  }

  @Override
  public synchronized Node lookup(Node directory, String name) {
    Item found = find(((Handle) directory).item, name);
    return found == null ? null : handle(found);
  }

  private Item find(Item directory, String name) {
    String wanted = rules.fold(name);
    return directory.items.stream()
        .filter(item -> rules.fold(item.name).equals(wanted))
        .findFirst()
        .orElse(null);
  }

  private static Handle handle(Item item) {
    return new Handle(item, item.parent, item.name);
  }

  @Override
  public String name(Node node) {
    return ((Handle) node).name;
  }

  @Override
  public synchronized DirectoryCursor list(Node directory) {
    Item item = ((Handle) directory).item;
    Iterator<Item> items = List.copyOf(item.items).iterator();
    return () -> {
      if (items.hasNext()) {
        Item next = items.next();
        return new DirectoryCursor.Entry(next.name, handle(next));
      }
      check(item);
      return null;
    };
  }

  static void check(Item item) throws IOException {
    if (item.damage != null) {
      throw new CorruptFileSystemException(null, item.damage);
    }
  }

  @Override
  public synchronized NodeAttributes attributes(Node node) {
    Item item = ((Handle) node).item;
    NodeAttributes all = item.attributes;
    return new NodeAttributes(
        item.directory,
        item.contents.length,
        all.created(),
        all.modified(),
        all.accessed(),
        all.readOnly(),
        all.hidden(),
        all.system(),
        all.archive());
  }

  @Override
  public OpenNode open(Node file) throws IOException {
    enter("open");
    synchronized (this) {
      return new MemoryFile(this, ((Handle) file).existing());
    }
  }

  @Override
  public Node create(Node directory, String name, boolean isDirectory) throws IOException {
    enter("create");
    synchronized (this) {
      requireWritable();
      Item parent = ((Handle) directory).existing();
      if (find(parent, name) != null) {
        throw new FileAlreadyExistsException("<" + name + ">");
      }
      rules.check(name);
      Item item = new Item(name, isDirectory, new byte[0], FileTime.from(Instant.now()));
      parent.with(item);
      return handle(item);
    }
  }

  @Override
  public void delete(Node node) throws IOException {
    enter("delete");
    synchronized (this) {
      requireWritable();
      Item item = ((Handle) node).current();
      if (item == root) {
        throw new FileSystemException("<root>", null, "root");
      }
      requireReplaceable(item);
      remove(item);
    }
  }

  private static void requireReplaceable(Item item) throws IOException {
    if (!item.items.isEmpty()) {
      throw new DirectoryNotEmptyException("<" + item.name + ">");
    }
    if (item.attributes.readOnly() && !item.directory) {
      throw new AccessDeniedException("<" + item.name + ">", null, "the file is read-only");
    }
  }

  private static void remove(Item item) {
    item.parent.items.remove(item);
    item.parent = null;
    item.gone = true;
  }

  @Override
  public Node move(Node node, Node directory, String name, boolean replace) throws IOException {
    enter("move");
    synchronized (this) {
      requireWritable();
      Item item = ((Handle) node).current();
      Item parent = ((Handle) directory).existing();
      for (Item above = parent; above != null; above = above.parent) {
        if (above == item) {
          throw new FileSystemException("<" + item.name + ">", null, "would lie in itself");
        }
      }
      Item there = find(parent, name);
      if (there != null && there != item) {
        if (!replace) {
          throw new FileAlreadyExistsException("<" + name + ">");
        }
        requireReplaceable(there);
      }
      rules.check(name);
      if (there != null && there != item) {
        remove(there);
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
      ((Handle) node).existing().change(change);
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
    return capacity - size(root);
  }

  private static long size(Item item) {
    return item.contents.length + item.items.stream().mapToLong(MemoryVolume::size).sum();
  }

  @Override
  public void close() throws IOException {
    closings.incrementAndGet();
    below.close();
  }
}
