package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ForbiddenWriteException;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.fs.cluster.ChangeGuard;
import dev.tcplay.fs.cluster.SharedChains;
import dev.tcplay.fs.cluster.UncommittedEntries;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one way by which a mounted volume is changed: whether it may be, its mark of being in use,
 * its free clusters, its table. Safe for any number of threads.
 *
 * <p>Once the device refuses something that the tree is made of, the volume is read-only for good
 * and stays marked as in use: what is in memory and what is on disk may differ.
 */
final class FatWriter {

  private final BlockDevice device;
  private final Geometry geometry;
  private final long[] copies;
  private final boolean readOnly;
  private final DirtyMark mark;
  private final FreeClusters freeClusters;

  /** Held while entries of the table are changed, from the first one read to the hand-over. */
  private final ReentrantLock tableLock = new ReentrantLock();

  private volatile @Nullable IOException failure;

  private final ChangeGuard guard = new ChangeGuard();

  /** Chains with more than one name, which other damage than a rename has left. */
  private final SharedChains shared = new SharedChains();

  private final UncommittedEntries uncommitted = new UncommittedEntries();

  FatWriter(
      BlockDevice device, BootSector boot, Geometry geometry, FatTable table, boolean readOnly)
      throws IOException {
    this.device = device;
    this.geometry = geometry;
    this.copies = TableEdit.copies(boot, geometry);
    this.readOnly = readOnly;
    this.mark = DirtyMark.read(device, boot, geometry, copies);
    this.freeClusters = new FreeClusters(this, table, FsInfo.read(device, boot), mark);
  }

  Geometry geometry() {
    return geometry;
  }

  boolean isReadOnly() {
    return readOnly || failure != null || guard.isBroken();
  }

  /** Returns whether the volume was mounted to be read only; it takes no writes then at all. */
  boolean isReadOnlyByChoice() {
    return readOnly;
  }

  /** Returns whether the volume was not closed in order when it was last used. */
  boolean wasDirty() {
    return mark.wasSet();
  }

  /**
   * Checks that the tree may be changed.
   *
   * @throws ReadOnlyFileSystemException if not
   */
  void checkWritable() {
    if (isReadOnly()) {
      throw new ReadOnlyFileSystemException();
    }
  }

  /**
   * Begins a change of a volume that was mounted for writing.
   *
   * @throws IOException if it has become read-only
   */
  Change begin() throws IOException {
    checkWorking();
    markDirty();
    return new Change(this, device);
  }

  /** Returns what all changes run in. */
  ChangeGuard guard() {
    return guard;
  }

  /**
   * Fails if an Error or the like has ended a change.
   *
   * @throws FileSystemException then
   */
  void checkNotBroken() throws FileSystemException {
    if (guard.isBroken() && failure == null) {
      throw new FileSystemException(
          null, null, "the volume has become read-only: an error has ended a change halfway");
    }
  }

  private void checkWorking() throws FileSystemException {
    checkNotBroken();
    IOException earlier = failure;
    if (earlier != null) {
      FileSystemException late =
          new FileSystemException(
              null, null, "the volume has become read-only: " + earlier.getMessage());
      late.initCause(earlier);
      throw late;
    }
  }

  /** Makes the volume read-only: what it needs before it may be written could not be done. */
  void refuse(IOException cause) {
    failed(cause);
  }

  FreeClusters freeClusters() {
    return freeClusters;
  }

  SharedChains shared() {
    return shared;
  }

  UncommittedEntries uncommitted() {
    return uncommitted;
  }

  /** Returns once all that was handed over is on the host's storage. */
  void flush() throws IOException {
    device.flush();
  }

  /** Marks the volume as being in use, before anything else is written. */
  private void markDirty() throws IOException {
    try {
      guard.run(mark::set);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Hands a batch over. */
  void submit(WriteBatch batch) throws IOException {
    try {
      guard.run(() -> device.submit(batch));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Writes contents of a file. */
  void writeData(long position, byte[] source, int offset, int length) throws IOException {
    checkWorking();
    markDirty();
    try {
      device.write(position, source, offset, length);
    } catch (ForbiddenWriteException e) {
      throw failed(e);
    }
  }

  private IOException failed(IOException cause) {
    if (failure == null) {
      failure = cause;
    }
    return cause;
  }

  /** Leaves the volume marked as in use when it is closed, since damage was met. */
  void keepDirty() {
    mark.keep();
  }

  /** Begins to edit the table; {@link #unlockTable} ends it. */
  TableEdit lockTable(WriteBatch batch) {
    TableEdit edit = new TableEdit(device, geometry, copies, batch);
    tableLock.lock();
    return edit;
  }

  void unlockTable() {
    tableLock.unlock();
  }

  /** Takes the mark of being in use away, whoever set it: a check has found the volume sound. */
  void clean() throws IOException {
    device.flush();
    mark.clean();
  }

  /** Says that all is well, once everything is on the host's storage. */
  void close() throws IOException {
    if (!isReadOnly() && mark.isSet()) {
      freeClusters.submit();
      device.flush();
      mark.clear();
    }
  }
}
