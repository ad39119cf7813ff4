package dev.tcplay.serve.fuse.tree;

import static dev.tcplay.serve.fuse.tree.Answers.answer;
import static dev.tcplay.serve.fuse.tree.Answers.done;

import dev.tcplay.serve.ServedTree;
import dev.tcplay.serve.Space;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A tree of files as the kernel sees it through FUSE: each method is one request. Paths are
 * absolute and divided by slashes. Each method returns 0 or more if it has done what it is for,
 * else an {@link ErrorNumber} below zero, and never throws. Safe for several threads.
 *
 * <p>What the kernel refuses by itself is not asked here: names too long for it, changes of a mount
 * that is read-only, permissions.
 */
public final class FuseTree implements Closeable {

  private final boolean readOnly;
  private final boolean hasInodes;
  private final Names names;
  private final Facts facts;
  private final HiddenFiles hidden = new HiddenFiles();
  private final Entries entries;
  private final OpenFiles files;
  private final Handles<Listing> directories = new Handles<>();

  private FuseTree(boolean readOnly, boolean hasInodes, Names names, Facts facts) {
    this.readOnly = readOnly;
    this.hasInodes = hasInodes;
    this.names = names;
    this.facts = facts;
    this.files = new OpenFiles(names, facts, hidden);
    this.entries = new Entries(names, facts, hidden, files, directories);
  }

  /**
   * Takes a directory and looks at what its file system tells of files.
   *
   * @throws IOException if there is no such directory
   */
  public static FuseTree of(Path root, TreeOptions options) throws IOException {
    Path real = ServedTree.root(root);
    boolean readOnly = options.readOnly() || ServedTree.isReadOnly(real);
    boolean isUnix = UnixFacts.has(real);
    return new FuseTree(
        readOnly,
        isUnix || PlainFacts.haveKeys(real),
        new Names(real),
        isUnix
            ? new UnixFacts()
            : PlainFacts.of(real, options, Space.blockSize(Files.getFileStore(real))));
  }

  /** Returns whether nothing can be changed. */
  public boolean isReadOnly() {
    return readOnly;
  }

  /** Returns whether the numbers in {@link FileFacts#inode} tell files apart. */
  public boolean hasInodes() {
    return hasInodes;
  }

  /** Returns how many files are open. */
  public int openFiles() {
    return files.size();
  }

  /** Tells of a file. */
  public int getattr(String path, Consumer<FileFacts> to) {
    return answer(
        () -> {
          HiddenFiles.Hidden nameless = hidden.get(path);
          to.accept(nameless == null ? facts.read(names.existing(path)) : nameless.facts());
          return 0;
        });
  }

  /** Sets permissions; a type in the mode does not count. */
  public int chmod(String path, int mode) {
    return done(
        () -> {
          if (hidden.get(path) == null) {
            facts.chmod(names.existing(path), mode & ~FileFacts.TYPE);
          }
        });
  }

  /** Sets owner and group; -1: it stays. */
  public int chown(String path, int uid, int gid) {
    return done(
        () -> {
          if (hidden.get(path) == null) {
            facts.chown(names.existing(path), uid, gid);
          }
        });
  }

  /** Sets times; null: it stays. */
  public int utimens(String path, @Nullable Instant accessed, @Nullable Instant modified) {
    return done(
        () -> {
          HiddenFiles.Hidden nameless = hidden.get(path);
          if (nameless != null) {
            nameless.setTimes(accessed, modified);
            return;
          }
          facts.setTimes(names.existing(path), accessed, modified);
        });
  }

  /** Reads a link's target. */
  public int readlink(String path, Consumer<String> to) {
    return done(() -> to.accept(entries.readLink(path)));
  }

  /** Makes a link. */
  public int symlink(String target, String path) {
    return done(() -> entries.makeLink(path, target));
  }

  /** Makes a directory. */
  public int mkdir(String path, int mode) {
    return done(() -> entries.makeDirectory(path, mode));
  }

  /** Deletes an empty directory; EBUSY while a program has a file open that was in it. */
  public int rmdir(String path) {
    return done(() -> entries.deleteDirectory(path));
  }

  /** Deletes what is no directory. */
  public int unlink(String path) {
    return done(() -> entries.delete(path));
  }

  /** Renames; of the flags of renameat2(2) only RENAME_NOREPLACE can be. */
  public int rename(String from, String to, int flags) {
    return done(() -> entries.rename(from, to, flags));
  }

  /** Opens a file and tells by which number it is known from now on. */
  public int open(String path, Set<StandardOpenOption> flags, LongConsumer handle) {
    return done(() -> handle.accept(files.open(path, flags)));
  }

  /** Makes a file and opens it, as {@link #open}. */
  public int create(String path, int mode, Set<StandardOpenOption> flags, LongConsumer handle) {
    return done(() -> handle.accept(files.create(path, mode, flags)));
  }

  /** Reads until the buffer is full or the file ends; returns how many bytes it was. */
  public int read(long handle, ByteBuffer into, long position) {
    return answer(() -> files.read(handle, into, position));
  }

  /** Writes the buffer; returns how many bytes it was. */
  public int write(long handle, ByteBuffer from, long position) {
    return answer(() -> files.write(handle, from, position));
  }

  /**
   * Sets a file's size.
   *
   * @param handle 0: it is not open
   */
  public int truncate(String path, long handle, long size) {
    return done(
        () -> {
          if (handle == 0) {
            files.resize(path, size);
          } else {
            files.resize(handle, size);
          }
        });
  }

  /** A program has closed a file: nothing to do, since all it wrote is in the file system. */
  public int flush(long handle) {
    return done(() -> files.check(handle));
  }

  /** Has a file's contents reach the storage, and if asked for, what else there is of it. */
  public int fsync(long handle, boolean metadata) {
    return done(() -> files.force(handle, metadata));
  }

  /** Nobody has a file open any more. */
  public int release(long handle) {
    return done(() -> files.close(handle));
  }

  /** Opens a directory, as {@link #open}. */
  public int opendir(String path, LongConsumer handle) {
    return done(() -> handle.accept(directories.add(path, new Listing(names, facts))));
  }

  /** Hands out entries of a directory from a place on. */
  public int readdir(String path, long handle, long offset, EntrySink to) {
    return done(() -> directories.get(handle).read(path, offset, to));
  }

  /** Has the entries of a directory reach the storage. */
  public int fsyncdir(@Nullable String path) {
    return done(
        () -> {
          if (path != null) {
            files.forceDirectory(path);
          }
        });
  }

  /** Nobody has a directory open any more. */
  public int releasedir(long handle) {
    return done(() -> directories.remove(handle));
  }

  /** Tells how large the file store is, and how much is free. */
  public int statfs(Consumer<Space> to) {
    return done(() -> to.accept(Space.of(Files.getFileStore(names.root()))));
  }

  /** Closes what is open: after the kernel has gone. */
  @Override
  public void close() throws IOException {
    try {
      files.close();
    } finally {
      hidden.close();
    }
  }

  /** Returns the error below zero for something that was thrown. */
  public static int failure(Throwable thrown) {
    return Answers.failure(thrown);
  }
}
