package dev.tcplay.fs.exfat;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.cluster.ClusterSet;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Goes over all entries of a volume whose tree nobody has entered yet, of each directory once; what
 * is damaged is passed over. Memory: a bit for each cluster, and the directories to be entered.
 */
final class TreeWalk {

  /** Something done with an entry that has a lawful first cluster. */
  interface Visitor {
    void visit(Name name);
  }

  /** Something done at the end of a directory, with the first slot that was never used. */
  interface AtEnd {
    void visit(ExFatDirectory directory, DirectorySlots slots, int end) throws IOException;
  }

  private final TreeContext context;
  private final Geometry geometry;

  TreeWalk(TreeContext context) {
    this.context = context;
    this.geometry = context.writer().geometry();
  }

  /** Visits all entries. */
  void run(Visitor visitor, AtEnd atEnd) throws IOException {
    ClusterSet entered = new ClusterSet();
    Deque<ExFatDirectory> open = new ArrayDeque<>();
    open.push(context.directories().root());
    entered.add(geometry.rootCluster());
    while (!open.isEmpty()) {
      ExFatDirectory directory = open.pop();
      try {
        DirectorySlots slots = context.directories().slots(directory);
        DirectoryScanner scanner = DirectoryScanner.from(slots, 0);
        DirectoryEntry entry;
        while ((entry = scanner.next()) != null) {
          if (geometry.isCluster(entry.firstCluster())) {
            visit(new Name(directory, entry), visitor, entered, open);
          }
        }
        atEnd.visit(directory, slots, scanner.slot());
      } catch (CorruptFileSystemException e) {
        // Listing the directory reports it; its entries before the damage were visited.
      }
    }
  }

  private void visit(Name name, Visitor visitor, ClusterSet entered, Deque<ExFatDirectory> open)
      throws IOException {
    visitor.visit(name);
    DirectoryEntry entry = name.entry();
    if (entry.isDirectory() && entered.add(entry.firstCluster())) {
      try {
        entry.set().allocation().checkDirectory(geometry, entry.name());
      } catch (CorruptFileSystemException e) {
        return;
      }
      open.push(new ExFatDirectory(name.directory(), entry, entry.position()));
    }
  }
}
