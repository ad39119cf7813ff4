package dev.tcplay.fs.exfat;

import dev.tcplay.fs.cluster.ChangeGuard;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** Gives files and directories other names, and other places. Safe for any number of threads. */
final class Mover {

  private final TreeContext context;

  Mover(TreeContext context) {
    this.context = context;
  }

  /** Moves a node, as {@link dev.tcplay.fs.MountedVolume#move} says. */
  ExFatNode move(ExFatNode node, ExFatDirectory target, String name, boolean replace)
      throws IOException {
    context.writer().checkWritable();
    ExFatDirectory source = node.parent();
    if (source == null) {
      throw new FileSystemException("/", null, "the root directory cannot be moved");
    }
    context.prepare(target);
    DirectoryEntry straddling = replace ? straddlingTarget(target, name) : null;
    if (straddling != null) {
      relocate(target, straddling);
    }
    return locked(
        source, target, () -> move(new Move(context, source, target, node), name, replace));
  }

  /** Returns the entry that is to be replaced, if its set cannot be rewritten where it lies. */
  private @Nullable DirectoryEntry straddlingTarget(ExFatDirectory target, String name)
      throws IOException {
    ExFatNode found = context.directories().lookup(target, name);
    DirectoryEntry entry = found == null ? null : found.entry();
    return entry != null && DirectorySlots.straddles(entry.position()) ? entry : null;
  }

  private <T> T locked(ExFatDirectory source, ExFatDirectory target, ChangeGuard.Call<T> call)
      throws IOException {
    return context
        .writer()
        .guard()
        .callUnder(
            () -> DirectoryLocks.callUnderBoth(context, source, target, call), context.treeLock());
  }

  private ExFatNode move(Move move, String name, boolean replace) throws IOException {
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
    return whole(move, () -> existing == null ? rename(move, name) : replace(move, existing));
  }

  /** Makes the change; if it fails, what is known of the directories may not be what is there. */
  private static ExFatNode whole(Move move, ChangeGuard.Call<ExFatNode> call) throws IOException {
    boolean done = false;
    try {
      ExFatNode moved = call.run();
      done = true;
      return moved;
    } finally {
      if (!done) {
        move.forget();
      }
    }
  }

  private static ExFatNode rename(Move move, String name) throws IOException {
    ExFatNode inPlace = move.renameInPlace(name);
    return inPlace == null ? move.rename(name) : inPlace;
  }

  /** Puts a set to another place, under its own name; called without a lock. */
  void relocate(ExFatDirectory directory, DirectoryEntry entry) throws IOException {
    context.prepare(directory);
    ExFatNode node = context.directories().node(directory, entry);
    locked(
        directory,
        directory,
        () -> {
          DirectoryEntry now =
              directory.isRemoved()
                  ? null
                  : context.directories().index(directory).at(entry.firstSlot());
          if (now != null && now.name().equals(entry.name())) {
            Move move = new Move(context, directory, directory, node);
            whole(move, () -> move.rename(entry.name()));
          }
          return node;
        });
  }

  private ExFatNode replace(Move move, DirectoryEntry existing) throws IOException {
    TreeContext.checkRemovable(move.target(), existing);
    if (!existing.isDirectory()) {
      return move.replace(existing, null);
    }
    ExFatDirectory replaced = context.enter(move.target(), existing);
    if (move.source().isIn(replaced)) {
      throw new DirectoryNotEmptyException(replaced.path());
    }
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
