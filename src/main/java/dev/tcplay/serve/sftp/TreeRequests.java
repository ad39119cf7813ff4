package dev.tcplay.serve.sftp;

import dev.tcplay.serve.Space;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What clients ask of a tree by names. Safe for several threads. */
final class TreeRequests {

  private final Tree tree;
  private final Facts facts;

  TreeRequests(Tree tree) {
    this.tree = tree;
    this.facts = new Facts(tree.isReadOnly());
  }

  /** Opens a file, as {@link FileOpening#open} says. */
  OpenFile open(String name, int how, int access, Map<String, ?> wanted) throws IOException {
    return FileOpening.open(tree, name, how, access, wanted);
  }

  Listing list(String name) throws IOException {
    return tree.use(() -> Listing.open(tree.target(name)));
  }

  Map<String, Object> facts(String name, boolean follow) throws IOException {
    return tree.use(() -> facts.read(follow ? tree.target(name) : tree.entry(name)));
  }

  /** Returns the attributes of an entry that was listed. */
  Map<String, Object> facts(Listing.Entry entry) throws IOException {
    return tree.use(
        () -> {
          tree.checkStillInside(entry.directory());
          return facts.read(entry.path());
        });
  }

  /**
   * Returns the attributes of an open file, of which nothing but the size is sure once it moved.
   */
  Map<String, Object> facts(OpenFile file) throws IOException {
    Map<String, Object> found = new HashMap<>(tree.use(() -> factsAtPath(file)));
    found.put("isRegularFile", true);
    found.put("size", file.size());
    return found;
  }

  private Map<String, Object> factsAtPath(OpenFile file) throws IOException {
    try {
      if (isAtItsPath(file)) {
        return facts.read(file.path());
      }
    } catch (NoSuchFileException e) {
      // It was deleted or moved.
    }
    return Map.of();
  }

  private boolean isAtItsPath(OpenFile file) throws IOException {
    tree.checkStillInside(file.path());
    return file.isAtItsPath();
  }

  void set(String name, Map<String, ?> wanted, boolean follow) throws IOException {
    tree.modify(
        () -> {
          Path path = follow ? tree.target(name) : tree.entry(name);
          if (wanted.get("size") instanceof Long size) {
            FileOpening.checkFile(path);
            try (OpenFile file = OpenFile.open(path, Set.of(StandardOpenOption.WRITE), false)) {
              file.resize(size);
            }
          }
          Facts.write(path, wanted, follow);
        });
  }

  void set(OpenFile file, Map<String, ?> wanted) throws IOException {
    tree.modify(
        () -> {
          if (wanted.get("size") instanceof Long size) {
            file.resize(size);
          }
          if (isAtItsPath(file)) {
            Facts.write(file.path(), wanted, true);
          }
        });
  }

  void makeDirectory(String name, Map<String, ?> wanted) throws IOException {
    tree.modify(
        () -> {
          Path path = tree.entry(name);
          Files.createDirectory(path, Facts.ofNew(path, wanted));
        });
  }

  void remove(String name, boolean directory) throws IOException {
    tree.change(
        () -> {
          Path path = tree.entryBelowRoot(name);
          if (directory != Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            if (directory) {
              throw Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                  ? new NotDirectoryException("")
                  : new NoSuchFileException("");
            }
            throw new FileSystemException("", null, "Is a directory");
          }
          Files.delete(path);
        });
  }

  /**
   * Renames a file or directory.
   *
   * @param replace whether to replace what has the new name, in one step where the file system can
   */
  void rename(String from, String to, boolean replace) throws IOException {
    tree.change(
        () -> {
          Path old = tree.entryBelowRoot(from);
          Path wanted = tree.entryBelowRoot(to);
          if (!replace) {
            Files.move(old, wanted);
            return;
          }
          CopyOption replacing = StandardCopyOption.REPLACE_EXISTING;
          try {
            Files.move(old, wanted, StandardCopyOption.ATOMIC_MOVE, replacing);
          } catch (AtomicMoveNotSupportedException e) {
            Files.move(old, wanted, replacing);
          }
        });
  }

  /** Makes a symbolic link, which may lead nowhere, but not out. */
  void link(String name, String text) throws IOException {
    tree.change(
        () -> {
          Path link = tree.entryBelowRoot(name);
          Files.createSymbolicLink(link, tree.linkText(link, text));
        });
  }

  void hardLink(String name, String existing) throws IOException {
    tree.change(
        () -> {
          Path file = tree.target(existing);
          FileOpening.checkFile(file);
          Files.createLink(tree.entryBelowRoot(name), file);
        });
  }

  String linkText(String name) throws IOException {
    return tree.use(() -> tree.shownLink(Files.readSymbolicLink(tree.entry(name))));
  }

  /** Returns the name of a path from the root, without links; what is not there keeps its name. */
  String realName(String name) throws IOException {
    return tree.use(
        () -> {
          Path entry = tree.entry(name);
          try {
            return tree.shown(tree.target(name).toRealPath());
          } catch (NoSuchFileException e) {
            return tree.shown(entry);
          }
        });
  }

  /** Returns the space of where a name is. */
  SpaceReply space(String name) throws IOException {
    return tree.use(() -> space(tree.target(name)));
  }

  SpaceReply space(OpenFile file) throws IOException {
    return tree.use(
        () -> {
          tree.checkStillInside(file.path());
          return space(file.path());
        });
  }

  private SpaceReply space(Path path) throws IOException {
    FileStore store = Files.getFileStore(path);
    return new SpaceReply(Space.of(store), tree.isReadOnly() || store.isReadOnly());
  }
}
