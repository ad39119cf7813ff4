package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ForwardingDevice;
import dev.tcplay.block.WriteBatch;
import java.io.IOException;

/** Leaves the device below open when it is closed, and only flushes it. */
final class KeptDevice extends ForwardingDevice {

  KeptDevice(BlockDevice lower) {
    super(lower);
  }

  @Override
  protected void doSubmit(WriteBatch batch) throws IOException {
    lower().submit(batch);
  }

  @Override
  protected void doClose() throws IOException {
    lower().flush();
  }
}
