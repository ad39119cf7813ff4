package dev.tcplay.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;

/** Hides what its delegate, a channel of a file, can do beyond the interface. */
record PlainChannel(SeekableByteChannel delegate, PlainProvider provider)
    implements SeekableByteChannel {

  private static final int AT_A_TIME = 3000;

  @Override
  public int read(ByteBuffer target) throws IOException {
    provider.checkWhole();
    interruptLate();
    return withoutInterrupts(() -> told("read", partly(target, delegate::read)));
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    provider.checkWhole();
    if (provider.isFull()) {
      throw new IOException("no space left on device");
    }
    return withoutInterrupts(() -> told("write", partly(source, delegate::write)));
  }

  private int told(String transfer, int length) throws IOException {
    int moved = Math.max(0, length);
    provider.tell(transfer, delegate.position() - moved, moved);
    return length;
  }

  @Override
  public long position() throws IOException {
    return withoutInterrupts(delegate::position);
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    withoutInterrupts(() -> delegate.position(position));
    return this;
  }

  @Override
  public long size() throws IOException {
    interruptLate();
    return withoutInterrupts(delegate::size);
  }

  private void interruptLate() throws IOException {
    if (provider.isInterruptedLate()) {
      delegate.close();
      throw new ClosedByInterruptException();
    }
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    withoutInterrupts(() -> delegate.truncate(size));
    return this;
  }

  @Override
  public boolean isOpen() {
    return delegate.isOpen();
  }

  @Override
  public void close() throws IOException {
    delegate.close();
  }

  private interface Transfer {
    int move(ByteBuffer buffer) throws IOException;
  }

  private static int partly(ByteBuffer buffer, Transfer transfer) throws IOException {
    int limit = buffer.limit();
    buffer.limit(Math.min(limit, buffer.position() + AT_A_TIME));
    try {
      return transfer.move(buffer);
    } finally {
      buffer.limit(limit);
    }
  }

  private interface Step<T> {
    T take() throws IOException;
  }

  private static <T> T withoutInterrupts(Step<T> step) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return step.take();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
