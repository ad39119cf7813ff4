package dev.tcplay.mapper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.testing.DelegatingDevice;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A device whose transfers do not end blocks no other, and force does without it. */
@Timeout(120) // Whoever is stuck shows as a time-out.
class StuckDeviceTest {

  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch freed = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService pool = Executors.newCachedThreadPool();

  /** Reads wait until the device is freed. */
  private final class Stuck extends DelegatingDevice {

    Stuck() {
      super(new MemoryDevice(1 << 20));
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
      arrived.countDown();
      awaitFreed();
      super.read(position, target, offset, length);
    }

    @Override
    public void close() throws IOException {
      closed.countDown();
      super.close();
    }
  }

  private void awaitFreed() throws InterruptedIOException {
    try {
      freed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private BlockDevice open(String name, boolean readOnly) throws IOException {
    if (name.equals("late")) {
      arrived.countDown();
      awaitFreed();
    }
    return name.equals("stuck") ? new Stuck() : new MemoryDevice(1 << 20);
  }

  private final DeviceMapper mapper = new DeviceMapper(this::open);

  @AfterEach
  void free() throws IOException {
    freed.countDown();
    mapper.close();
    pool.shutdownNow();
  }

  private void create(String name, String text) throws IOException {
    try (Table table = Table.parse(text.getBytes(StandardCharsets.UTF_8))) {
      mapper.create(name, table);
    }
  }

  /** Does with a device what there is to do; it ends. */
  private void useAnother() throws IOException {
    create("free", "0 64 crypt aes-cbc-plain64 " + "00".repeat(32) + " 0 memory 0");
    try (BlockDevice device = mapper.open("free")) {
      device.write(7, new byte[] {5}, 0, 1);
      mapper.suspend("free");
      mapper.resume("free");
      byte[] read = new byte[1];
      device.read(7, read, 0, 1);
      assertEquals(5, read[0]);
    }
    mapper.rename("free", "freed");
    assertEquals(1, mapper.status("freed").size());
    mapper.remove("freed");
  }

  private static byte[] read(BlockDevice device) throws IOException {
    byte[] read = new byte[16];
    device.read(0, read, 0, 16);
    return read;
  }

  @Test
  void blocksNoOtherAndForceDoesWithoutIt() throws Exception {
    create("low", "0 64 linear stuck 0");
    create("high", "0 64 linear /dev/mapper/low 0");
    BlockDevice high = mapper.open("high");
    Future<byte[]> reading = pool.submit(() -> read(high));
    arrived.await();
    Future<?> suspending =
        pool.submit(
            () -> {
              mapper.suspend("low");
              return null;
            });
    while (!mapper.info("low").suspended()) {
      Thread.onSpinWait();
    }
    useAnother();
    for (String name : List.of("low", "high")) {
      assertTrue(mapper.info(name).liveTable());
      assertEquals(1, mapper.status(name).size());
      mapper.table(name).orElseThrow().close();
      mapper.rename(name, name + "er");
      mapper.rename(name + "er", name);
    }
    assertEquals(List.of("high", "low"), mapper.removeAll());
    assertFalse(suspending.isDone());

    assertThrows(DeviceBusyException.class, () -> mapper.remove("low", Removal.FORCE));
    ExecutionException ended =
        assertThrows(ExecutionException.class, () -> suspending.get(60, TimeUnit.SECONDS));
    assertTrue(
        String.valueOf(ended.getMessage()).contains("was removed meanwhile"), ended::toString);
    assertThrows(IOException.class, () -> read(high));
    assertThrows(DeviceBusyException.class, () -> mapper.remove("high", Removal.FORCE));
    assertThrows(IOException.class, () -> read(high));
    useAnother();
    assertFalse(reading.isDone());

    assertEquals(List.of("high", "low"), mapper.removeAll(Removal.DEFERRED));
    freed.countDown();
    reading.get(60, TimeUnit.SECONDS);
    closed.await();
    high.close();
    assertEquals(List.of(), mapper.list());
  }

  @Test
  void forceFreesWhatWaitsForASuspendedDevice() throws Exception {
    create("d", "0 64 zero");
    try (BlockDevice device = mapper.open("d")) {
      mapper.suspend("d");
      Future<byte[]> reading = pool.submit(() -> read(device));
      assertThrows(DeviceBusyException.class, () -> mapper.remove("d", Removal.FORCE));
      ExecutionException ended =
          assertThrows(ExecutionException.class, () -> reading.get(60, TimeUnit.SECONDS));
      assertTrue(ended.getCause() instanceof IOException, ended::toString);
    }
  }

  @Test
  void aDeviceOfTheHostThatOpensSlowlyBlocksNoOther() throws Exception {
    Future<?> creating =
        pool.submit(
            () -> {
              create("d", "0 64 linear late 0");
              return null;
            });
    arrived.await();
    useAnother();
    assertEquals(List.of("d"), mapper.list());
    assertFalse(mapper.info("d").liveTable());
    freed.countDown();
    creating.get(60, TimeUnit.SECONDS);
    assertTrue(mapper.info("d").liveTable());
  }

  /** Another one asks for the table meanwhile, and waits there with what status waits for. */
  @Test
  void aStatusThatTakesLongHoldsUpNoTransfer() throws Exception {
    Mapping device = new Mapping("d", "", 0);
    try (Table table = Table.parse("0 64 linear a 0".getBytes(StandardCharsets.UTF_8))) {
      LiveTable live = new LiveTable(table, false, new SlowNames());
      device.load(live);
      device.resume();
      Future<Table> naming = pool.submit(live::table);
      arrived.await();
      FutureTask<List<TargetStatus>> status = new FutureTask<>(device::status);
      Thread asking = new Thread(status);
      asking.start();
      while (asking.getState() != Thread.State.BLOCKED) {
        Thread.onSpinWait();
      }
      LiveTable entered = pool.submit(device::enter).get(60, TimeUnit.SECONDS);
      assertEquals(live, entered);
      device.leave(entered);
      assertFalse(status.isDone());
      freed.countDown();
      assertEquals(1, status.get(60, TimeUnit.SECONDS).size());
      naming.get(60, TimeUnit.SECONDS).close();
    }
  }

  /** Says what devices are called once they are freed. */
  private final class SlowNames implements Below {

    @Override
    public BlockDevice open(String name) {
      return new MemoryDevice(1 << 20);
    }

    @Override
    public String currentName(String name) {
      arrived.countDown();
      try {
        freed.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return name;
    }
  }

  @Test
  void anInterruptEndsASuspendAndTheDeviceGoesOn() throws Exception {
    create("low", "0 64 linear stuck 0");
    try (BlockDevice device = mapper.open("low")) {
      Future<byte[]> reading = pool.submit(() -> read(device));
      arrived.await();
      Thread.currentThread().interrupt();
      assertThrows(InterruptedIOException.class, () -> mapper.suspend("low"));
      assertTrue(Thread.interrupted());
      assertFalse(mapper.info("low").suspended());
      freed.countDown();
      reading.get(60, TimeUnit.SECONDS);
      read(device);
    }
  }
}
