package example.toyfs;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.PosixFacts;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a toy volume knows of a file, directory or link, whatever its names. Guarded by it. */
final class Inode {

  /** An entry of a directory. */
  record Entry(String name, Inode inode) {}

  final long number;
  final NodeType type;

  /** Of a directory its entries by folded names. */
  final Map<String, Entry> entries = new LinkedHashMap<>();

  final Map<String, Inode> streams = new TreeMap<>();

  /** The directory in which a directory lies; null for the root and for what is no directory. */
  Inode parent;

  /** Whether names in this directory are compared without case. */
  boolean caseless;

  /** The contents of a file, the path of a link. */
  byte[] contents = new byte[0];

  /** How many names there are. */
  int names;

  PosixFacts posix;
  private FileTime modified = now();
  private FileTime accessed = modified;
  private final FileTime created = modified;
  private FileTime changed = modified;

  Inode(long number, NodeType type) {
    this.number = number;
    this.type = type;
    this.posix =
        PosixFacts.of(
            switch (type) {
              case DIRECTORY -> 0755;
              case SYMLINK -> 0777;
              default -> 0644;
            });
  }

  static FileTime now() {
    return FileTime.from(Instant.now());
  }

  String target() {
    return new String(contents, StandardCharsets.UTF_8);
  }

  /** Takes note that the contents, or the entries, have changed. */
  void modified() {
    modified = now();
    changed = modified;
  }

  void change(AttributeChange change) {
    modified = change.modified().orElse(modified);
    accessed = change.accessed().orElse(accessed);
    posix = posix.withMode(change.mode().orElse(posix.mode()));
    changed = now();
  }

  NodeAttributes attributes() {
    return NodeAttributes.builder(type)
        .size(contents.length)
        .modified(modified)
        .accessed(accessed)
        .created(created)
        .changed(changed)
        .posix(posix.withLinks(type == NodeType.DIRECTORY ? 2 + subdirectories() : names))
        .build();
  }

  private long subdirectories() {
    return entries.values().stream()
        .filter(entry -> entry.inode().type == NodeType.DIRECTORY)
        .count();
  }
}
