package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.HttpFailure;
import dev.tcplay.serve.web.Place;
import dev.tcplay.serve.web.Tree;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;

/**
 * A file that becomes another one when it is complete, from beside it; so that nobody ever finds
 * half of one, and whoever reads the old one reads it to its end. A name that is new is tried
 * first, so that nobody sends a file that cannot have it. For one thread.
 */
final class Replacement implements Closeable {

  private final Tree tree;
  private final Path target;
  private final Path path;
  private boolean committed;

  /**
   * Makes the file, empty. Called while nobody else makes files in the tree.
   *
   * @throws IOException if the file system has no such names, or no room for one
   */
  Replacement(Tree tree, Path target) throws IOException {
    this.tree = tree;
    this.target = target;
    this.path = tree.temporary(target);
    boolean made = false;
    try {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        Files.createFile(path);
      } else {
        makeByName();
      }
      made = true;
    } finally {
      if (!made) {
        tree.forget(path);
      }
    }
  }

  /** Only the file system knows its rules for names; clients do not see the file under its own. */
  private void makeByName() throws IOException {
    tree.moved(path, target);
    Files.createFile(target);
    try {
      Files.move(target, path);
    } catch (IOException | RuntimeException e) {
      Files.delete(target);
      throw e;
    }
    tree.moved(target, path);
  }

  /** Returns where the file is to be written, which is there already. */
  Path path() {
    return path;
  }

  /**
   * Puts it in its place.
   *
   * @param old what is there now
   * @throws HttpFailure with 409 if the way there is another one now
   */
  void commit(Place old) throws IOException {
    if (!old.real().equals(target)) {
      throw new HttpFailure(409, "Its directory was moved meanwhile");
    }
    if (old.exists()) {
      keep(old);
    }
    move(path, target);
    committed = true;
    tree.tags().changed(target);
  }

  /** Moves a file, as one change where the file system can do that. */
  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (!committed) {
        discard();
      }
    } finally {
      tree.forget(path);
    }
  }

  /** Removes it, also if it has the attribute of the old file that forbids this on FAT. */
  private void discard() throws IOException {
    Path there = tree.whereIs(path);
    try {
      Files.deleteIfExists(there);
    } catch (AccessDeniedException e) {
      DosFileAttributeView dos = Files.getFileAttributeView(there, DosFileAttributeView.class);
      if (dos == null) {
        throw e;
      }
      dos.setReadOnly(false);
      Files.deleteIfExists(there);
    }
  }

  /** Gives it what stays when the contents of a file change, as far as it can have that. */
  private void keep(Place old) throws IOException {
    Files.getFileAttributeView(path, BasicFileAttributeView.class)
        .setTimes(null, null, old.known().creationTime());
    PosixFileAttributeView posix =
        Files.getFileAttributeView(old.real(), PosixFileAttributeView.class);
    if (posix != null) {
      Files.setPosixFilePermissions(path, posix.readAttributes().permissions());
    }
    int bits = DosBits.of(old.real(), old.known());
    if (bits != DosBits.of(path, old.known())) {
      DosBits.set(path, bits);
    }
  }
}
