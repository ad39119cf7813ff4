package dev.tcplay.serve.webdav;

import dev.tcplay.serve.web.HttpFailure;
import dev.tcplay.serve.web.Place;
import dev.tcplay.serve.web.Tree;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Copies and removes whole trees, as far as that goes. For one thread. */
final class TreeWork {

  private final Tree tree;
  private final Failures failures;
  private final boolean hasPermissions;

  /** The directories that are being copied, one in the other, and the copy. */
  private final Set<Path> underWay = new HashSet<>();

  /**
   * Begins.
   *
   * @param tree the tree they are in
   * @param failures takes what fails
   */
  TreeWork(Tree tree, Failures failures) {
    this.tree = tree;
    this.failures = failures;
    this.hasPermissions =
        Files.getFileAttributeView(tree.root(), PosixFileAttributeView.class) != null;
  }

  /**
   * Copies a file, or a directory and, if it is wanted, what is in it. A link in it that leads back
   * to where it is, or to the copy, is a failure: there would be no end.
   *
   * @param isCutOff asked before each file whether to give up
   */
  void copy(Place from, Path to, boolean deep, BooleanSupplier isCutOff) {
    underWay.add(to);
    copyInto(from, to, deep, isCutOff);
    underWay.clear();
  }

  private void copyInto(Place from, Path to, boolean deep, BooleanSupplier isCutOff) {
    if (failures.areFinal()) {
      return;
    }
    try {
      if (isCutOff.getAsBoolean()) {
        throw new HttpFailure(503, "The server ends");
      }
      if (!from.isDirectory()) {
        Files.copy(from.real(), to, StandardCopyOption.COPY_ATTRIBUTES);
        tree.tags().changed(to);
        return;
      }
      if (!underWay.add(from.real())) {
        throw new FileSystemLoopException(from.path().toString());
      }
      try {
        Files.createDirectory(to);
        if (deep) {
          tree.list(
              from.real(),
              new Tree.Visitor() {
                @Override
                public void visit(Place entry) {
                  copyInto(entry, to.resolve(entry.path().getFileName()), true, isCutOff);
                }

                @Override
                public void failed(Path entry, IOException failure) {
                  failures.add(to.resolve(entry.getFileName()), failure);
                }
              });
        }
      } finally {
        underWay.remove(from.real());
      }
    } catch (NoSuchFileException e) {
      // What vanishes while its directory is copied is left out.
      if (underWay.size() == 1 || Files.exists(from.real(), LinkOption.NOFOLLOW_LINKS)) {
        failures.add(to, e);
      }
    } catch (IOException | RuntimeException e) {
      failures.add(to, e);
    }
  }

  /** Removes a file, if it is there, also one with the attribute that forbids this on FAT. */
  static void discard(Path file) throws IOException {
    try {
      Files.deleteIfExists(file);
    } catch (AccessDeniedException e) {
      DosFileAttributeView dos = Files.getFileAttributeView(file, DosFileAttributeView.class);
      if (dos == null) {
        throw e;
      }
      dos.setReadOnly(false);
      Files.deleteIfExists(file);
    }
  }

  /**
   * Removes a hidden file or directory with all that is in it, wherever it is by now, also what has
   * the attribute that forbids this on FAT; it is hidden no longer.
   */
  void removeHidden(Path hidden) {
    Path there;
    do {
      there = tree.hidden().whereIs(hidden);
      remove(there, true);
    } while (!there.equals(tree.hidden().whereIs(hidden)));
    tree.hidden().forget(hidden);
  }

  /** Removes a file or a link, or a directory and what is in it. */
  void remove(Path file) {
    remove(file, false);
  }

  private void remove(Path file, boolean evenProtected) {
    try {
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(file)) {
          entries.forEach(entry -> remove(entry, evenProtected));
        } catch (DirectoryIteratorException e) {
          throw e.getCause();
        }
      }
      if (evenProtected) {
        discard(file);
      } else {
        Files.delete(file);
      }
    } catch (NoSuchFileException e) {
      // Somebody else was faster.
    } catch (DirectoryNotEmptyException e) {
      // Those in it that stay tell why.
      if (failures.isEmpty()) {
        failures.add(file, e);
      }
    } catch (IOException | RuntimeException e) {
      failures.add(file, e);
    }
  }

  /**
   * Looks for what {@link #remove} could not remove, so that nothing need be begun: what has the
   * attribute read-only, or, where there are permissions, what is in a directory that may not be
   * written to.
   */
  void checkRemoval(Path file) {
    try {
      if (isProtected(file)) {
        failures.add(file, new AccessDeniedException(file.toString()));
      } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(file)) {
          entries.forEach(this::checkRemoval);
        } catch (DirectoryIteratorException e) {
          throw e.getCause();
        }
      }
    } catch (NoSuchFileException e) {
      // Somebody else was faster.
    } catch (IOException | RuntimeException e) {
      failures.add(file, e);
    }
  }

  private boolean isProtected(Path file) throws IOException {
    Path directory = file.getParent();
    if (hasPermissions) {
      return directory != null && !Files.isWritable(directory);
    }
    DosFileAttributeView dos =
        Files.getFileAttributeView(file, DosFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    return dos != null && dos.readAttributes().isReadOnly();
  }
}
