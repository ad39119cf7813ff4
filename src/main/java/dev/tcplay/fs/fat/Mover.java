package dev.tcplay.fs.fat;

import dev.tcplay.fs.NameRules;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;

/** Gives files and directories other names, and other places. Safe for any number of threads. */
final class Mover {

  private final TreeContext context;

  Mover(TreeContext context) {
    this.context = context;
  }

  /** Moves a node, as {@link dev.tcplay.fs.MountedVolume#move} says. */
  FatNode move(FatNode node, FatDirectory target, String name, boolean replace) throws IOException {
    context.writer().checkWritable();
    FatDirectory source = node.parent();
    if (source == null) {
      throw new FileSystemException("/", null, "the root directory cannot be moved");
    }
    return context
        .writer()
        .guard()
        .callUnder(
            () -> move(new Move(context, source, target, node), name, replace),
            context.treeLock(),
            source.lock().writeLock(),
            target.lock().writeLock());
  }

  private FatNode move(Move move, String name, boolean replace) throws IOException {
    context.names().check(name);
    DirectoryEntry found = move.targetIndex().find(name);
    boolean isSame = found != null && found.position() == move.entry().position();
    if (isSame && move.entry().name().equals(name)) {
      return context.directories().node(move.source(), move.entry());
    }
    DirectoryEntry existing = isSame ? null : found;
    if (existing != null && !replace) {
      throw new FileAlreadyExistsException(move.target().path(name));
    }
    boolean done = false;
    try {
      FatNode moved = existing == null ? rename(move, name) : replace(move, existing);
      done = true;
      return moved;
    } finally {
      if (!done) {
        move.forget();
      }
    }
  }

  private FatNode rename(Move move, String name) throws IOException {
    // With both names on disk for a moment, the short ones should not be the same.
    FatNode inPlace = move.renameInPlace(stored(move, name, true));
    return inPlace == null ? move.rename(stored(move, name, false)) : inPlace;
  }

  /** Chooses stored names that no entry of the target has, or none but the one that moves. */
  private NewName stored(Move move, String name, boolean exceptOwn) throws IOException {
    NameRules names = context.names();
    String own = names.fold(move.entry().name());
    String ownShort = names.fold(move.entry().shortName());
    boolean mayBeOwn = exceptOwn && move.source() == move.target();
    return context
        .maker()
        .make(
            name,
            candidate -> {
              String folded = names.fold(candidate);
              boolean isOwn = mayBeOwn && (folded.equals(own) || folded.equals(ownShort));
              return !isOwn && move.targetIndex().contains(candidate);
            });
  }

  private FatNode replace(Move move, DirectoryEntry existing) throws IOException {
    TreeContext.checkRemovable(move.target(), existing);
    if (!existing.isDirectory()) {
      return move.replace(existing, null);
    }
    FatDirectory replaced = context.enter(move.target(), existing);
    return context
        .writer()
        .guard()
        .callUnder(
            () -> {
              context.checkEmpty(replaced);
              return move.replace(existing, replaced);
            },
            replaced.lock().writeLock());
  }
}
