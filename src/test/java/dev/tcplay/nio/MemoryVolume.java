package dev.tcplay.nio;

import dev.tcplay.VolumeInfo;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.fs.VolumeSpace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
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

  /** A file or directory. */
  static final class Item implements Node {

    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private final String name;
    private final boolean directory;
    private final byte[] contents;
    private final FileTime modified;
    private final List<Item> items = new ArrayList<>();
    private boolean hidden;
    private String damage;

    private Item(String name, boolean directory, byte[] contents, FileTime modified) {
      this.name = name;
      this.directory = directory;
      this.contents = contents;
      this.modified = modified;
    }

    static Item directory(String name) {
      return new Item(name, true, new byte[0], FileTime.fromMillis(0));
    }

    static Item file(String name, byte[] contents) {
      return new Item(name, false, contents, FileTime.fromMillis(0));
    }

    Item with(Item... more) {
      items.addAll(List.of(more));
      return this;
    }

    Item hidden() {
      hidden = true;
      return this;
    }

    /** Makes listing, and reading behind the first byte, fail for the given reason. */
    Item damaged(String reason) {
      damage = reason;
      return this;
    }

    @Override
    public long id() {
      return id;
    }

    @Override
    public boolean isDirectory() {
      return directory;
    }
  }

  private final NameRules rules;
  private final Item root;
  final AtomicInteger openFiles = new AtomicInteger();
  final AtomicInteger closings = new AtomicInteger();

  MemoryVolume(NameRules rules, Item root) {
    this.rules = rules;
    this.root = root;
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
        new VolumeInfo("plain", "-", 0, 0, "-", "-", "normal", 0, 0, 0, 512),
        this,
        () -> {});
  }

  @Override
  public String type() {
    return "Memory";
  }

  @Override
  public Optional<String> label() {
    return Optional.of("MEMORY");
  }

  @Override
  public Optional<String> serial() {
    return Optional.empty();
  }

  @Override
  public boolean isReadOnly() {
    return true;
  }

  @Override
  public NameRules names() {
    return rules;
  }

  @Override
  public VolumeSpace space() {
    return new VolumeSpace(1 << 20, 1 << 10, 512);
  }

  @Override
  public Node root() {
    return root;
  }

  @Override
  public Node lookup(Node directory, String name) {
    String wanted = rules.fold(name);
    return ((Item) directory)
        .items.stream()
            .filter(item -> rules.fold(item.name).equals(wanted))
            .findFirst()
            .orElse(null);
  }

  @Override
  public String name(Node node) {
    return ((Item) node).name;
  }

  @Override
  public DirectoryCursor list(Node directory) {
    Item item = (Item) directory;
    Iterator<Item> items = item.items.iterator();
    return () -> {
      if (items.hasNext()) {
        Item next = items.next();
        return new DirectoryCursor.Entry(next.name, next);
      }
      check(item);
      return null;
    };
  }

  private static void check(Item item) throws IOException {
    if (item.damage != null) {
      throw new CorruptFileSystemException(null, item.damage);
    }
  }

  @Override
  public NodeAttributes attributes(Node node) {
    Item item = (Item) node;
    FileTime time = item.modified;
    return new NodeAttributes(
        item.directory, item.contents.length, time, time, time, false, item.hidden, false, true);
  }

  @Override
  public OpenNode open(Node file) {
    Item item = (Item) file;
    openFiles.incrementAndGet();
    return new OpenNode() {
      @Override
      public long size() {
        return item.contents.length;
      }

      @Override
      public int read(long position, byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
          return 0;
        }
        if (position > 0) {
          check(item);
        }
        if (position >= item.contents.length) {
          return -1;
        }
        int n = (int) Math.min(length, item.contents.length - position);
        System.arraycopy(item.contents, (int) position, target, offset, n);
        return n;
      }

      @Override
      public void close() {
        openFiles.decrementAndGet();
      }
    };
  }

  @Override
  public void close() {
    closings.incrementAndGet();
  }
}
