package dev.tcplay.testing;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;

/** A device whose lower device stays open and as it is when this one is closed. */
public final class KeptDevice extends DelegatingDevice {

  /** Shows {@code lower}, which stays the caller's. */
  public KeptDevice(BlockDevice lower) {
    super(lower);
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
