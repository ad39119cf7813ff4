package dev.tcplay.mapper;

import dev.tcplay.block.AbstractBlockDevice;
import dev.tcplay.block.WriteBatch;
import java.io.IOException;
import java.nio.channels.NonWritableChannelException;

/**
 * A mapped device that somebody has open. Transfers that come while it is suspended wait, and an
 * interrupt does not end that.
 */
final class Handle extends AbstractBlockDevice {

  /** What comes of the handle's end. */
  interface Use {

    /** Returns whether closing flushes what was written, as for users, not for other devices. */
    boolean flushes();

    /** Is told once that the handle is closed. */
    void closed() throws IOException;
  }

  /** Something done with the table at work. */
  @FunctionalInterface
  private interface Transfer {
    void on(LiveTable table) throws IOException;
  }

  private final Mapping device;
  private final Use use;
  private volatile boolean written;

  Handle(Mapping device, boolean readOnly, Use use) {
    super(0, TargetType.SECTOR, readOnly);
    this.device = device;
    this.use = use;
  }

  @Override
  public long size() {
    return device.size();
  }

  private void transfer(Transfer transfer) throws IOException {
    LiveTable table = device.enter();
    try {
      if (table != null) {
        transfer.on(table);
      }
    } finally {
      device.leave(table);
    }
  }

  private void change(Transfer transfer) throws IOException {
    written = true;
    transfer(
        table -> {
          if (table.isReadOnly()) {
            throw new NonWritableChannelException();
          }
          transfer.on(table);
        });
  }

  @Override
  protected void doRead(long position, byte[] target, int offset, int length) throws IOException {
    transfer(table -> table.read(position, target, offset, length));
  }

  @Override
  protected void doWrite(long position, byte[] source, int offset, int length) throws IOException {
    change(table -> table.write(position, source, offset, length));
  }

  @Override
  protected void doSubmit(WriteBatch batch) throws IOException {
    change(table -> table.submit(batch));
  }

  @Override
  protected void doFlush() throws IOException {
    transfer(LiveTable::flush);
  }

  @Override
  protected void doDiscard(long position, long length) throws IOException {
    change(table -> table.discard(position, length));
  }

  @Override
  protected void doClose() throws IOException {
    try {
      if (written && use.flushes()) {
        doFlush();
      }
    } finally {
      use.closed();
    }
  }
}
