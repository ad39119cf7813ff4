package dev.tcplay.fs.archive;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a directory by the names that are shown. Where an archive has a name twice, the
 * second is shown with {@code ~2} behind it, the third with {@code ~3}, and so on; a number that is
 * taken is passed over.
 */
final class Children {

  private final Map<String, ArchiveNode> shown = new LinkedHashMap<>();

  /**
   * By the archive's names, directories with a slash behind: what was added last, where that is
   * shown by another name. Null as long as there is none.
   */
  private @Nullable Map<String, ArchiveNode> renamed;

  /** The next number to try for a name that was there twice. */
  private @Nullable Map<String, Integer> numbers;

  /** Returns the entry of a shown name, null if there is none. */
  @Nullable ArchiveNode get(String name) {
    return shown.get(name);
  }

  /** Returns the entries in the order of the archive. */
  Collection<ArchiveNode> all() {
    return shown.values();
  }

  /** Returns the directory of a name of the archive, null if there is none. */
  @Nullable ArchiveNode directory(String name) {
    return find(name, true);
  }

  /**
   * Returns the last entry of a name of the archive that is no directory, null if there is none.
   */
  @Nullable ArchiveNode file(String name) {
    return find(name, false);
  }

  private @Nullable ArchiveNode find(String name, boolean directory) {
    ArchiveNode node = renamed == null ? null : renamed.get(key(name, directory));
    if (node == null) {
      node = shown.get(name);
    }
    boolean isIt =
        node != null
            && node.isDirectory() == directory
            && (node.isRenamed() ? !node.name().equals(name) : true);
    return isIt ? node : null;
  }

  private static String key(String name, boolean directory) {
    return directory ? name + "/" : name;
  }

  /** Adds an entry by its name in the archive, or the nearest that is free. */
  ArchiveNode add(String name, Inode inode) {
    boolean isFree = !shown.containsKey(name);
    ArchiveNode node = new ArchiveNode(isFree ? name : distinct(name), !isFree, inode);
    shown.put(node.name(), node);
    if (!isFree) {
      if (renamed == null) {
        renamed = new HashMap<>();
      }
      renamed.put(key(name, node.isDirectory()), node);
    }
    return node;
  }

  private String distinct(String name) {
    if (numbers == null) {
      numbers = new HashMap<>();
    }
    int number = numbers.getOrDefault(name, 2);
    while (shown.containsKey(name + "~" + number)) {
      number++;
    }
    numbers.put(name, number + 1);
    return name + "~" + number;
  }
}
