package dev.tcplay.block;

import java.io.IOException;

/** Leaves the device below open when it is closed, and only flushes it. */
public final class KeptDevice extends ForwardingDevice {

  private volatile boolean closed;

  /** Shows a device that stays its owner's. */
  public KeptDevice(BlockDevice lower) {
    super(lower);
  }

  /** Returns whether this device is closed. */
  public boolean isClosed() {
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
