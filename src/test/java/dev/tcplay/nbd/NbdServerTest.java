package dev.tcplay.nbd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ErrorDevice;
import dev.tcplay.block.GuardDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.testing.DelegatingDevice;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the specification of NBD says, to the byte. */
@Timeout(120)
class NbdServerTest {

  private static final int EPERM = 1;
  private static final int EIO = 5;
  private static final int EINVAL = 22;
  private static final int ENOSPC = 28;
  private static final int EOVERFLOW = 75;
  private static final int ESHUTDOWN = 108;
  private static final int SIZE = 40 << 20;

  @TempDir private Path folder;
  private final MemoryDevice memory = new MemoryDevice(SIZE);

  @Test
  void optionsAreAnsweredOneByOneAndUnknownOnesRefused() throws Exception {
    try (Served served = new Served(folder, memory, false);
        RawClient client = served.client()) {
      client.option(99, new byte[3]);
      assertEquals(0x80000001, client.optionReply(99).type());
      client.option(5, new byte[0]);
      assertEquals(0x80000002, client.optionReply(5).type());
      client.option(8, new byte[1]);
      assertEquals(0x80000003, client.optionReply(8).type());
      client.option(7, new byte[100_000]);
      assertEquals(0x80000009, client.optionReply(7).type());
      client.option(6, go("other"));
      assertEquals(0x80000006, client.optionReply(6).type());
      client.option(6, new byte[] {0, 0, 0, 9, 1});
      assertEquals(0x80000003, client.optionReply(6).type());
      client.option(3, new byte[0]);
      assertArrayEquals(
          "\0\0\0\3vol".getBytes(StandardCharsets.US_ASCII), client.optionReply(3).payload());
      assertEquals(1, client.optionReply(3).type());
      client.option(7, go("vol"));
      // Size, then flush, FUA, write-zeroes, multi-conn and cache; no trim, no DF.
      byte[] facts = ByteBuffer.allocate(12).putLong(2, SIZE).putShort(10, (short) 0x54d).array();
      assertArrayEquals(facts, client.optionReply(7).payload());
      byte[] sizes =
          ByteBuffer.allocate(14)
              .putShort((short) 3)
              .putInt(1)
              .putInt(4096)
              .putInt(1 << 25)
              .array();
      assertArrayEquals(sizes, client.optionReply(7).payload());
      assertEquals(1, client.optionReply(7).type());
      assertEquals(0, client.error(0, 3, 0, 0));
    }
  }

  private static byte[] go(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(6 + bytes.length).putInt(bytes.length).put(bytes).array();
  }

  @Test
  void abortIsAcknowledgedAndEndsTheConnection() throws Exception {
    try (Served served = new Served(folder, memory, false);
        RawClient client = served.client()) {
      client.option(2, new byte[0]);
      assertEquals(1, client.optionReply(2).type());
      assertEquals(-1, client.in.read());
    }
  }

  @Test
  void longTransfersPassThroughSmallBuffers() throws Exception {
    byte[] bytes = new byte[32 << 20];
    new Random(1).nextBytes(bytes);
    try (Served served = new Served(folder, memory, false);
        RawClient writer = served.client();
        RawClient reader = served.client()) {
      writer.begin(true);
      assertEquals(0, writer.error(1, 1, 1000, bytes.length, bytes));
      writer.request(0, 0, 5, 1000, bytes.length);
      byte[] read = new byte[bytes.length];
      RawClient.Reply chunk;
      do {
        chunk = writer.reply(0);
        assertEquals(1, chunk.type());
        int at = (int) ByteBuffer.wrap(chunk.payload()).getLong() - 1000;
        System.arraycopy(chunk.payload(), 8, read, at, chunk.payload().length - 8);
      } while (!chunk.isLast());
      assertArrayEquals(bytes, read);
      reader.begin(false);
      reader.request(0, 0, 6, 1000, bytes.length);
      assertArrayEquals(bytes, reader.reply(bytes.length).payload());
    }
  }

  @Test
  void whatCannotBeIsRefusedAndTheConnectionGoesOn() throws Exception {
    try (Served served = new Served(folder, memory, false);
        RawClient client = served.client()) {
      client.begin(true);
      assertEquals(EINVAL, client.error(0, 0, SIZE - 1, 2));
      assertEquals(EINVAL, client.error(0, 0, -1, 1));
      assertEquals(EINVAL, client.error(0, 0, 0, (32 << 20) + 1));
      assertEquals(EINVAL, client.error(0, 0, 0, -1));
      assertEquals(EOVERFLOW, client.error(4, 0, 0, 1 << 20));
      assertEquals(EINVAL, client.error(0x40, 0, 0, 1));
      assertEquals(ENOSPC, client.error(0, 1, SIZE - 1, 2, (byte) 1, (byte) 2));
      assertEquals(EINVAL, client.error(0, 1, 0, (32 << 20) + 1, new byte[(32 << 20) + 1]));
      assertEquals(ENOSPC, client.error(0, 6, 1, SIZE));
      assertEquals(EINVAL, client.error(0, 4, 0, 1));
      assertEquals(EINVAL, client.error(0, 7, 0, 1));
      assertEquals(EINVAL, client.error(0, 99, 0, 0));
      assertEquals(0, client.error(3, 6, 0, SIZE));
      assertEquals(0, client.error(0, 5, 0, SIZE));
      assertEquals(0, client.error(0, 0, 0, 0));
      assertEquals(0, client.error(0, 1, 0, 0));
    }
  }

