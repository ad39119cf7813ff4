package dev.tcplay;

import dev.tcplay.model.VolumeChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;

/** A channel that owns the file system it belongs to. */
final class OwningChannel implements VolumeChannel {

  private final VolumeChannel contents;
  private final FileSystem volume;

  OwningChannel(VolumeChannel contents, FileSystem volume) {
    this.contents = contents;
    this.volume = volume;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return contents.read(target);
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return contents.write(source);
  }

  @Override
  public long position() throws IOException {
    return contents.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    contents.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return contents.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    contents.truncate(size);
    return this;
  }

  @Override
  public void force() throws IOException {
    contents.force();
  }

  @Override
  public boolean isOpen() {
    return contents.isOpen();
  }

  @Override
  public void close() throws IOException {
    try (volume) {
      contents.close();
    }
  }
}
