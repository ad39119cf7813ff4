package dev.tcplay.testing;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;

/** Fails from some write on, as a device that is taken away. */
public final class EndingDevice extends DelegatingDevice {

  private int left;

  /** Passes so many writes on. */
  public EndingDevice(BlockDevice lower, int writes) {
    super(lower);
    this.left = writes;
  }

  @Override
  public void write(long position, byte[] source, int offset, int length) throws IOException {
    if (left-- <= 0) {
      throw new IOException("taken away");
    }
    super.write(position, source, offset, length);
  }
}
