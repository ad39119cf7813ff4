package dev.tcplay.block.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.FlakeyDevice;
import dev.tcplay.block.FlakeyDevice.Fault;
import dev.tcplay.block.FlakeyDevice.Operation;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.WriteBatch;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.testing.Allocations;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.InstrumentedClasses;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a cache says, and keeps, when it cannot write. */
@ResourceLock(Allocations.LOCK)
class FailedWriteBackTest extends CachedMebibyte {

  private volatile boolean failing;

  private BlockDevice failing(BlockDevice lower, Operation... operations) {
    return new FlakeyDevice(
        lower,
        (number, operation, position, length) ->
            failing && Arrays.asList(operations).contains(operation) ? Fault.FAIL : Fault.NONE);
  }

  @Test
  void aFailedWriteIsKeptAndTriedAgain() throws IOException {
    MemoryDevice host = new MemoryDevice(SIZE);
    BlockDevice device = new CachedDevice(failing(host, Operation.WRITE), SIZE, Duration.ZERO);
    failing = true;
    device.write(0, ones(100), 0, 100);
    assertThrows(IOException.class, device::flush);
    assertThrows(IOException.class, device::flush);
    byte[] read = new byte[100];
    device.read(0, read, 0, 100);
    assertArrayEquals(ones(100), read);
    failing = false;
    device.flush();
    host.read(0, read, 0, 100);
    assertArrayEquals(ones(100), read);
    device.close();
  }

  @Test
  void aFailedFlushWritesAgainWhatItShouldHaveForced() throws IOException {
    CountingDevice host = new CountingDevice(new MemoryDevice(SIZE));
    BlockDevice device = new CachedDevice(failing(host, Operation.FLUSH), SIZE, Duration.ZERO);
    failing = true;
    device.write(0, ones(100), 0, 100);
    assertThrows(IOException.class, device::flush);
    failing = false;
    device.flush();
    assertEquals(2, host.writes());
    device.close();
  }

  @Test
  void closeSaysWhatWasNotWritten() throws IOException {
    MemoryDevice host = new MemoryDevice(SIZE);
    BlockDevice device = new CachedDevice(failing(host, Operation.WRITE), SIZE, Duration.ZERO);
    device.write(0, ones(100), 0, 100);
    failing = true;
    assertThrows(IOException.class, device::close);
    assertThrows(IOException.class, () -> host.read(0, new byte[1], 0, 1));
  }

  @Test
  void aWriteIsRefusedWhenItsPageCannotBeCommitted() throws IOException {
    BlockDevice lower = failing(new MemoryDevice(SIZE), Operation.WRITE);
    try (BlockDevice device = new CachedDevice(lower, SIZE, Duration.ZERO)) {
      WriteBatch batch = new WriteBatch().write(Group.FIFTH, 0, ones(10), 0, 10);
      device.submit(batch);
      failing = true;
      assertThrows(IOException.class, () -> device.write(5, new byte[10], 0, 10));
      byte[] read = new byte[10];
      device.read(0, read, 0, 10);
      assertArrayEquals(ones(10), read);
      failing = false;
    }
  }

  /** A bad sector is mended by writing it, whatever else is in its page. */
  @Test
  void whatCannotBeReadIsWrittenOver() throws IOException {
    MemoryDevice host = new MemoryDevice(SIZE);
    host.write(0, ones(8192), 0, 8192);
    BlockDevice bad =
        new FlakeyDevice(
            host,
            (number, operation, position, length) ->
                failing
                        && operation == Operation.READ
                        && position < 1536
                        && position + length > 1024
                    ? Fault.FAIL
                    : Fault.NONE);
    failing = true;
    BlockDevice device = new CachedDevice(bad, SIZE, Duration.ZERO);
    assertThrows(IOException.class, () -> device.write(1100, new byte[10], 0, 10));
    device.write(1024, new byte[512], 0, 512);
    device.flush();
    byte[] expected = ones(8192);
    Arrays.fill(expected, 1024, 1536, (byte) 0);
    byte[] read = new byte[8192];
    host.read(0, read, 0, read.length);
    assertArrayEquals(expected, read);
    device.close();
  }

  @Test
  void whatWasWrittenAfterAnErrorIsCommittedOrTheCommitFails() throws ReflectiveOperationException {
    Constructor<?> runs =
        new InstrumentedClasses().loadClass(CacheFailures.class.getName()).getDeclaredConstructor();
    runs.setAccessible(true);
    ((Runnable) runs.newInstance()).run();
  }
}
