package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ForwardingDevice;
import dev.tcplay.block.WriteBatch;
import java.io.IOException;

/** Leaves the device below open when it is closed, and only flushes it. */
final class KeptDevice extends ForwardingDevice {

  private volatile boolean closed;

  KeptDevice(BlockDevice lower) {
    super(lower);
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  protected void doSubmit(WriteBatch batch) throws IOException {
    lower().submit(batch);
  }

  @Override
  protected void doClose() throws IOException {
    closed = true;
    lower().flush();
  }
}
