package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DosFlags;
import dev.tcplay.fs.DosTime;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.fs.cluster.OpenFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;

/** Opens the files of a mounted volume, and reads and changes the attributes of its nodes. */
final class FileNodes {

  private final BlockDevice device;
  private final FatTable table;
  private final TreeContext context;
  private final Directories directories;
  private final OpenFiles<FatFile> files;

  FileNodes(BlockDevice device, FatTable table, TreeContext context) {
    this.device = device;
    this.table = table;
    this.context = context;
    this.directories = context.directories();
    this.files = context.files();
  }

  /** Returns what is so now, which a file that is open knows better than its entry. */
  NodeAttributes attributes(FatNode node) throws IOException {
    FatDirectory parent = node.parent();
    if (parent == null) {
      FileTime unknown = DosTime.NONE.in(context.zone());
      return NodeAttributes.builder(NodeType.DIRECTORY)
          .created(unknown)
          .modified(unknown)
          .accessed(unknown)
          .dos(DosFlags.NONE)
          .build();
    }
    while (true) {
      int changes = parent.changes();
      FatFile file = node.isDirectory() ? null : files.get(node.id());
      NodeAttributes onDisk = directories.upToDate(node, changes).attributes(context.zone());
      NodeAttributes now = file == null || !file.isKnown() ? onDisk : file.current(onDisk);
      if (parent.changes() == changes) {
        return now;
      }
    }
  }

  /** Opens a file, as {@link dev.tcplay.fs.MountedVolume#open} says. */
  OpenNode open(FatNode node, FatVolume volume) throws IOException {
    DirectoryEntry entry = node.entry();
    FatDirectory parent = node.parent();
    if (entry == null || parent == null || entry.isDirectory()) {
      throw new IllegalArgumentException("not a file: " + node);
    }
    parent.lock().readLock().lock();
    try {
      DirectoryEntry now = directories.current(node);
      if (now.isDirectory()) {
        throw new NoSuchFileException(node.path());
      }
      return handle(volume, files.open(node.id(), () -> file(parent, now)));
    } finally {
      parent.lock().readLock().unlock();
    }
  }

  private FileHandle handle(FatVolume volume, FatFile file) throws IOException {
    boolean made = false;
    try {
      FileHandle handle = new FileHandle(volume, file);
      made = true;
      return handle;
    } finally {
      if (!made) {
        files.release(file);
      }
    }
  }

  /** Changes attributes; under the lock of the parent. */
  void change(FatNode node, FatDirectory parent, AttributeChange change) throws IOException {
    DirectoryEntry entry = directories.current(node);
    FatFile file = entry.isDirectory() ? null : files.get(node.id());
    FatFile target = file == null ? file(parent, entry) : file;
    target.publish(change);
  }

  private FatFile file(FatDirectory parent, DirectoryEntry entry) {
    FileEntry place =
        new FileEntry(device, context.writer(), context.zone(), directories.node(parent, entry));
    return new FatFile(device, table, context.writer(), place);
  }
}
