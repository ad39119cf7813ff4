package dev.tcplay.fs.exfat;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DosFlags;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.cluster.Extent;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.List;

/** Makes files and directories. Safe for any number of threads. */
final class Creator {

  private final TreeContext context;

  Creator(TreeContext context) {
    this.context = context;
  }

  /** Makes an entry, as {@link dev.tcplay.fs.MountedVolume#create} says. */
  ExFatNode create(ExFatDirectory directory, String name, NodeType type, AttributeChange attributes)
      throws IOException {
    context.prepare(directory);
    return DirectoryLocks.callUnder(
        context, directory, () -> make(directory, name, type, attributes));
  }

  private ExFatNode make(
      ExFatDirectory directory, String name, NodeType type, AttributeChange attributes)
      throws IOException {
    context.writer().checkWritable();
    TreeContext.checkThere(directory);
    DirectoryIndex index = context.directories().index(directory);
    if (index.find(name) != null) {
      throw new FileAlreadyExistsException(directory.path(name));
    }
    if (type != NodeType.FILE && type != NodeType.DIRECTORY) {
      throw new FileSystemException(
          directory.path(name), null, "exFAT has files and directories only");
    }
    context.names().check(name);
    int first = -1;
    try {
      first = add(directory, name, type == NodeType.DIRECTORY, attributes);
    } finally {
      if (first < 0) {
        context.directories().forget(directory);
      }
    }
    DirectoryEntry entry = EntryEditor.require(index.at(first), directory);
    context.directories().changed(directory, index);
    return new ExFatNode(
        directory, entry, directory.changes(), context.ids().made(entry.position()));
  }

  /** Writes the set, and returns its first slot. */
  private int add(
      ExFatDirectory directory, String name, boolean isDirectory, AttributeChange attributes)
      throws IOException {
    try (Change change = context.writer().begin()) {
      EntryEditor editor = context.edit(change, directory);
      int count = EntrySet.count(name);
      int first = editor.makeRoom(name, count);
      int flags = isDirectory ? EntrySet.DIRECTORY : DosFlags.ARCHIVE;
      EntrySet set = EntrySet.of(name, context.names().fold(name), flags, context.now());
      set.change(attributes, context.zone());
      if (isDirectory) {
        set.allocation(addCluster(change));
      }
      editor.put(first, set.bytes(), isDirectory);
      change.submit();
      editor.added(name, first, count);
      return first;
    }
  }

  /** Gives a new directory its cluster, which is zeros before anything leads to it. */
  private Allocation addCluster(Change change) throws IOException {
    List<Extent> extents = change.allocate(1, 0);
    DirectoryGrowth.zero(context.writer(), extents.get(0));
    int length = context.writer().geometry().clusterSize();
    return new Allocation(extents.get(0).cluster(), length, length, true);
  }
}
