package dev.tcplay.block.host;

import dev.tcplay.block.memory.Budget;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where {@linkplain Spool spools} put their bytes: in memory as long as all of them together fit
 * into a budget, and each from then on into a temporary file of its own. Safe for any number of
 * threads. Closing it closes the spools that are open.
 */
public final class SpoolSpace implements Closeable {

  private final long budget;
  private final long mostOnDisk;
  private final Path folder;
  private final AtomicLong taken = new AtomicLong();
  private final Set<Spool> open = ConcurrentHashMap.newKeySet();

  /** Makes a space with a budget of the size of a cache, and half of what is free on disk. */
  public SpoolSpace() {
    this(Budget.bytes(), Long.MAX_VALUE);
  }

  /**
   * Makes a space.
   *
   * @param budget the most bytes in memory
   * @param mostOnDisk the most bytes of one spool on disk, besides half of what is free there
   */
  public SpoolSpace(long budget, long mostOnDisk) {
    this(budget, mostOnDisk, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Makes a space with its files in a folder. */
  SpoolSpace(long budget, long mostOnDisk, Path folder) {
    this.budget = budget;
    this.mostOnDisk = mostOnDisk;
    this.folder = folder;
  }

  /** Makes an empty spool. */
  public Spool spool() {
    Spool spool = new Spool(this);
    open.add(spool);
    return spool;
  }

  /** Forgets a spool that was closed. */
  void closed(Spool spool) {
    open.remove(spool);
  }

  /** Takes memory, if there is so much left. */
  boolean take(int bytes) {
    if (taken.addAndGet(bytes) <= budget) {
      return true;
    }
    taken.addAndGet(-bytes);
    return false;
  }

  /** Gives memory back. */
  void give(long bytes) {
    taken.addAndGet(-bytes);
  }

  /** Returns the bytes of memory that spools hold now. */
  public long inMemory() {
    return taken.get();
  }

  /** Returns the path of a file that is to be made. */
  Path newFile() {
    return folder.resolve("tcplay-" + UUID.randomUUID() + ".spool");
  }

  /** Returns the most bytes that a spool may put into a file. */
  long mostOnDisk() throws IOException {
    return Math.min(mostOnDisk, Files.getFileStore(folder).getUsableSpace() / 2);
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (Spool spool : open) {
      try {
        spool.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
