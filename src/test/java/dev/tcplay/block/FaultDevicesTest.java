package dev.tcplay.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.FlakeyDevice.Fault;
import dev.tcplay.block.FlakeyDevice.Operation;
import dev.tcplay.block.FlakeyDevice.Schedule;
import dev.tcplay.block.WriteBatch.Group;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.block.host.OverlayFile;
import java.io.IOException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FaultDevicesTest {

  @TempDir Path folder;

  private static byte[] bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] all(BlockDevice device) throws IOException {
    byte[] all = new byte[(int) device.size()];
    device.read(0, all, 0, all.length);
    return all;
  }

  @Test
  void aGuardRefusesWhatTouchesItsRangeAndAllWritesAfterwards() throws IOException {
    AtomicInteger told = new AtomicInteger();
    MemoryDevice lower = new MemoryDevice(10_000);
    try (GuardDevice guard =
        new GuardDevice(lower, 4096, 1024, refusal -> told.incrementAndGet())) {
      guard.write(0, bytes(4096, 1), 0, 4096);
      guard.write(5120, bytes(4880, 1), 0, 4880);
      guard.write(4500, new byte[0], 0, 0);
      assertFalse(guard.isTripped());
      byte[] before = all(guard);
      assertThrows(ForbiddenWriteException.class, () -> guard.write(4095, bytes(2, 2), 0, 2));
      assertTrue(guard.isTripped());
      assertThrows(ForbiddenWriteException.class, () -> guard.write(0, bytes(2, 2), 0, 2));
      assertThrows(ForbiddenWriteException.class, () -> guard.discard(0, 512));
      assertArrayEquals(before, all(guard));
      assertEquals(1, told.get());
    }
  }

  @Test
  void aGuardRefusesABatchWhole() throws IOException {
    MemoryDevice lower = new MemoryDevice(10_000);
    try (GuardDevice guard = new GuardDevice(lower, 9000, 1000, refusal -> {})) {
      WriteBatch batch =
          new WriteBatch()
              .write(Group.FIRST, 0, bytes(100, 1), 0, 100)
              .write(Group.SIXTH, 8999, bytes(2, 1), 0, 2);
      assertThrows(ForbiddenWriteException.class, () -> guard.submit(batch));
      assertArrayEquals(new byte[10_000], all(guard));
    }
  }

  @Test
  void whatAGuardLetThroughBeforeReachesTheHost() throws IOException {
    LogWritesDevice host = new LogWritesDevice(new MemoryDevice(1 << 16));
    BlockDevice cache = new CachedDevice(host, 0, Duration.ZERO);
    try (GuardDevice guard = new GuardDevice(cache, 4096 + 512, 512, refusal -> {})) {
      // The page of the write holds a part of the range, which must not be written all the same.
      guard.write(4096, bytes(512, 7), 0, 512);
      assertThrows(ForbiddenWriteException.class, () -> guard.write(5000, bytes(1, 7), 0, 1));
      guard.flush();
    }
    MemoryDevice copy = new MemoryDevice(1 << 16);
    copy.write(4096 + 512, bytes(512, 9), 0, 512);
    host.replay(0, host.entries(), copy);
    assertArrayEquals(bytes(512, 7), Arrays.copyOfRange(all(copy), 4096, 4608));
    assertArrayEquals(bytes(512, 9), Arrays.copyOfRange(all(copy), 4608, 5120));
  }

  @Test
  void anErrorDeviceFailsAndAZeroDeviceForgets() throws IOException {
    try (BlockDevice error = new ErrorDevice(1000);
        BlockDevice zero = new ZeroDevice(1000)) {
      assertThrows(IOException.class, () -> error.read(0, new byte[1], 0, 1));
      assertThrows(IOException.class, () -> error.write(0, new byte[1], 0, 1));
      error.flush();
      zero.write(0, bytes(1000, 3), 0, 1000);
      byte[] read = bytes(1000, 3);
      zero.read(10, read, 10, 980);
      byte[] expected = bytes(1000, 3);
      Arrays.fill(expected, 10, 990, (byte) 0);
      assertArrayEquals(expected, read);
    }
  }

  @Test
  void aFlakeyDeviceFailsDropsAndCorruptsBySchedule() throws IOException {
    Fault[] next = {Fault.NONE};
    MemoryDevice lower = new MemoryDevice(1000);
    try (BlockDevice flakey = new FlakeyDevice(lower, (n, operation, at, length) -> next[0])) {
      byte[] ones = bytes(1000, 1);
      flakey.write(0, ones, 0, 1000);
      next[0] = Fault.FAIL;
      assertThrows(IOException.class, () -> flakey.write(0, bytes(1000, 2), 0, 1000));
      assertThrows(IOException.class, () -> flakey.read(0, new byte[1], 0, 1));
      assertThrows(IOException.class, flakey::flush);
      next[0] = Fault.DROP;
      flakey.write(0, bytes(1000, 2), 0, 1000);
      assertArrayEquals(ones, all(lower));
      next[0] = Fault.CORRUPT;
      byte[] read = all(flakey);
      assertEquals(999, same(ones, read));
      byte[] twos = bytes(1000, 2);
      flakey.write(0, twos, 0, 1000);
      assertArrayEquals(bytes(1000, 2), twos);
      assertEquals(999, same(twos, all(lower)));
    }
  }

  private static long same(byte[] a, byte[] b) {
    long same = 0;
    for (int i = 0; i < a.length; i++) {
      same += a[i] == b[i] ? 1 : 0;
    }
    return same;
  }

  @Test
  void anAlternatingScheduleIsGoodThenBad() {
    Schedule schedule = Schedule.alternating(3, 2, Fault.FAIL);
    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      seen.append(schedule.next(i, Operation.READ, 0, 1) == Fault.FAIL ? 'x' : '.');
    }
    assertEquals("...xx...xx", seen.toString());
  }

  @Test
  void aLogReplaysAnyPrefixAndSubset() throws IOException {
    LogWritesDevice log = new LogWritesDevice(new MemoryDevice(4096));
    log.write(100, bytes(1000, 1), 0, 1000);
    log.flush();
    log.write(0, bytes(512, 2), 0, 512);
    assertEquals(3, log.entries());
    assertTrue(log.isFlush(1));
    assertFalse(log.isFlush(2));

    MemoryDevice prefix = new MemoryDevice(4096);
    log.replay(0, 2, prefix);
    byte[] expected = new byte[4096];
    Arrays.fill(expected, 100, 1100, (byte) 1);
    assertArrayEquals(expected, all(prefix));

    MemoryDevice subset = new MemoryDevice(4096);
    log.replay(0, 3, subset, (entry, sector) -> entry == 2 || sector == 1);
    Arrays.fill(expected, (byte) 0);
    Arrays.fill(expected, 512, 1024, (byte) 1);
    Arrays.fill(expected, 0, 512, (byte) 2);
    assertArrayEquals(expected, all(subset));
  }

  private static void leavesTheOriginAlone(BlockDevice origin, SnapshotDevice snapshot)
      throws IOException {
    byte[] before = all(origin);
    snapshot.write(5000, bytes(3000, 9), 0, 3000);
    snapshot.flush();
    byte[] expected = before.clone();
    Arrays.fill(expected, 5000, 8000, (byte) 9);
    assertArrayEquals(expected, all(snapshot));
    assertArrayEquals(before, all(origin));
    snapshot.rollBack();
    assertArrayEquals(before, all(snapshot));
    snapshot.write(5000, bytes(3000, 9), 0, 3000);
    snapshot.write(19_990, bytes(10, 9), 0, 10);
    Arrays.fill(expected, 19_990, 20_000, (byte) 9);
    snapshot.commit();
    assertArrayEquals(expected, all(snapshot));
    assertArrayEquals(expected, all(origin));
  }

  private static MemoryDevice origin() throws IOException {
    MemoryDevice origin = new MemoryDevice(20_000);
    origin.write(0, bytes(20_000, 1), 0, 20_000);
    return origin;
  }

  @Test
  void aSnapshotInMemoryLeavesTheOriginAlone() throws IOException {
    MemoryDevice origin = origin();
    try (SnapshotDevice snapshot = SnapshotDevice.inMemory(origin)) {
      leavesTheOriginAlone(origin, snapshot);
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void theFileOfASnapshotIsItsOwnersAlone() throws IOException {
    Path file = folder.resolve("overlay");
    try (SnapshotDevice snapshot = OverlayFile.snapshot(origin(), file)) {
      assertFalse(snapshot.isReadOnly());
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
  }

  @Test
  void aSnapshotInAFileLeavesTheOriginAlone() throws IOException {
    Path file = folder.resolve("overlay");
    MemoryDevice origin = origin();
    try (SnapshotDevice snapshot = OverlayFile.snapshot(origin, file)) {
      leavesTheOriginAlone(origin, snapshot);
      assertThrows(FileAlreadyExistsException.class, () -> OverlayFile.snapshot(origin, file));
      assertTrue(Files.exists(file));
    }
    assertFalse(Files.exists(file));
  }

  @Test
  void aSnapshotOfAReadOnlyDeviceTakesWritesButCannotCommitThem() throws IOException {
    Path host = Files.write(folder.resolve("host"), bytes(20_000, 1));
    try (SnapshotDevice snapshot =
        SnapshotDevice.inMemory(FileDevice.open(host, HostOpen.reading()))) {
      snapshot.write(3, bytes(3, 4), 0, 3);
      assertEquals(4, all(snapshot)[4]);
      assertThrows(NonWritableChannelException.class, snapshot::commit);
    }
    assertArrayEquals(bytes(20_000, 1), Files.readAllBytes(host));
  }
}
