package dev.tcplay.fs.tree;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.cluster.ChangeGuard;
import dev.tcplay.fs.cluster.ContentsLock;
import dev.tcplay.fs.cluster.SharedFile;
import java.io.IOException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystemException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The contents of one file that is open, shared by all who have it open. Safe for any number of
 * threads: those who write inside of what was written share a lock, and whoever changes a length
 * has it alone. Those who read take no lock, so that they do not slow each other down; if a length
 * changed meanwhile, they read again under the lock.
 *
 * <p>Bytes behind the valid length read as zeros. A write behind it first writes zeros up to its
 * place, so that what lay on the volume before never shows up. A format that knows no valid length
 * has that of the size.
 *
 * <p>Clusters that a file takes while it grows are known here only, until the file is {@linkplain
 * OpenEntry published}: then the allocation and the entry follow in one change. A file that is
 * written in one go costs one change, and a crash leaves the file as it was published last.
 *
 * <p>Memory: some 800 bytes, and the extents.
 *
 * @param <K> the clusters of the driver's files
 * @param <T> their entries
 */
public abstract class TreeFile<K extends FileChain, T extends OpenEntry<?, K>>
    implements SharedFile {

  private final VolumeWriter<?> writer;
  private final T entry;
  private final FileBytes<K> bytes;
  private final ContentsLock lock = new ContentsLock();
  private volatile boolean loaded;

  /**
   * Makes the contents of a file, which {@link #load} then looks at.
   *
   * @param none no clusters
   */
  protected TreeFile(VolumeWriter<?> writer, T entry, K none) {
    this.writer = writer;
    this.entry = entry;
    this.bytes = new FileBytes<>(writer, entry::path, none);
  }

  @Override
  public final void load() throws IOException {
    if (!loaded) {
      lock.alone().lock();
      try {
        if (!loaded) {
          bytes.take(entry.contents());
          loaded = true;
        }
      } finally {
        lock.alone().unlock();
      }
    }
  }

  /** Returns whether the size is known: not while another thread opens the file. */
  final boolean isKnown() {
    return loaded;
  }

  /** Returns the entry. */
  public final T entry() {
    return entry;
  }

  @Override
  public final Long id() {
    return entry.id();
  }

  @Override
  public final void unlink() {
    entry.unlink();
  }

  @Override
  public final boolean isUnlinked() {
    return entry.isUnlinked();
  }

  final long size() {
    return bytes.size();
  }

  /** Returns the most bytes that a file of this volume can ever have. */
  final long largestSize() {
    return writer.geometry().largestFile();
  }

  /** Reads as {@link dev.tcplay.fs.OpenNode#read} says. */
  final int read(long position, byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    checkPosition(position);
    if (length == 0) {
      return 0;
    }
    return lock.read(() -> bytes.read(position, target, offset, length));
  }

  /** Writes as {@link dev.tcplay.fs.OpenNode#write} says, what was checked before. */
  final void write(long position, byte[] source, int offset, int length) throws IOException {
    entry.settle();
    if (length > 0 && !overwrite(position, source, offset, length)) {
      publishIfLoaded();
      alone(() -> extend(position, source, offset, length));
    }
  }

  /** Changes what is known of the file. */
  private void alone(ChangeGuard.Action action) throws IOException {
    writer.guard().runUnder(action, lock.alone());
  }

  /** Writes at the end, and returns where that was. */
  final long append(byte[] source, int offset, int length) throws IOException {
    entry.settle();
    publishIfLoaded();
    return writer
        .guard()
        .callUnder(
            () -> {
              long end = bytes.size();
              if (length > 0) {
                extend(end, source, offset, length);
              }
              return end;
            },
            lock.alone());
  }

  /** Writes inside of what was written; false if it is not all there. */
  private boolean overwrite(long position, byte[] source, int offset, int length)
      throws IOException {
    lock.shared().lock();
    try {
      boolean isDone = bytes.overwrite(position, source, offset, length);
      if (isDone) {
        entry.touch();
      }
      return isDone;
    } finally {
      lock.shared().unlock();
    }
  }

  private void extend(long position, byte[] source, int offset, int length) throws IOException {
    if (length > largestSize() - position) {
      throw new FileSystemException(
          entry.path(),
          null,
          "file too large: none of this volume can have more than %d bytes"
              .formatted(largestSize()));
    }
    // Before anything can fail: clusters may be others by then.
    entry.resize();
    bytes.extend(position, source, offset, length);
    entry.touch();
  }

  /** Cuts off as {@link dev.tcplay.fs.OpenNode#truncate} says. */
  final void truncate(long newSize) throws IOException {
    entry.underDirectory(
        () ->
            alone(
                () -> {
                  if (newSize < bytes.size()) {
                    shrink(newSize);
                  }
                }));
  }

  private void shrink(long newSize) throws IOException {
    long kept = writer.geometry().clustersFor(newSize);
    K clusters = bytes.clusters();
    if (kept == 0) {
      clusters.clear();
    } else if (clusters.isPublishedBeyond(kept)) {
      // On disk the size comes first: a chain that is too long is harmless.
      clusters.giveBackFrom(kept);
      shorten(newSize);
      publish(null, false);
      entry.resize();
      boolean apart = clusters.cut(kept);
      publish(null, apart);
      return;
    } else {
      clusters.giveBackFrom(kept);
    }
    shorten(newSize);
  }

  private void shorten(long newSize) {
    bytes.shorten(newSize);
    entry.resize();
    entry.touch();
  }

  private void publishIfLoaded() throws IOException {
    boolean isLoaded;
    lock.shared().lock();
    try {
      isLoaded = bytes.clusters().isLoaded();
    } finally {
      lock.shared().unlock();
    }
    if (isLoaded) {
      publish();
    }
  }

  /** Hands over what the entry, the bitmap and the table on disk do not have yet. */
  final void publish() throws IOException {
    if (entry.isOutdated()) {
      entry.underDirectory(() -> publish(null));
    }
  }

  /** As {@link #publish()}, with a change of attributes; under the lock of the directory. */
  final void publish(@Nullable AttributeChange change) throws IOException {
    alone(() -> publish(change, false));
  }

  private void publish(@Nullable AttributeChange change, boolean apart) throws IOException {
    entry.publish(bytes.clusters(), bytes.validLength(), bytes.size(), change, apart);
  }

  @Override
  public final void free() throws IOException {
    atEnd(() -> bytes.clusters().free());
  }

  @Override
  public final void giveBack() throws IOException {
    atEnd(() -> bytes.clusters().giveBackFrom(0));
  }

  /**
   * Lets clusters go when nobody has the file open any more. Not on a broken volume: what is known
   * of the file may be wrong, and whoever was ended by an Error may have kept the lock.
   */
  private void atEnd(ChangeGuard.Action action) throws IOException {
    if (!writer.guard().isBroken()) {
      alone(action);
    }
  }

  /** Returns attributes as they will be on disk. */
  final NodeAttributes current(NodeAttributes onDisk) {
    return entry.current(onDisk, bytes.size());
  }

  /**
   * Checks that the contents may be changed.
   *
   * @throws NonWritableChannelException if the volume was mounted to be read only
   */
  final void checkWritable() throws IOException {
    if (writer.isReadOnlyByChoice()) {
      throw new NonWritableChannelException();
    }
    if (writer.shared().contains(bytes.clusters().firstOnDisk())) {
      throw new FileSystemException(
          entry.path(),
          null,
          "shares its clusters with another file, so that it cannot be written; a check names it");
    }
  }

  static void checkPosition(long position) {
    if (position < 0) {
      throw new IllegalArgumentException("position " + position);
    }
  }
}
