package dev.tcplay.nio;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DosFlags;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A file or directory of a volume in memory. */
final class MemoryItem {

  private static final AtomicLong IDS = new AtomicLong();

  final long id = IDS.incrementAndGet();
  final boolean directory;
  final List<MemoryItem> items = new ArrayList<>();
  String name;
  MemoryItem parent;
  boolean gone;
  NodeAttributes attributes;
  String damage;
  byte[] contents;

  MemoryItem(String name, boolean directory, byte[] contents, FileTime time) {
    this.name = name;
    this.directory = directory;
    this.contents = contents;
    this.attributes =
        NodeAttributes.builder(directory ? NodeType.DIRECTORY : NodeType.FILE)
            .modified(time)
            .accessed(time)
            .created(time)
            .dos(new DosFlags(DosFlags.ARCHIVE))
            .build();
  }

  static MemoryItem directory(String name) {
    return new MemoryItem(name, true, new byte[0], FileTime.fromMillis(0));
  }

  static MemoryItem file(String name, byte[] contents) {
    return new MemoryItem(name, false, contents, FileTime.fromMillis(0));
  }

  MemoryItem with(MemoryItem... more) {
    for (MemoryItem item : more) {
      item.parent = this;
      items.add(item);
    }
    return this;
  }

  MemoryItem hidden() {
    change(AttributeChange.NONE.withHidden(true));
    return this;
  }

  /** Makes listing, and reading behind the first byte, fail for the given reason. */
  MemoryItem damaged(String reason) {
    damage = reason;
    return this;
  }

  void modified() {
    change(AttributeChange.NONE.withTimes(FileTime.from(Instant.now()), null, null));
    change(AttributeChange.NONE.withArchive(true));
  }

  void change(AttributeChange change) {
    NodeAttributes.Builder now = attributes.toBuilder();
    change.created().ifPresent(now::created);
    change.modified().ifPresent(now::modified);
    change.accessed().ifPresent(now::accessed);
    attributes = now.dos(change.applyTo(attributes.dos().orElseThrow())).build();
  }

  /** Copies a tree of the default file system. */
  static MemoryItem copyOf(Path source, String name) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(source, BasicFileAttributes.class);
    byte[] contents = attributes.isDirectory() ? new byte[0] : Files.readAllBytes(source);
    MemoryItem item =
        new MemoryItem(name, attributes.isDirectory(), contents, attributes.lastModifiedTime());
    if (attributes.isDirectory()) {
      try (Stream<Path> entries = Files.list(source)) {
        for (Path entry : entries.toList()) {
          item.with(copyOf(entry, entry.getFileName().toString()));
        }
      }
    }
    return item;
  }

  void check() throws IOException {
    if (damage != null) {
      throw new CorruptFileSystemException(null, damage);
    }
  }

  void requireReplaceable() throws IOException {
    if (!items.isEmpty()) {
      throw new DirectoryNotEmptyException("<" + name + ">");
    }
    if (attributes.isReadOnly() && !directory) {
      throw new AccessDeniedException("<" + name + ">", null, "the file is read-only");
    }
  }

  void remove() {
    parent.items.remove(this);
    parent = null;
    gone = true;
  }

  /** Returns the bytes in this and all below it. */
  long size() {
    return contents.length + items.stream().mapToLong(MemoryItem::size).sum();
  }
}
