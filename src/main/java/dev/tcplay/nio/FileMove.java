package dev.tcplay.nio;

import dev.tcplay.fs.Feature;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.Node;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Moves files, links and directories: by a new name in one volume, by copy and deletion to another.
 */
final class FileMove {

  private final TcplayPath source;
  private final TcplayPath target;
  private final CopyOptions options;

  private FileMove(TcplayPath source, TcplayPath target, CopyOptions options) {
    this.source = source;
    this.target = target;
    this.options = options;
  }

  /**
   * Moves a file or directory.
   *
   * @throws FileAlreadyExistsException if the target exists and is not to be replaced
   * @throws DirectoryNotEmptyException if it is to be replaced and has entries, or if a directory
   *     with entries would go to another volume
   * @throws AtomicMoveNotSupportedException if the target is on another volume
   * @throws FileSystemException if the source is the root or ends in dots, or a directory that
   *     would come to lie in itself
   */
  static void move(TcplayPath source, TcplayPath target, CopyOptions options) throws IOException {
    FileMove move = new FileMove(source, target, options);
    if (source.getFileSystem() == target.getFileSystem()) {
      source.getFileSystem().access().change(source, target, move::renameNamingBoth);
    } else {
      move.moveAcross();
    }
  }

  /** The default file system names both paths, but where it looks at the source alone. */
  private void renameNamingBoth(MountedVolume volume) throws IOException {
    try {
      rename(volume);
    } catch (BelowFileException e) {
      boolean ofSource = source.toString().equals(e.getFile());
      throw ofSource && !options.atomic() ? e : failure(e.getReason());
    }
  }

  private void rename(MountedVolume volume) throws IOException {
    Node node = NodeFinder.find(volume, source, false);
    Optional<Node> there = NodeFinder.findIfExists(volume, target, false);
    boolean same = there.isPresent() && there.get().id() == node.id();
    if (same && !isOtherSpelling(volume, node)) {
      return;
    }
    if (there.isPresent() && !same) {
      checkReplaceable(node, there.get());
    }
    if (node.id() == volume.root().id()) {
      throw failure("the root directory cannot be moved");
    }
    Deletion.requireName(source, target, ".", "..");
    NodeFinder.Place place = place(volume);
    volume.move(node, place.directory(), place.name(), options.replace() && !same);
  }

  /** An atomic move replaces only what is of the same kind, as on the default file system. */
  private void checkReplaceable(Node node, Node there) throws IOException {
    if (!options.replace()) {
      throw new FileAlreadyExistsException(target.toString());
    }
    if (options.atomic() && node.isDirectory() != there.isDirectory()) {
      throw failure(there.isDirectory() ? "Is a directory" : "Not a directory");
    }
  }

  private NodeFinder.Place place(MountedVolume volume) throws IOException {
    try {
      return NodeFinder.place(volume, target, false);
    } catch (MissingException e) {
      throw new MissingException(
          source.toString(), target.toString(), "the target's directory is missing");
    }
  }

  private FileSystemException failure(@Nullable String reason) {
    return new FileSystemException(source.toString(), target.toString(), reason);
  }

  /** Returns whether the target calls the same file by a name that is written differently. */
  private boolean isOtherSpelling(MountedVolume volume, Node node) throws IOException {
    TcplayPath name = target.getFileName();
    return name != null
        && TcplayPath.isName(name.toString())
        && !name.toString().equals(volume.name(node))
        && !(volume.features().contains(Feature.HARD_LINK) && isOtherName(volume, node));
  }

  /** Returns whether the target is another one of the names of the file: it stays then. */
  private boolean isOtherName(MountedVolume volume, Node node) throws IOException {
    Node from = NodeFinder.place(volume, source, false).directory();
    NodeFinder.Place to = place(volume);
    NameRules rules = volume.names(from);
    return from.id() != to.directory().id()
        || !rules.fold(volume.name(node)).equals(rules.fold(to.name()));
  }

  private void moveAcross() throws IOException {
    if (options.atomic()) {
      throw new AtomicMoveNotSupportedException(
          source.toString(), target.toString(), "they are on two volumes");
    }
    source.getFileSystem().access().change(source, target, this::checkDeletable);
    target.getFileSystem().access().change(target, null, volume -> {});
    try (CopySource original = CopySource.open(source, false)) {
      original.checkKind(target);
      original.clear(target, options.replace());
      Node copy = FileCopy.make(original, target, true);
      try {
        Deletion.delete(source, original.node());
      } catch (Throwable e) {
        NewNodes.remove(target, copy, e);
        throw e;
      }
    }
  }

  /** Finds out before anything is copied what would keep the source from being deleted. */
  private void checkDeletable(MountedVolume volume) throws IOException {
    Node node = NodeFinder.find(volume, source, false);
    if (node.id() == volume.root().id()) {
      throw failure("the root directory cannot be moved");
    }
    Deletion.requireName(source, target, ".", "..");
    if (node.isDirectory()) {
      if (volume.list(node).next() != null) {
        throw new DirectoryNotEmptyException(source.toString());
      }
    } else if (volume.attributes(node).isReadOnly()) {
      throw new AccessDeniedException(
          source.toString(), target.toString(), "the file is read-only");
    }
  }
}
