package dev.tcplay.fs.tree;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ForbiddenWriteException;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.fs.cluster.ChangeGuard;
import dev.tcplay.fs.cluster.ClusterPlaces;
import dev.tcplay.fs.cluster.SharedChains;
import dev.tcplay.fs.cluster.UncommittedEntries;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one way by which a mounted volume is changed: whether it may be, its mark of being in use,
 * its free clusters, its allocation. Safe for any number of threads.
 *
 * <p>Once the device refuses something that the tree is made of, the volume is read-only for good
 * and stays marked as in use: what is in memory and what is on disk may differ.
 *
 * @param <C> the changes of the driver
 */
public abstract class VolumeWriter<C extends VolumeChange<?>> {

  private final BlockDevice device;
  private final boolean readOnly;
  private volatile @Nullable IOException failure;
  private final ChangeGuard guard = new ChangeGuard();

  /** Held while the allocation is edited, from the first byte read to the hand-over. */
  private final ReentrantLock editLock = new ReentrantLock();

  /** Chains with more than one name, which other damage than a rename has left. */
  private final SharedChains shared = new SharedChains();

  private final UncommittedEntries uncommitted = new UncommittedEntries();

  /** Makes what changes a volume, or refuses to if that was mounted to be read only. */
  protected VolumeWriter(BlockDevice device, boolean readOnly) {
    this.device = device;
    this.readOnly = readOnly;
  }

  /** Returns the mark of being in use. */
  protected abstract InUseMark mark();

  /** Takes the mark away at the end, unless it is to stay. */
  protected abstract void clearMark() throws IOException;

  /** Returns a new change. */
  protected abstract C change();

  /** Returns where the clusters lie. */
  public abstract ClusterPlaces geometry();

  /** Returns the free clusters. */
  public abstract FreeClusterPool<C> freeClusters();

  /** Returns what is written to, and read from. */
  protected final BlockDevice device() {
    return device;
  }

  /** Returns whether nothing can be written now. */
  public final boolean isReadOnly() {
    return readOnly || failure != null || guard.isBroken();
  }

  /** Returns whether the volume was mounted to be read only; it takes no writes then at all. */
  public final boolean isReadOnlyByChoice() {
    return readOnly;
  }

  /** Returns whether the volume was not closed in order when it was last used. */
  public final boolean wasDirty() {
    return mark().wasSet();
  }

  /**
   * Checks that the tree may be changed.
   *
   * @throws ReadOnlyFileSystemException if not
   */
  public final void checkWritable() {
    if (isReadOnly()) {
      throw new ReadOnlyFileSystemException();
    }
  }

  /**
   * Begins a change of a volume that was mounted for writing.
   *
   * @throws IOException if it has become read-only
   */
  public final C begin() throws IOException {
    checkWorking();
    markInUse();
    return change();
  }

  /** Returns what all changes run in. */
  public final ChangeGuard guard() {
    return guard;
  }

  /**
   * Fails if an Error or the like has ended a change.
   *
   * @throws FileSystemException then
   */
  public final void checkNotBroken() throws FileSystemException {
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
  public final void refuse(IOException cause) {
    failed(cause);
  }

  /** Returns the chains to which more than one entry leads. */
  public final SharedChains shared() {
    return shared;
  }

  /** Returns the nodes of which a crash may leave an older entry. */
  public final UncommittedEntries uncommitted() {
    return uncommitted;
  }

  /** Returns once all that was handed over is on the host's storage. */
  public final void flush() throws IOException {
    device.flush();
  }

  /** Marks the volume as being in use, before anything else is written. */
  private void markInUse() throws IOException {
    try {
      guard.run(mark()::set);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Hands a batch over. */
  final void submit(WriteBatch batch) throws IOException {
    try {
      guard.run(() -> device.submit(batch));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Writes contents of a file, or what nothing leads to yet. */
  public final void writeData(long position, byte[] source, int offset, int length)
      throws IOException {
    checkWorking();
    markInUse();
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
  public final void keepDirty() {
    mark().keep();
  }

  /** Lets one change alone edit the allocation; {@link #unlockEdits} ends it. */
  final void lockEdits() {
    editLock.lock();
  }

  final void unlockEdits() {
    editLock.unlock();
  }

  /** Says that all is well, once everything is on the host's storage. */
  public final void close() throws IOException {
    if (!isReadOnly() && mark().isSet()) {
      freeClusters().submit();
      device.flush();
      clearMark();
    }
  }
}
