package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two devices as one, against an array. */
class InsetDeviceTest {

  @Test
  void readsAndWritesReachTheDeviceThatTheyBelongTo() throws IOException {
    Random random = new Random(Seeds.of("readsAndWritesReachTheDeviceThatTheyBelongTo"));
    for (int round = 0; round < 50; round++) {
      int size = 1 + random.nextInt(3000);
      int start = random.nextInt(size + 1);
      int length = random.nextInt(size - start + 1);
      MemoryDevice around = new MemoryDevice(size);
      MemoryDevice inset = new MemoryDevice(length);
      byte[] model = new byte[size];
      byte[] below = new byte[size];
      try (BlockDevice device = new InsetDevice(around, inset, start, false)) {
        for (int call = 0; call < 100; call++) {
          int at = random.nextInt(size);
          byte[] bytes = new byte[random.nextInt(size - at) + 1];
          random.nextBytes(bytes);
          device.write(at, bytes, 0, bytes.length);
          System.arraycopy(bytes, 0, model, at, bytes.length);
          byte[] read = new byte[size];
          device.read(0, read, 0, size);
          assertArrayEquals(model, read);
        }
        around.read(0, below, 0, size);
        byte[] inside = new byte[length];
        inset.read(0, inside, 0, length);
        assertArrayEquals(Arrays.copyOfRange(model, start, start + length), inside);
        assertArrayEquals(new byte[length], Arrays.copyOfRange(below, start, start + length));
      }
    }
  }

  @Test
  void aRangeOutsideIsRefusedAndReadOnlyHolds() throws IOException {
    MemoryDevice around = new MemoryDevice(1000);
    MemoryDevice inset = new MemoryDevice(100);
    assertThrows(IllegalArgumentException.class, () -> new InsetDevice(around, inset, 901, false));
    assertThrows(IllegalArgumentException.class, () -> new InsetDevice(around, inset, -1, false));
    assertTrue(new InsetDevice(around, inset, 900, true).isReadOnly());
    assertEquals(1000, new InsetDevice(around, inset, 900, false).size());
  }

  @Test
  void closingClosesBoth() throws IOException {
    MemoryDevice around = new MemoryDevice(1000);
    MemoryDevice inset = new MemoryDevice(100);
    new InsetDevice(around, inset, 500, false).close();
    assertThrows(ClosedChannelException.class, () -> around.read(0, new byte[1], 0, 1));
    assertThrows(ClosedChannelException.class, () -> inset.read(0, new byte[1], 0, 1));
  }
}
