package dev.tcplay.fs.exfat;

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
import java.util.Optional;

/** Opens the files of a mounted volume, and reads and changes the attributes of its nodes. */
final class FileNodes {

  private final TreeContext context;
  private final Directories directories;
  private final OpenFiles<ExFatFile> files;

  FileNodes(TreeContext context) {
    this.context = context;
    this.directories = context.directories();
    this.files = context.files();
  }

  /** Returns what is so now, which a file that is open knows better than its entry. */
  NodeAttributes attributes(ExFatNode node) throws IOException {
    ExFatDirectory parent = node.parent();
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
      ExFatFile file = node.isDirectory() ? null : files.get(node.id());
      NodeAttributes onDisk = directories.upToDate(node, changes).set().view(context.zone());
      NodeAttributes now = file == null || !file.isKnown() ? onDisk : file.current(onDisk);
      if (parent.changes() == changes) {
        return now;
      }
    }
  }

  /** Opens a file, as {@link dev.tcplay.fs.MountedVolume#open} says. */
  OpenNode open(ExFatNode node, ExFatVolume volume) throws IOException {
    ExFatDirectory parent = node.parent();
    if (parent == null || node.isDirectory()) {
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

  private FileHandle handle(ExFatVolume volume, ExFatFile file) throws IOException {
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

  /** Changes attributes; called without a lock. */
  void change(ExFatNode node, ExFatDirectory parent, AttributeChange change) throws IOException {
    Optional<DirectoryEntry> straddling = changeUnlessStraddling(node, parent, change);
    if (straddling.isPresent()) {
      context.relocate(parent, straddling.get());
      ExFatNode now = directories.lookup(parent, straddling.get().name());
      if (now == null
          || now.id() != node.id()
          || changeUnlessStraddling(now, parent, change).isPresent()) {
        throw new NoSuchFileException(node.path());
      }
    }
  }

  private Optional<DirectoryEntry> changeUnlessStraddling(
      ExFatNode node, ExFatDirectory parent, AttributeChange change) throws IOException {
    return context
        .writer()
        .guard()
        .callUnder(
            () -> {
              DirectoryEntry entry = directories.current(node);
              if (DirectorySlots.straddles(entry.position())) {
                return Optional.of(entry);
              }
              ExFatFile file = entry.isDirectory() ? null : files.get(node.id());
              ExFatFile target = file == null ? file(parent, entry) : file;
              target.publish(change);
              return Optional.empty();
            },
            parent.lock().writeLock());
  }

  private ExFatFile file(ExFatDirectory parent, DirectoryEntry entry) {
    return new ExFatFile(context, new FileEntry(context, directories.node(parent, entry)));
  }
}
