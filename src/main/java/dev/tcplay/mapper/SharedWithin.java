package dev.tcplay.mapper;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ForwardingDevice;
import dev.tcplay.block.WriteBatch;
import java.io.IOException;

/** One of several views of a device that its owner closes; closing the view does nothing below. */
final class SharedWithin extends ForwardingDevice {

  SharedWithin(BlockDevice lower) {
    super(lower);
  }

  @Override
  protected void doSubmit(WriteBatch batch) throws IOException {
    lower().submit(batch);
  }

  @Override
  protected void doClose() {}
}
