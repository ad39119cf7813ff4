package dev.tcplay.fs.exfat;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.tree.TreeFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/** Opens the files of a mounted volume, and reads and changes the attributes of its nodes. */
final class FileNodes extends TreeFiles<ExFatDirectory, DirectoryEntry, ExFatNode, ExFatFile> {

  private final TreeContext context;

  FileNodes(TreeContext context) {
    super(context.directories(), context.files(), context.zone());
    this.context = context;
  }

  @Override
  protected ExFatFile file(ExFatNode node) {
    return new ExFatFile(context, new FileEntry(context, node));
  }

  @Override
  protected FileTime stored(FileTime time) {
    return context.stored(time);
  }

  @Override
  protected void change(ExFatNode node, ExFatDirectory parent, AttributeChange change)
      throws IOException {
    Optional<DirectoryEntry> straddling = changeUnlessStraddling(node, parent, change);
    if (straddling.isPresent()) {
      context.relocate(parent, straddling.get());
      ExFatNode now = context.directories().lookup(parent, straddling.get().name());
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
              DirectoryEntry entry = context.directories().current(node);
              if (DirectorySlots.straddles(entry.position())) {
                return Optional.of(entry);
              }
              change(node, parent, entry, change);
              return Optional.empty();
            },
            parent.lock().writeLock());
  }
}
