package dev.tcplay.fs.exfat;

import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.cluster.ChangeGuard;
import dev.tcplay.fs.cluster.ContentsLock;
import dev.tcplay.fs.cluster.FileData;
import dev.tcplay.fs.cluster.SharedFile;
import java.io.IOException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The contents of one file that is open, shared by all who have it open. Safe for any number of
 * threads: those who write inside of what was written share a lock, and whoever changes a length
 * has it alone. Those who read take no lock; if a length changed meanwhile, they read again under
 * the lock.
 *
 * <p>Bytes behind the valid length read as zeros. A write behind it first writes zeros up to its
 * place, so that what lay on the volume before never shows up.
 *
 * <p>Clusters that a file takes while it grows are known here only, until the file is {@linkplain
 * FileEntry published}.
 */
final class ExFatFile implements SharedFile {

  private static final byte[] ZEROS = new byte[1 << 16];

  private final Geometry geometry;
  private final ExFatWriter writer;
  private final FileEntry entry;
  private final FileData data;
  private final ContentsLock lock = new ContentsLock();
  private volatile boolean loaded;
  private FileClusters clusters;
  private volatile long size;
  private volatile long validLength;

  /** Makes the contents of a file, which {@link #load} then looks at. */
  ExFatFile(TreeContext context, FileEntry entry) {
    this.writer = context.writer();
    this.geometry = writer.geometry();
    this.entry = entry;
    this.data = new FileData(context.device(), geometry, writer::writeData, entry::path);
    this.clusters = new FileClusters(writer, entry::path, Allocation.NONE);
  }

  @Override
  public void load() throws IOException {
    if (!loaded) {
      lock.alone().lock();
      try {
        if (!loaded) {
          Allocation onDisk = entry.read().set().allocation();
          onDisk.checkFile(geometry, entry.path());
          size = onDisk.length();
          validLength = onDisk.validLength();
          clusters = new FileClusters(writer, entry::path, onDisk);
          loaded = true;
        }
      } finally {
        lock.alone().unlock();
      }
    }
  }

  /** Returns whether the size is known: not while another thread opens the file. */
  boolean isKnown() {
    return loaded;
  }

  FileEntry entry() {
    return entry;
  }

  @Override
  public long id() {
    return entry.id();
  }

  @Override
  public void unlink() {
    entry.unlink();
  }

  @Override
  public boolean isUnlinked() {
    return entry.isUnlinked();
  }

  long size() {
    return size;
  }

  /** Returns the most bytes that a file of this volume can ever have. */
  long largestSize() {
    return geometry.largestFile();
  }

  /** Reads as {@link dev.tcplay.fs.OpenNode#read} says. */
  int read(long position, byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    checkPosition(position);
    if (length == 0) {
      return 0;
    }
    return lock.read(() -> readInside(position, target, offset, length));
  }

  private int readInside(long position, byte[] target, int offset, int length) throws IOException {
    long end = size;
    long valid = validLength;
    if (position >= end) {
      return -1;
    }
    int inside = (int) Math.min(length, end - position);
    int written = (int) Math.max(0, Math.min(inside, valid - position));
    int read = 0;
    if (written > 0) {
      read = data.read(clusters, end, position, target, offset, written);
    }
    if (read < written) {
      return read;
    }
    Arrays.fill(target, offset + written, offset + inside, (byte) 0);
    return inside;
  }

  /** Writes as {@link dev.tcplay.fs.OpenNode#write} says, what was checked before. */
  void write(long position, byte[] source, int offset, int length) throws IOException {
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
  long append(byte[] source, int offset, int length) throws IOException {
    entry.settle();
    publishIfLoaded();
    return writer
        .guard()
        .callUnder(
            () -> {
              long end = size;
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
      if (length > validLength - position) {
        return false;
      }
      data.write(clusters, position, source, offset, length);
      entry.touch();
      return true;
    } finally {
      lock.shared().unlock();
    }
  }

  /** Writes anywhere; what lies between the valid length and the position becomes zeros. */
  private void extend(long position, byte[] source, int offset, int length) throws IOException {
    if (length > geometry.largestFile() - position) {
      throw new FileSystemException(
          entry.path(),
          null,
          "file too large: the volume has %d bytes for files".formatted(geometry.largestFile()));
    }
    long end = position + length;
    long needed = geometry.clustersFor(size);
    // Before anything can fail: the clusters may be others by then.
    entry.resize();
    clusters.grow(needed, geometry.clustersFor(end));
    try {
      for (long at = validLength; at < position; at += ZEROS.length) {
        data.write(clusters, at, ZEROS, 0, (int) Math.min(ZEROS.length, position - at));
      }
      data.write(clusters, position, source, offset, length);
    } catch (IOException | RuntimeException e) {
      clusters.giveBackFrom(needed);
      throw e;
    }
    size = Math.max(size, end);
    validLength = Math.max(validLength, end);
    entry.touch();
  }

  /** Cuts off as {@link dev.tcplay.fs.OpenNode#truncate} says. */
  void truncate(long newSize) throws IOException {
    entry.underDirectory(
        () ->
            alone(
                () -> {
                  if (newSize < size) {
                    shrink(newSize);
                  }
                }));
  }

  private void shrink(long newSize) throws IOException {
    long kept = geometry.clustersFor(newSize);
    if (kept == 0) {
      clusters.clear();
    } else if (clusters.isPublishedBeyond(kept)) {
      // On disk the size comes first: a chain that is too long is harmless.
      clusters.giveBackFrom(kept);
      shorten(newSize);
      entry.publish(clusters, validLength, size, null);
      entry.resize();
      clusters.cut(kept);
      entry.publish(clusters, validLength, size, null);
      return;
    } else {
      clusters.giveBackFrom(kept);
    }
    shorten(newSize);
  }

  private void shorten(long newSize) {
    size = newSize;
    validLength = Math.min(validLength, newSize);
    entry.resize();
    entry.touch();
  }

  private void publishIfLoaded() throws IOException {
    boolean isLoaded;
    lock.shared().lock();
    try {
      isLoaded = clusters.isLoaded();
    } finally {
      lock.shared().unlock();
    }
    if (isLoaded) {
      publish();
    }
  }

  /** Hands over what the entry, the bitmap and the table on disk do not have yet. */
  void publish() throws IOException {
    if (entry.isOutdated()) {
      entry.underDirectory(() -> publish(null));
    }
  }

  /** As {@link #publish()}, with a change of attributes; under the lock of the directory. */
  void publish(@Nullable AttributeChange change) throws IOException {
    alone(() -> entry.publish(clusters, validLength, size, change));
  }

  @Override
  public void free() throws IOException {
    atEnd(clusters::free);
  }

  @Override
  public void giveBack() throws IOException {
    atEnd(() -> clusters.giveBackFrom(0));
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
  NodeAttributes current(NodeAttributes onDisk) {
    return entry.current(onDisk, size);
  }

  /**
   * Checks that the contents may be changed.
   *
   * @throws NonWritableChannelException if the volume was mounted to be read only
   */
  void checkWritable() throws IOException {
    if (writer.isReadOnlyByChoice()) {
      throw new NonWritableChannelException();
    }
    if (writer.shared().contains(clusters.firstOnDisk())) {
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
