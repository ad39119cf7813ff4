package dev.tcplay.serve.fuse.tree;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.tcplay.serve.FileContents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The files that programs have open, and what they do with their bytes. */
final class OpenFiles {

  private final Names names;
  private final Facts facts;
  private final HiddenFiles hidden;
  private final Handles<OpenFile> files = new Handles<>();

  /** What the kernel does not pass on: it asks to release a file, and takes no error. */
  private final AtomicReference<@Nullable IOException> lost = new AtomicReference<>();

  OpenFiles(Names names, Facts facts, HiddenFiles hidden) {
    this.names = names;
    this.facts = facts;
    this.hidden = hidden;
  }

  /**
   * Opens a file that is there, as the kernel has found out.
   *
   * @param flags READ, WRITE, APPEND, TRUNCATE_EXISTING, SYNC and DSYNC count
   */
  long open(String path, Set<StandardOpenOption> flags) throws IOException {
    boolean append = flags.contains(APPEND);
    HiddenFiles.Hidden nameless = hidden.get(path);
    if (nameless != null) {
      // By way of /proc/PID/fd.
      if (flags.contains(TRUNCATE_EXISTING)) {
        nameless.contents().resize(0);
      }
      return files.add(
          path, new OpenFile(nameless.contents(), append, true, nameless.facts().inode()));
    }
    Path file = names.existing(path);
    return add(path, file, FileContents.open(file, options(flags)), append);
  }

  /** Makes a file and opens it; one that somebody else has made meanwhile unless it must be new. */
  long create(String path, int mode, Set<StandardOpenOption> flags) throws IOException {
    Path file = names.fresh(path);
    Set<StandardOpenOption> options = options(flags);
    if (!options.contains(WRITE)) {
      // NIO makes files for those who write.
      FileContents.open(file, Set.of(WRITE, making(flags)), Permissions.initial(names.root(), mode))
          .close();
    } else {
      options.add(making(flags));
    }
    FileContents contents =
        FileContents.open(file, options, Permissions.initial(names.root(), mode));
    return add(path, file, contents, flags.contains(APPEND));
  }

  private long add(String path, Path file, FileContents contents, boolean append)
      throws IOException {
    try {
      return files.add(path, new OpenFile(contents, append, false, facts.read(file).inode()));
    } catch (IOException e) {
      // It was deleted at once.
      contents.close();
      throw e;
    }
  }

  /** Returns whether somebody has a file open. */
  boolean has(FileFacts file) {
    return files.any(open -> open.inode() == file.inode());
  }

  boolean anyIn(String directory) {
    return files.anyIn(directory);
  }

  void renamed(String from, String to) {
    files.renamed(from, to);
  }

  private static StandardOpenOption making(Set<StandardOpenOption> flags) {
    return flags.contains(CREATE_NEW) ? CREATE_NEW : CREATE;
  }

  /** Who appends reads, too, for the end of the file is looked for at each write. */
  private static Set<StandardOpenOption> options(Set<StandardOpenOption> flags) {
    Set<StandardOpenOption> options = EnumSet.noneOf(StandardOpenOption.class);
    options.addAll(flags);
    options.removeAll(Set.of(APPEND, CREATE, CREATE_NEW));
    if (options.contains(TRUNCATE_EXISTING)) {
      options.add(WRITE);
    }
    if (options.isEmpty()) {
      options.add(READ);
    }
    return options;
  }

  int read(long handle, ByteBuffer into, long position) throws IOException {
    return files.get(handle).contents().read(into, position);
  }

  int write(long handle, ByteBuffer from, long position) throws IOException {
    return files.get(handle).write(from, position);
  }

  void resize(long handle, long size) throws IOException {
    files.get(handle).contents().resize(size);
  }

  void resize(String path, long size) throws IOException {
    HiddenFiles.Hidden nameless = hidden.get(path);
    if (nameless != null) {
      nameless.contents().resize(size);
      return;
    }
    FileContents contents = FileContents.open(names.existing(path), Set.of(WRITE));
    try {
      contents.resize(size);
    } finally {
      contents.close();
    }
  }

  void force(long handle, boolean metadata) throws IOException {
    boolean unused = files.get(handle).contents().force(metadata);
  }

  /** Most file systems open a directory for this alone; the others have no other way. */
  void forceDirectory(String path) throws IOException {
    FileContents directory;
    try {
      directory = FileContents.open(names.existing(path), Set.of(READ));
    } catch (IOException | UnsupportedOperationException e) {
      if (!Files.isDirectory(names.existing(path))) {
        throw e;
      }
      return;
    }
    try {
      boolean unused = directory.force(true);
    } finally {
      directory.close();
    }
  }

  void check(long handle) throws IOException {
    files.get(handle);
  }

  void close(long handle) throws IOException {
    OpenFile file = files.remove(handle);
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        lost.compareAndSet(null, e);
        throw e;
      }
    }
  }

  int size() {
    return files.size();
  }

  /**
   * Closes all that are left.
   *
   * @throws IOException if one cannot be closed, or could not be when its program left it
   */
  void close() throws IOException {
    IOException failure = lost.get();
    for (OpenFile file : files.removeAll()) {
      try {
        file.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
