package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class OverflowTest {

  @Test
  void theEndOfTheStackIsAnErrorLikeAnyOther() throws Exception {
    BlockDevice device =
        new ForwardingDevice(new MemoryDevice(1 << 16)) {
          @Override
          protected void doRead(long position, byte[] target, int offset, int length) {
            throw new StackOverflowError();
          }
        };
    assertThrows(StackOverflowError.class, () -> device.read(0, new byte[1], 0, 1));
    device.close();
  }
}
