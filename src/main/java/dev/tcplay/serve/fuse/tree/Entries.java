package dev.tcplay.serve.fuse.tree;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.tcplay.serve.FileContents;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.DosFileAttributeView;
import java.util.Set;

/** Changes the names of a tree: makes, renames, links and deletes. */
final class Entries {

  /** Flags of renameat2(2). */
  private static final int RENAME_NOREPLACE = 1;

  private final Names names;
  private final Facts facts;
  private final HiddenFiles hidden;
  private final OpenFiles files;
  private final Handles<Listing> directories;

  Entries(
      Names names, Facts facts, HiddenFiles hidden, OpenFiles files, Handles<Listing> directories) {
    this.names = names;
    this.facts = facts;
    this.hidden = hidden;
    this.files = files;
    this.directories = directories;
  }

  void makeDirectory(String path, int mode) throws IOException {
    Files.createDirectory(names.fresh(path), Permissions.initial(names.root(), mode));
  }

  /** vfat says EPERM where no links can be; the kernel, too. */
  void makeLink(String path, String target) throws IOException {
    Path link = names.fresh(path);
    try {
      Files.createSymbolicLink(link, link.getFileSystem().getPath(target));
    } catch (UnsupportedOperationException e) {
      throw new ErrorException(ErrorNumber.EPERM);
    }
  }

  String readLink(String path) throws IOException {
    try {
      return Files.readSymbolicLink(names.existing(path)).toString();
    } catch (UnsupportedOperationException e) {
      throw new ErrorException(ErrorNumber.EINVAL);
    }
  }

  void delete(String path) throws IOException {
    if (!hidden.remove(path)) {
      delete(names.existing(path));
    }
  }

  void deleteDirectory(String path) throws IOException {
    checkUnused(path);
    Path directory = names.existing(path);
    if (!facts.read(directory).isDirectory()) {
      throw new ErrorException(ErrorNumber.ENOTDIR);
    }
    Files.delete(directory);
  }

  /**
   * Refuses to take a directory away in which a program has a file open, though it was deleted.
   * libfuse has no path any more to tell for that file, and jfuse ends this program by reading
   * none.
   */
  private void checkUnused(String directory) throws ErrorException {
    if (files.anyIn(directory) || directories.anyIn(directory)) {
      throw new ErrorException(ErrorNumber.EBUSY);
    }
  }

  void rename(String from, String to, int flags) throws IOException {
    checkUnused(to);
    move(from, to, flags);
    files.renamed(from, to);
    directories.renamed(from, to);
    hidden.renamed(from, to);
  }

  private void move(String from, String to, int flags) throws IOException {
    if ((flags & ~RENAME_NOREPLACE) != 0) {
      // To exchange two names is beyond java.nio.
      throw new ErrorException(ErrorNumber.EINVAL);
    }
    Path source = names.existing(from);
    if (flags == 0 && HiddenFiles.isHidden(to) && hide(source, to)) {
      return;
    }
    Path target = names.fresh(to);
    if (flags != 0) {
      Files.move(source, target);
      return;
    }
    try {
      replace(source, target);
    } catch (AccessDeniedException e) {
      // To replace a file is a right on its directory, as to delete it is.
      if (!allowChanges(target)) {
        throw e;
      }
      replace(source, target);
    }
  }

  private void replace(Path source, Path target) throws IOException {
    checkKinds(source, target);
    try {
      Files.move(
          source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException | UnsupportedOperationException e) {
      Files.move(source, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Only a directory replaces a directory, which not every file system sees to. */
  private void checkKinds(Path source, Path target) throws IOException {
    if (Files.exists(target, NOFOLLOW_LINKS)) {
      boolean isDirectory = facts.read(source).isDirectory();
      if (isDirectory != facts.read(target).isDirectory()) {
        throw new ErrorException(isDirectory ? ErrorNumber.ENOTDIR : ErrorNumber.EISDIR);
      }
    }
  }

  /**
   * Deletes a file that somebody has open, and returns whether its contents can be kept. One that
   * nobody has open was given such a name by its user.
   */
  private boolean hide(Path file, String to) throws IOException {
    FileFacts last = facts.read(file);
    if ((last.mode() & FileFacts.TYPE) != FileFacts.REGULAR || !files.has(last)) {
      return false;
    }
    FileContents contents = openWidely(file);
    boolean deleted = false;
    try {
      delete(file);
      deleted = true;
    } catch (IOException e) {
      // A system that keeps open files in their directories; the other name does for it.
      return false;
    } finally {
      if (!deleted) {
        contents.close();
      }
    }
    hidden.add(to, new HiddenFiles.Hidden(contents, last));
    return true;
  }

  private static FileContents openWidely(Path file) throws IOException {
    try {
      return FileContents.open(file, Set.of(READ, WRITE));
    } catch (AccessDeniedException e) {
      return FileContents.open(file, Set.of(READ));
    }
  }

  private void delete(Path file) throws IOException {
    if (facts.read(file).isDirectory()) {
      throw new ErrorException(ErrorNumber.EISDIR);
    }
    try {
      Files.delete(file);
    } catch (AccessDeniedException e) {
      if (!allowChanges(file)) {
        throw e;
      }
      Files.delete(file);
    } catch (DirectoryNotEmptyException e) {
      throw new ErrorException(ErrorNumber.EISDIR);
    }
  }

  /**
   * Takes away the attribute that forbids to delete a file under Windows, as under Linux nothing
   * does, and returns whether it was there.
   */
  private static boolean allowChanges(Path file) throws IOException {
    DosFileAttributeView dos =
        Files.getFileAttributeView(file, DosFileAttributeView.class, NOFOLLOW_LINKS);
    if (dos == null || !dos.readAttributes().isReadOnly()) {
      return false;
    }
    dos.setReadOnly(false);
    return true;
  }
}
