package dev.tcplay.fs.fat;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DosTime;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.WriteOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Objects;

/** Makes files and directories. Safe for any number of threads. */
final class Creator {

  private final TreeContext context;

  Creator(TreeContext context) {
    this.context = context;
  }

  /** Makes an entry, as {@link dev.tcplay.fs.MountedVolume#create} says. */
  FatNode create(FatDirectory directory, String name, NodeType type, AttributeChange attributes)
      throws IOException {
    return context
        .writer()
        .guard()
        .callUnder(() -> make(directory, name, type, attributes), directory.lock().writeLock());
  }

  private FatNode make(
      FatDirectory directory, String name, NodeType type, AttributeChange attributes)
      throws IOException {
    context.writer().checkWritable();
    TreeContext.checkThere(directory);
    DirectoryIndex index = context.directories().index(directory);
    if (index.find(name) != null) {
      throw new FileAlreadyExistsException(directory.path(name));
    }
    if (type != NodeType.FILE && type != NodeType.DIRECTORY) {
      throw new FileSystemException(
          directory.path(name), null, "FAT has files and directories only");
    }
    NewName stored = context.maker().make(name, index::contains);
    int first = -1;
    try {
      first = add(directory, index, stored, type == NodeType.DIRECTORY, attributes);
    } finally {
      if (first < 0) {
        context.directories().forget(directory);
      }
    }
    int made = first;
    DirectoryEntry entry = Objects.requireNonNull(index.at(made));
    context.directories().changed(directory, index);
    return new FatNode(directory, entry, directory.changes(), context.ids().made(entry.position()));
  }

  /** Writes the entry, and returns its first slot. */
  private int add(
      FatDirectory directory,
      DirectoryIndex index,
      NewName name,
      boolean isDirectory,
      AttributeChange attributes)
      throws IOException {
    try (Change change = context.writer().begin()) {
      EntryEditor editor = context.edit(change, directory, index);
      int count = EntrySet.slots(name);
      String shortName = ShortName.decode(name.shortName(), 0, context.codePage());
      editor.returning(name.name(), shortName, count);
      int first = editor.makeRoom(count);
      DosTime now = context.now();
      int flags = isDirectory ? SlotReader.DIRECTORY : SlotReader.ARCHIVE;
      ShortEntry entry = ShortEntry.of(name, flags, now, context.isFat32());
      entry.change(attributes, context.zone());
      if (isDirectory) {
        entry.firstCluster(addCluster(change, directory, now));
      }
      editor.put(first, EntrySet.encode(name, entry), isDirectory);
      change.submit();
      editor.added(name.name(), shortName, first, count);
      return first;
    }
  }

  /** Gives a new directory its cluster, which is whole before anything leads to it. */
  private int addCluster(Change change, FatDirectory parent, DosTime now) throws IOException {
    List<Extent> extents = change.allocate(1, 0);
    int cluster = (int) extents.get(0).cluster();
    byte[] contents = new byte[context.writer().geometry().clusterSize()];
    put(contents, 0, ".", cluster, now);
    put(contents, 1, "..", context.dotsCluster(parent), now);
    long position = context.writer().geometry().position(cluster);
    change.write(WriteOrder.DATA, position, contents, 0, contents.length);
    change.table().chain(WriteOrder.ALLOCATIONS, extents);
    return cluster;
  }

  private void put(byte[] contents, int slot, String name, int cluster, DosTime now) {
    byte[] blank = new byte[DirectorySlots.SLOT_BYTES];
    byte[] raw = String.format("%-11s", name).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(raw, 0, blank, 0, raw.length);
    ShortEntry entry =
        new ShortEntry(blank, context.isFat32())
            .flags(SlotReader.DIRECTORY)
            .created(now)
            .modified(now)
            .accessed(now)
            .firstCluster(cluster);
    System.arraycopy(
        entry.bytes(), 0, contents, slot * DirectorySlots.SLOT_BYTES, DirectorySlots.SLOT_BYTES);
  }
}
