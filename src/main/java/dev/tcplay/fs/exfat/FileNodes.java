package dev.tcplay.fs.exfat;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.tree.TreeFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

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
  protected void change(ExFatNode node, ExFatDirectory parent, AttributeChange change)
      throws IOException {
    DirectoryEntry straddling = changeUnlessStraddling(node, parent, change);
    if (straddling != null) {
      context.relocate(parent, straddling);
      ExFatNode now = context.directories().lookup(parent, straddling.name());
      if (now == null
          || now.id() != node.id()
          || changeUnlessStraddling(now, parent, change) != null) {
        throw new NoSuchFileException(node.path());
      }
    }
  }

  private @Nullable DirectoryEntry changeUnlessStraddling(
      ExFatNode node, ExFatDirectory parent, AttributeChange change) throws IOException {
    return context
        .writer()
        .guard()
        .callUnder(
            () -> {
              DirectoryEntry entry = context.directories().current(node);
              if (DirectorySlots.straddles(entry.position())) {
                return entry;
              }
              change(node, parent, entry, change);
              return null;
            },
            parent.lock().writeLock());
  }
}
