package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.cache.CachedDevice;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Somebody has come in before a dropped lock was renewed. */
class LockIntruderTest extends DroppedLocks {

  /** Drops the locks and has the other process come in before they are renewed. */
  private void letIn(OtherProcess other) throws IOException {
    do {
      dropLocks();
    } while (!other.write().equals(OtherProcess.DONE));
  }

  private static FileSystemException lost(BlockDevice device) {
    return assertThrows(FileSystemException.class, device::flush);
  }

  @Test
  void whoeverCameInMeanwhileKeepsWhatItWrites() throws Exception {
    try (OtherProcess other = new OtherProcess(host)) {
      BlockDevice writer =
          new CachedDevice(FileDevice.open(host, HostOpen.writing()), 1 << 20, Duration.ZERO);
      put(writer, 1);
      letIn(other);
      assertEquals(OtherProcess.DONE, other.put(7));
      lost(writer);
      assertEquals(OtherProcess.DONE, other.put(8));
      // No later write is taken, not even into memory, and reading goes on.
      assertThrows(FileSystemException.class, () -> put(writer, 2));
      writer.read(0, new byte[1], 0, 1);
      assertThrows(FileSystemException.class, writer::close);
      assertEquals(OtherProcess.DONE, other.put(9));
      assertEquals(OtherProcess.DONE, other.leave());
    }
    assertEquals(9, Files.readAllBytes(host)[0]);
  }

  @Test
  void whoeverCameInAndLeftKeepsWhatItWrote() throws Exception {
    try (OtherProcess other = new OtherProcess(host)) {
      BlockDevice writer = FileDevice.open(host, HostOpen.writing());
      put(writer, 1);
      writer.flush();
      letIn(other);
      assertEquals(OtherProcess.DONE, other.put(7));
      assertEquals(OtherProcess.DONE, other.leave());
      assertThrows(FileSystemException.class, () -> put(writer, 2));
      lost(writer);
      assertThrows(FileSystemException.class, writer::close);
    }
    assertEquals(7, Files.readAllBytes(host)[0]);
  }

  /** The other is stopped while it tries to take back what it has lost. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whoeverHasLostTheLockDoesNotTakeItFromWhomItLetIn() throws Exception {
    try (OtherProcess other = new OtherProcess(host)) {
      assertEquals(OtherProcess.DONE, other.write());
      assertEquals(OtherProcess.DONE, other.drop());
      try (BlockDevice writer = FileDevice.open(host, HostOpen.writing())) {
        other.begin("put 1");
        Thread.sleep(Duration.ofMillis(50).toMillis());
        other.signal("STOP");
        try {
          put(writer, 7);
          writer.flush();
        } finally {
          other.signal("CONT");
        }
        assertEquals(OtherProcess.LOST, other.answer());
        assertEquals(OtherProcess.LOST, other.leave());
      }
    }
    assertEquals(7, Files.readAllBytes(host)[0]);
  }

  @Test
  void aWriteWithoutForceIsToldFromThatOfSomebodyElse() throws Exception {
    try (OtherProcess other = new OtherProcess(host)) {
      BlockDevice writer = FileDevice.open(host, HostOpen.writing());
      put(writer, 1);
      letIn(other);
      assertEquals(OtherProcess.DONE, other.put(7));
      assertEquals(OtherProcess.DONE, other.leave());
      lost(writer);
      assertThrows(FileSystemException.class, writer::close);
    }
    assertEquals(7, Files.readAllBytes(host)[0]);
  }

  @Test
  void readersReadNoMoreOnceAWriterHasComeIn() throws Exception {
    try (OtherProcess other = new OtherProcess(host)) {
      BlockDevice first = FileDevice.open(host, HostOpen.reading());
      BlockDevice second = FileDevice.open(host, HostOpen.reading());
      BlockDevice unlocked = FileDevice.open(host, HostOpen.reading().unlocked());
      letIn(other);
      LocksNow.keepAll();
      for (BlockDevice reader : List.of(first, second)) {
        FileSystemException refused = assertThrows(FileSystemException.class, () -> get(reader));
        assertTrue(refused.getReason().contains("opened the container for writing"));
      }
      assertEquals(0, get(unlocked));
      assertThrows(HostInUseException.class, () -> FileDevice.open(host, HostOpen.reading()));
      assertEquals(OtherProcess.DONE, other.put(7));
      assertEquals(OtherProcess.DONE, other.leave());
      // For who reads from now on all is well.
      try (BlockDevice third = FileDevice.open(host, HostOpen.reading())) {
        assertEquals(7, get(third));
        assertEquals(OtherProcess.IN_USE, other.write());
        assertThrows(FileSystemException.class, () -> get(first));
        assertThrows(FileSystemException.class, first::close);
        assertEquals(OtherProcess.IN_USE, other.write());
        assertEquals(7, get(third));
      }
      assertThrows(FileSystemException.class, second::close);
      unlocked.close();
    }
    assertEquals(7, Files.readAllBytes(host)[0]);
  }

  @Test
  void aReaderReadsNoMoreOnceAWriterHasComeInAndAnInterruptHasClosedItsChannel() throws Exception {
    try (OtherProcess other = new OtherProcess(host)) {
      BlockDevice reader = FileDevice.open(host, HostOpen.reading());
      letIn(other);
      assertThrows(FileSystemException.class, () -> readAndBeInterrupted(reader));
      assertEquals(OtherProcess.DONE, other.leave());
      FileSystemException refused = assertThrows(FileSystemException.class, () -> get(reader));
      assertTrue(refused.getReason().contains("opened the container for writing"));
      assertThrows(FileSystemException.class, reader::close);
    }
  }

  /** Has the JDK close the channel, and so drop the lock, when an interrupt comes during a read. */
  private static void readAndBeInterrupted(BlockDevice device) throws Exception {
    Thread reader = Thread.currentThread();
    AtomicBoolean done = new AtomicBoolean();
    Thread interrupter =
        new Thread(
            () -> {
              while (!done.get()) {
                reader.interrupt();
                Thread.onSpinWait();
              }
            });
    byte[] bytes = new byte[SIZE];
    interrupter.start();
    try {
      while (true) {
        device.read(0, bytes, 0, SIZE);
      }
    } finally {
      done.set(true);
      while (interrupter.isAlive()) {
        Thread.onSpinWait();
      }
      Thread.interrupted();
    }
  }

  @Test
  void aReaderIsToldWhenItIsClosedThatAWriterCameInAndLeft() throws Exception {
    try (OtherProcess other = new OtherProcess(host)) {
      BlockDevice reader = FileDevice.open(host, HostOpen.reading());
      letIn(other);
      assertEquals(OtherProcess.DONE, other.put(7));
      assertEquals(OtherProcess.DONE, other.leave());
      FileSystemException late = assertThrows(FileSystemException.class, reader::close);
      // That it has opened the container, if the lock was kept while it was there.
      assertTrue(late.getReason().startsWith("another program has"), late.getReason());
    }
  }

  @Test
  void aReaderIsNotDisturbedByNewLinksAndPermissionsNorByAWriterBesideIt() throws Exception {
    try (BlockDevice reader = FileDevice.open(host, HostOpen.reading());
        BlockDevice reckless = FileDevice.open(host, HostOpen.writing().unlocked())) {
      Files.createLink(folder.resolve("link"), host);
      LocksNow.keepAll();
      assertEquals(0, get(reader));
      put(reckless, 3);
      LocksNow.keepAll();
      assertEquals(3, get(reader));
    }
  }
}
