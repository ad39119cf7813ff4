package dev.tcplay.fs.archive;

import dev.tcplay.block.host.SpoolSpace;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Contents that are packed. They are unpacked as far as somebody reads, once for all handles, and
 * kept until the last handle is closed.
 */
final class SpooledContents implements Contents {

  /** The packed contents. */
  interface Source extends Guarded.Reads {

    /** Opens them from their beginning. */
    InputStream open() throws IOException;
  }

  private final String name;
  private final long size;
  private final long crc;
  private final Source source;
  private final SpoolSpace space;
  private int handles;
  private @Nullable Unpacking unpacking;

  /**
   * Makes the contents.
   *
   * @param name the member, for messages
   * @param size the bytes that they are to have unpacked
   * @param crc their CRC-32, -1 if the source checks that itself
   */
  SpooledContents(String name, long size, long crc, Source source, SpoolSpace space) {
    this.name = name;
    this.size = size;
    this.crc = crc;
    this.source = source;
    this.space = space;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public synchronized OpenNode openNode() throws IOException {
    if (unpacking == null) {
      InputStream packed = Guarded.call(source, "'" + name + "'", source::open);
      unpacking = new Unpacking(name, source, packed, size, crc, space.spool());
    }
    handles++;
    return new Handle(unpacking);
  }

  private synchronized void release() throws IOException {
    if (--handles == 0) {
      Unpacking last = Objects.requireNonNull(unpacking);
      unpacking = null;
      last.close();
    }
  }

  private final class Handle implements MemberReader {

    private final Unpacking unpacking;
    private boolean closed;

    Handle(Unpacking unpacking) {
      this.unpacking = unpacking;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public int readInside(long position, byte[] target, int offset, int count) throws IOException {
      long there = unpacking.advance(position + count);
      if (there <= position) {
        throw new CorruptFileSystemException(null, unpacking.damage());
      }
      int readable = (int) Math.min(count, there - position);
      unpacking.spool().read(position, target, offset, readable);
      return readable;
    }

    @Override
    public synchronized void close() throws IOException {
      if (!closed) {
        closed = true;
        release();
      }
    }
  }
}
