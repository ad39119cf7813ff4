package dev.tcplay.fs.fat;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.tree.TreeFiles;
import java.io.IOException;
import java.nio.file.attribute.FileTime;

/** Opens the files of a mounted volume, and reads and changes the attributes of its nodes. */
final class FileNodes extends TreeFiles<FatDirectory, DirectoryEntry, FatNode, FatFile> {

  private final TreeContext context;

  FileNodes(TreeContext context) {
    super(context.directories(), context.files(), context.zone());
    this.context = context;
  }

  @Override
  protected FatFile file(FatNode node) {
    return new FatFile(context, new FileEntry(context, node));
  }

  @Override
  protected FileTime stored(FileTime time) {
    return context.stored(time);
  }

  @Override
  protected void change(FatNode node, FatDirectory parent, AttributeChange change)
      throws IOException {
    context
        .writer()
        .guard()
        .runUnder(
            () -> change(node, parent, context.directories().current(node), change),
            parent.lock().writeLock());
  }
}
