package dev.tcplay.fs.crash;

import dev.tcplay.fs.UpcaseTable;
import java.util.ArrayList;
import java.util.List;

/** All files and directories that there ever were in a volume, and what was forced when. */
final class CrashModel {

  final CrashItem root = new CrashItem(CrashItem.BEFORE, true, null, "");
  private final List<CrashItem> items = new ArrayList<>();

  /** Takes in what is in the root before the log begins: a name, behind which a slash may stand. */
  void inherit(List<String> names) {
    for (String name : names) {
      boolean directory = name.endsWith("/");
      add(
          CrashItem.BEFORE,
          directory,
          root,
          directory ? name.substring(0, name.length() - 1) : name);
    }
    forceAll(0);
  }

  /** Returns every item that ever was, the root left out. */
  List<CrashItem> items() {
    return items;
  }

  CrashItem add(int begin, boolean directory, CrashItem parent, String name) {
    CrashItem item = new CrashItem(begin, directory, parent, name);
    items.add(item);
    return item;
  }

  /** Returns what is there now. */
  List<CrashItem> present(boolean directories) {
    return items.stream().filter(item -> item.isThere() && item.directory == directories).toList();
  }

  List<CrashItem> children(CrashItem directory) {
    return items.stream().filter(item -> item.place().parent() == directory).toList();
  }

  /** Returns the child that has a name now, by the volume's rules, null if there is none. */
  CrashItem child(CrashItem directory, String name) {
    String folded = UpcaseTable.standard().toUpper(name);
    return children(directory).stream()
        .filter(item -> UpcaseTable.standard().toUpper(item.place().name()).equals(folded))
        .findFirst()
        .orElse(null);
  }

  /** Notes that all is on the disk as it is now. */
  void forceAll(int end) {
    items.forEach(item -> item.force(end, true));
  }

  /** Notes that a file is on the disk as it is now, and all that leads to it. */
  void forceFile(CrashItem file, int end) {
    for (CrashItem item = file; item != null && item != root; item = item.place().parent()) {
      item.force(end, false);
    }
  }
}
