package dev.tcplay.fs.tree;

import dev.tcplay.fs.NodePlace;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.fs.cluster.OpenFiles;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** One of the handles on an open file. Safe for any number of threads. */
final class FileHandle<F extends TreeFile<?, ?>> implements OpenNode {

  private final F file;
  private final OpenFiles<F> files;
  private final VolumeWriter<?> writer;
  private final SpaceRetry space;
  private final AtomicBoolean closed = new AtomicBoolean();

  FileHandle(F file, OpenFiles<F> files, VolumeWriter<?> writer, SpaceRetry space) {
    this.file = file;
    this.files = files;
    this.writer = writer;
    this.space = space;
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
  public NodePlace place() {
    return file.entry().place();
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    return file.read(position, target, offset, length);
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    TreeFile.checkPosition(position);
    file.checkWritable();
    space.call(
        () -> {
          file.write(position, source, offset, length);
          return file;
        });
  }

  @Override
  public long append(byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    file.checkWritable();
    return space.call(() -> file.append(source, offset, length));
  }

  @Override
  public void truncate(long size) throws IOException {
    TreeFile.checkPosition(size);
    file.checkWritable();
    space.call(
        () -> {
          file.truncate(size);
          return file;
        });
  }

  @Override
  public void force() throws IOException {
    writer.guard().run(file::publish);
    writer.flush();
  }

  /** What was written is published first. */
  @Override
  public void close() throws IOException {
    if (!closed.getAndSet(true)) {
      try {
        writer.guard().run(file::publish);
      } finally {
        writer.guard().run(() -> files.release(file));
      }
    }
  }
}