  @Test
  void whatTheDeviceThrowsHasANumber() throws Exception {
    assertEquals(EIO, writeError(new ErrorDevice(512)));
    assertEquals(EPERM, writeError(new GuardDevice(memory, 0, 512, refusal -> {})));
    assertEquals(EPERM, writeError(readOnly()));
    assertEquals(ENOSPC, writeError(throwing(new IOException("No space left on device"))));
    assertEquals(EIO, writeError(throwing(new IllegalStateException("wrong"))));
    MemoryDevice closed = new MemoryDevice(512);
    closed.close();
    assertEquals(ESHUTDOWN, writeError(closed));
  }

  private int writeError(BlockDevice device) throws IOException {
    Path own = Files.createTempDirectory(folder, "d");
    try (Served served = new Served(own, device, true);
        RawClient client = served.client()) {
      client.begin(true);
      return client.error(0, 1, 0, 1, (byte) 1);
    }
  }

  private BlockDevice readOnly() {
    return new DelegatingDevice(memory) {
      @Override
      public boolean isReadOnly() {
        return true;
      }
    };
  }

  private BlockDevice throwing(Exception failure) {
    return new DelegatingDevice(memory) {
      @Override
      public void write(long position, byte[] source, int offset, int length) throws IOException {
        if (failure instanceof IOException e) {
          throw e;
        }
        throw (RuntimeException) failure;
      }
    };
  }

  @Test
  void aLaterRequestIsAnsweredWhileAnEarlierOneWaits() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    BlockDevice device = waitingAtZero(slow);
    try (Served served = new Served(folder, device, false);
        RawClient client = served.client()) {
      client.begin(false);
      client.request(0, 0, 1, 0, 1);
      client.request(0, 0, 2, 512, 1);
      assertEquals(2, client.reply(1).cookie());
      slow.countDown();
      assertEquals(1, client.reply(1).cookie());
    }
  }

  private BlockDevice waitingAtZero(CountDownLatch slow) {
    return new DelegatingDevice(memory) {
      @Override
      public void read(long position, byte[] target, int offset, int length) throws IOException {
        if (position == 0) {
          try {
            slow.await();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        }
        super.read(position, target, offset, length);
      }
    };
  }

  @Test
  void aClientThatTakesNoAnswersHoldsUpNobody() throws Exception {
    try (Served served = new Served(folder, memory, false);
        RawClient lazy = served.client();
        RawClient other = served.client()) {
      lazy.begin(true);
      for (int i = 0; i < 8; i++) {
        lazy.request(0, 0, i, 0, 32 << 20);
      }
      other.begin(true);
      assertEquals(0, other.error(1, 1, 0, 1, (byte) 1));
    }
  }

  @Test
  void closingLetsARequestEndAndItsAnswerThrough() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    Served served = new Served(folder, waitingAtZero(slow), false);
    try (RawClient client = served.client()) {
      client.begin(false);
      client.request(0, 0, 1, 0, 1);
      client.request(0, 0, 2, 512, 1);
      assertEquals(2, client.reply(1).cookie());
      Thread closing = new Thread(() -> assertClosed(served));
      closing.start();
      slow.countDown();
      assertEquals(1, client.reply(1).cookie());
      assertEquals(-1, client.in.read());
      closing.join();
      assertEquals(0, served.server.connections());
    }
  }

  private static void assertClosed(Served served) {
    try {
      served.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aNewSizeIsSeenByTheNextConnection() throws Exception {
    LinearDevice window = new LinearDevice(memory, 0, 4096);
    try (Served served = new Served(folder, window, false);
        RawClient before = served.client();
        RawClient after = served.client()) {
      assertEquals(4096, before.begin(true));
      window.resize(8192);
      assertEquals(8192, after.begin(true));
      assertEquals(0, after.error(0, 1, 8191, 1, (byte) 1));
    }
  }

  @Test
  void aRequestWithoutItsMagicNumberEndsTheConnection() throws Exception {
    try (Served served = new Served(folder, memory, false);
        RawClient client = served.client()) {
      client.begin(true);
      client.out.write(new byte[28]);
      assertThrows(EOFException.class, () -> client.reply(0));
    }
  }
}
