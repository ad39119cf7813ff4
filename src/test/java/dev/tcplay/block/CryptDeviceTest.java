package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.DelegatingDevice;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.ToyCipher;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CryptDeviceTest {

  private static final int SIZE = 1 << 20;
  private static final long FIRST_UNIT = 256;

  private final Random random = new Random(Seeds.of("CryptDeviceTest"));

  private static byte cipherAt(byte plain, int position) {
    return (byte) (plain ^ ToyCipher.mask(FIRST_UNIT + position / 512, position % 512));
  }

  @Test
  void readsAndWritesAnyRange() throws IOException {
    byte[] model = new byte[SIZE];
    MemoryDevice lower = new MemoryDevice(SIZE);
    try (BlockDevice device = new CryptDevice(lower, new ToyCipher(), FIRST_UNIT)) {
      random.nextBytes(model);
      device.write(0, model, 0, SIZE);
      for (int i = 0; i < 500; i++) {
        int length = i % 50 == 0 ? random.nextInt(300_000) : random.nextInt(3_000);
        int position = random.nextInt(SIZE - length);
        int offset = random.nextInt(20);
        byte[] bytes = new byte[offset + length + 7];
        random.nextBytes(bytes);
        byte[] before = bytes.clone();
        if (random.nextBoolean()) {
          device.write(position, bytes, offset, length);
          System.arraycopy(bytes, offset, model, position, length);
        } else {
          device.read(position, bytes, offset, length);
          System.arraycopy(model, position, before, offset, length);
        }
        // A write leaves the caller's array alone, a read fills no more than it was asked for.
        assertArrayEquals(before, bytes);
      }
      byte[] cipher = new byte[SIZE];
      lower.read(0, cipher, 0, SIZE);
      for (int i = 0; i < SIZE; i++) {
        assertEquals(cipherAt(model[i], i), cipher[i], "position " + i);
      }
    }
  }

  @Test
  void writersOfPartsOfOneUnitDoNotUndoEachOther() throws Exception {
    try (BlockDevice device = new CryptDevice(new MemoryDevice(4096), new ToyCipher(), 0)) {
      Thread[] writers = new Thread[8];
      AtomicBoolean failed = new AtomicBoolean();
      for (int t = 0; t < writers.length; t++) {
        int own = t * 64;
        writers[t] =
            new Thread(
                () -> {
                  byte[] bytes = new byte[64];
                  byte[] read = new byte[64];
                  try {
                    for (int i = 1; i < 2000; i++) {
                      Arrays.fill(bytes, (byte) i);
                      device.write(own, bytes, 0, 64);
                      device.read(own, read, 0, 64);
                      if (!Arrays.equals(bytes, read)) {
                        failed.set(true);
                      }
                    }
                  } catch (IOException e) {
                    failed.set(true);
                  }
                });
        writers[t].start();
      }
      for (Thread writer : writers) {
        writer.join();
      }
      assertTrue(!failed.get());
    }
  }

  @Test
  void longRequestsOfManyThreadsAreWhole() throws Exception {
    int part = 300_000;
    try (BlockDevice device =
        new CryptDevice(new MemoryDevice(4L * part + 512), new ToyCipher(), 3)) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        long position = (long) t * part;
        long seed = random.nextLong();
        tasks.add(
            () -> {
              Random bytes = new Random(seed);
              byte[] written = new byte[part];
              byte[] read = new byte[part];
              for (int i = 0; i < 50; i++) {
                bytes.nextBytes(written);
                device.write(position, written, 0, part);
                device.read(position, read, 0, part);
                assertArrayEquals(written, read);
              }
              return null;
            });
      }
      ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
      try {
        for (Future<Void> task : threads.invokeAll(tasks)) {
          task.get();
        }
      } finally {
        threads.shutdown();
      }
    }
  }

  @Test
  void aLongRequestThatFailsInTheMiddleIsOverWhenItFails() throws Exception {
    AtomicInteger bad = new AtomicInteger();
    BlockDevice lower =
        new DelegatingDevice(new MemoryDevice(SIZE)) {
          @Override
          public void read(long position, byte[] target, int offset, int n) throws IOException {
            check(position, n);
            super.read(position, target, offset, n);
          }

          @Override
          public void write(long position, byte[] source, int offset, int n) throws IOException {
            check(position, n);
            super.write(position, source, offset, n);
          }

          private void check(long position, int n) throws IOException {
            if (position <= bad.get() && bad.get() < position + n) {
              throw new IOException("bad sector");
            }
          }
        };
    try (BlockDevice device = new CryptDevice(lower, new ToyCipher(), 0)) {
      byte[] bytes = new byte[SIZE];
      for (int i = 0; i < 200; i++) {
        bad.set(random.nextInt(SIZE));
        IOException e = assertThrows(IOException.class, () -> device.read(0, bytes, 0, SIZE));
        assertEquals("bad sector", e.getMessage());
        byte[] then = bytes.clone();
        Thread.sleep(1);
        assertArrayEquals(then, bytes);
        assertThrows(IOException.class, () -> device.write(0, bytes, 0, SIZE));
      }
      bad.set(SIZE);
      device.write(0, bytes, 0, SIZE);
      byte[] read = new byte[SIZE];
      device.read(0, read, 0, SIZE);
      assertArrayEquals(bytes, read);
    }
  }

  @Test
  void leavesOutWhatIsNoWholeDataUnit() throws IOException {
    try (BlockDevice device = new CryptDevice(new MemoryDevice(1500), new ToyCipher(), 0)) {
      assertEquals(1024, device.size());
      assertThrows(IOException.class, () -> device.read(1000, new byte[100], 0, 100));
    }
  }

  @Test
  void wipesKeysAndClosesTheLowerDevice() throws IOException {
    MemoryDevice lower = new MemoryDevice(4096);
    ToyCipher cipher = new ToyCipher();
    BlockDevice device = new CryptDevice(lower, cipher, 0);
    device.write(3, new byte[] {1, 2, 3}, 0, 3);
    device.close();
    assertTrue(cipher.isClosed());
    assertThrows(ClosedChannelException.class, () -> lower.read(0, new byte[1], 0, 1));
    assertThrows(ClosedChannelException.class, () -> device.read(0, new byte[1], 0, 1));
  }

  /** The smallest buffers, which a stack in a small heap has, hold 64 KiB. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1 << 18, 1 << 20})
  void requestsNeedNotFitIntoABuffer(long bytesOfBuffers) throws IOException {
    byte[] model = new byte[1 << 18];
    try (BlockDevice device =
        CryptDevice.stacked(new MemoryDevice(1 << 18), new ToyCipher(), 5, bytesOfBuffers)) {
      device.write(0, model, 0, model.length);
      for (int length : new int[] {64_511, 64_513, 65_025, 65_535, 65_536, 66_047, 200_000}) {
        for (int position : new int[] {0, 1, 511, 512}) {
          byte[] bytes = new byte[length];
          Arrays.fill(bytes, (byte) (length + position));
          System.arraycopy(bytes, 0, model, position, length);
          device.write(position, bytes, 0, length);
          byte[] read = new byte[length];
          device.read(position, read, 0, length);
          assertArrayEquals(bytes, read);
        }
      }
      byte[] all = new byte[model.length];
      device.read(0, all, 0, all.length);
      assertArrayEquals(model, all);
    }
  }
}
