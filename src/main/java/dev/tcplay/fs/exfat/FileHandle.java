package dev.tcplay.fs.exfat;

import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** One of the handles on an open file. Safe for any number of threads. */
final class FileHandle implements OpenNode {

  private final ExFatVolume volume;
  private final ExFatFile file;
  private final AtomicBoolean closed = new AtomicBoolean();

  FileHandle(ExFatVolume volume, ExFatFile file) {
    this.volume = volume;
    this.file = file;
  }

  @Override
  public long size() {
    return file.size();
  }

  @Override
  public long largestSize() {
    return file.largestSize();
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    return file.read(position, target, offset, length);
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    ExFatFile.checkPosition(position);
    file.checkWritable();
    volume.withSpace(
        () -> {
          file.write(position, source, offset, length);
          return file;
        });
  }

  @Override
  public long append(byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    file.checkWritable();
    return volume.withSpace(() -> file.append(source, offset, length));
  }

  @Override
  public void truncate(long size) throws IOException {
    ExFatFile.checkPosition(size);
    file.checkWritable();
    volume.withSpace(
        () -> {
          file.truncate(size);
          return file;
        });
  }

  @Override
  public void force() throws IOException {
    volume.guard().run(file::publish);
    volume.flush();
  }

  /** What was written is published first. */
  @Override
  public void close() throws IOException {
    if (!closed.getAndSet(true)) {
      try {
        volume.guard().run(file::publish);
      } finally {
        volume.guard().run(() -> volume.files().release(file));
      }
    }
  }
}
