package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.HttpFailure;
import dev.tcplay.serve.web.Place;
import dev.tcplay.serve.web.Tree;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
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

  /**
   * Makes the file, empty. Called while nobody else makes files in the tree.
   *
   * @throws IOException if the file system has no such names, or no room for one
   */
  Replacement(Tree tree, Path target) throws IOException {
    this.tree = tree;
    this.target = target;
    this.path = tree.hidden().beside(target);
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
        tree.hidden().forget(path);
      }
    }
  }

  /** Only the file system knows its rules for names; clients do not see the file under its own. */
  private void makeByName() throws IOException {
    tree.hidden()
        .asOne(
            () -> {
              Files.createFile(target);
              try {
                Files.move(target, path);
              } catch (IOException | RuntimeException | Error e) {
                try {
                  Files.delete(target);
                } catch (IOException stays) {
                  e.addSuppressed(stays);
                }
                throw e;
              }
            });
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
    tree.hidden().move(path, target);
    tree.tags().changed(target);
  }

  /** Removes what did not get its place. */
  @Override
  public void close() throws IOException {
    // Its directory stays where it is meanwhile.
    tree.hidden()
        .asOne(
            () -> {
              try {
                TreeWork.discard(tree.hidden().whereIs(path));
              } finally {
                tree.hidden().forget(path);
              }
            });
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
