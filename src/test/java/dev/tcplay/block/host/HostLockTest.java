package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** There is one writer or any number of readers, of this process and of others. */
class HostLockTest extends LockedHost {

  @Test
  void thereIsOneWriterOrAnyNumberOfReaders() throws IOException {
    try (FileDevice writer = open(false, true, "tcplay:first")) {
      assertFalse(writer.isReadOnly());
      HostInUseException second =
          assertThrows(HostInUseException.class, () -> open(true, true, "tcplay:second"));
      assertEquals("in use by tcplay:first", second.getReason());
      assertThrows(HostInUseException.class, () -> open(false, true, "tcplay:second"));
    }
    FileDevice first = open(true, true, "tcplay:first");
    try (FileDevice second = open(true, true, "tcplay:second")) {
      assertThrows(HostInUseException.class, () -> open(false, true, "tcplay:third"));
      first.close();
      second.read(0, new byte[1], 0, 1);
      HostInUseException third =
          assertThrows(HostInUseException.class, () -> open(false, true, "tcplay:third"));
      assertEquals("in use by tcplay:second", third.getReason());
    }
    open(false, true, "tcplay:last").close();
  }

  @Test
  void aLinkIsNoWayRoundTheLock() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("symbolic"), host);
    Path hard = Files.createLink(folder.resolve("hard"), host);
    try (FileDevice writer = open(false, true, "tcplay:first")) {
      assertThrows(HostInUseException.class, () -> FileDevice.open(link, HostOpen.reading()));
      assertThrows(HostInUseException.class, () -> FileDevice.open(hard, HostOpen.reading()));
      assertFalse(writer.isReadOnly());
    }
  }

  @Test
  void whoWantsNoLockGetsNone() throws IOException {
    byte[] read = new byte[1];
    try (FileDevice writer = open(false, true, "tcplay:first")) {
      try (FileDevice reader = open(true, false, "tcplay:second");
          FileDevice other = open(false, false, "tcplay:third")) {
        other.write(0, new byte[] {5}, 0, 1);
        reader.read(0, read, 0, 1);
        assertEquals(5, read[0]);
        assertTrue(reader.isReadOnly());
      }
      writer.read(0, read, 0, 1);
    }
  }

  @Test
  void anotherProcessIsKeptOut() throws Exception {
    try (FileDevice writer = open(false, true, "tcplay:first")) {
      Process other = OtherProcess.start(host, true);
      assertEquals("in use by another process", OtherProcess.firstLine(other));
      assertEquals(0, other.waitFor());
      // The lock survives that interrupts close the channel and it is opened again.
      interruptReads(writer);
      other = OtherProcess.start(host, false);
      assertEquals("in use by another process", OtherProcess.firstLine(other));
      assertEquals(0, other.waitFor());
    }
  }

  private static void interruptReads(FileDevice device) throws Exception {
    AtomicInteger interrupted = new AtomicInteger();
    Thread reader =
        new Thread(
            () -> {
              byte[] read = new byte[10_000];
              while (interrupted.get() < 300) {
                try {
                  device.read(0, read, 0, read.length);
                  interrupted.addAndGet(Thread.interrupted() ? 1 : 0);
                } catch (IOException e) {
                  interrupted.addAndGet(1000);
                }
              }
            });
    reader.start();
    while (reader.isAlive()) {
      reader.interrupt();
      Thread.onSpinWait();
    }
    assertEquals(300, interrupted.get());
    device.read(0, new byte[1], 0, 1);
  }

  @Test
  void readersOfTwoProcessesGoTogetherButNoWriterBesides() throws Exception {
    Process other = OtherProcess.start(host, true);
    try {
      assertEquals("open 10000", OtherProcess.firstLine(other));
      open(true, true, "tcplay:reader").close();
      HostInUseException refused =
          assertThrows(HostInUseException.class, () -> open(false, true, "tcplay:writer"));
      assertEquals("in use by another process", refused.getReason());
      open(false, false, "tcplay:reckless").close();
    } finally {
      other.getOutputStream().close();
      assertEquals(0, other.waitFor());
    }
    open(false, true, "tcplay:writer").close();
  }

  @Test
  void aLockOfSomebodyElseInThisProcessCounts() throws IOException {
    try (FileChannel channel = FileChannel.open(host, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertTrue(lock.isValid());
      HostInUseException refused =
          assertThrows(HostInUseException.class, () -> open(false, true, "tcplay:first"));
      String reason = String.valueOf(refused.getReason());
      assertTrue(reason.startsWith("in use by this process, but by other code"), reason);
    }
  }

  @Test
  void aReaderWithoutLockTakesNobodysLockAwayWhenItCloses() throws Exception {
    FileDevice glance = open(true, false, "nobody");
    try (FileDevice writer = open(false, true, "tcplay:writer")) {
      glance.close();
      assertFalse(writer.isReadOnly());
      Process other = OtherProcess.start(host, true);
      assertEquals("in use by another process", OtherProcess.firstLine(other));
      assertEquals(0, other.waitFor());
      HostInUseException refused =
          assertThrows(HostInUseException.class, () -> open(true, true, "tcplay:reader"));
      assertEquals("in use by tcplay:writer", refused.getReason());
    }
  }

  @Test
  void theLockGoesWithTheLastWhoWantedIt() throws IOException {
    try (FileDevice glance = open(true, false, "nobody")) {
      open(true, true, "tcplay:reader").close();
      open(false, true, "tcplay:writer").close();
      assertTrue(glance.isReadOnly());
    }
  }

  @Test
  void aWriterThatStopsWritingIsAReader() throws Exception {
    try (FileDevice first = open(false, true, "tcplay:first")) {
      first.stopWriting();
      assertThrows(NonWritableChannelException.class, () -> first.write(0, new byte[1], 0, 1));
      Process other = OtherProcess.start(host, true);
      assertEquals("open 10000", OtherProcess.firstLine(other));
      other.getOutputStream().close();
      assertEquals(0, other.waitFor());
      try (FileDevice second = open(true, true, "tcplay:second")) {
        second.read(0, new byte[1], 0, 1);
        HostInUseException third =
            assertThrows(HostInUseException.class, () -> open(false, true, "tcplay:third"));
        assertEquals("in use by tcplay:first", third.getReason());
      }
    }
  }
}
