package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.DelegatingDevice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each kind of request waits as long as it is told, and then goes its own way. */
@Timeout(60)
class DelayDeviceTest {

  private static final int SIZE = 4096;

  private final List<String> seen = new ArrayList<>();
  private final MemoryDevice memory = new MemoryDevice(SIZE);

  /** A device that tells what it is asked for. */
  private BlockDevice named(String name) {
    return new DelegatingDevice(memory) {
      @Override
      public void read(long position, byte[] target, int offset, int length) throws IOException {
        seen.add(name + " reads");
        super.read(position, target, offset, length);
      }

      @Override
      public void write(long position, byte[] source, int offset, int length) throws IOException {
        seen.add(name + " writes");
        super.write(position, source, offset, length);
      }

      @Override
      public void flush() throws IOException {
        seen.add(name + " flushes");
        super.flush();
      }

      @Override
      public void discard(long position, long length) throws IOException {
        seen.add(name + " discards");
        super.discard(position, length);
      }

      @Override
      public void close() {
        seen.add(name + " closes");
      }
    };
  }

  @Test
  void eachKindOfRequestWaitsBeforeItGoesItsWay() throws Exception {
    DelayDevice device =
        new DelayDevice(
            new DelayDevice.Way(named("a"), 1),
            new DelayDevice.Way(named("b"), 20),
            new DelayDevice.Way(named("c"), 300),
            millis -> seen.add("wait " + millis));
    byte[] bytes = {1, 2, 3};
    device.write(512, bytes, 0, 3);
    byte[] read = new byte[3];
    device.read(512, read, 0, 3);
    device.flush();
    device.discard(0, 512);
    device.close();
    assertArrayEquals(bytes, read);
    assertEquals(
        List.of(
            "wait 20",
            "b writes",
            "wait 1",
            "a reads",
            "wait 300",
            "c flushes",
            "b flushes",
            "wait 20",
            "b discards",
            "c closes",
            "b closes",
            "a closes"),
        seen);
  }

  @Test
  void anInterruptEndsNoWaitAndIsKept() throws Exception {
    DelayDevice.Way way = new DelayDevice.Way(named("a"), 50);
    try (DelayDevice device = new DelayDevice(way, way, way)) {
      long start = System.nanoTime();
      Thread.currentThread().interrupt();
      device.write(0, new byte[1], 0, 1);
      assertTrue(Thread.interrupted());
      // No upper bound: that this is no less holds on the slowest machine.
      assertTrue(System.nanoTime() - start >= 50_000_000);
    }
    assertEquals(List.of("a writes", "a closes", "a closes", "a closes"), seen);
  }

  @Test
  void aNegativeDelayIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new DelayDevice.Way(memory, -1));
  }
}
