package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLockTest {

  @TempDir Path folder;

  private Path host;

  @BeforeEach
  void makeHost() throws IOException {
    host = Files.write(folder.resolve("host"), new byte[10_000]);
  }

  /** Another process that holds a lock, or tries to, as our devices do. */
  public static final class OtherProcess {

    public static void main(String[] arguments) throws Exception {
      Path file = Path.of(arguments[0]);
      boolean readOnly = Boolean.parseBoolean(arguments[1]);
      try (FileDevice device =
          FileDevice.open(file, readOnly ? HostOpen.reading() : HostOpen.writing())) {
        System.out.println("open " + device.size());
        System.in.read();
      } catch (HostInUseException e) {
        System.out.println(e.getReason());
      }
    }

    static Process start(Path file, boolean readOnly) throws IOException {
      return new ProcessBuilder(
              ProcessHandle.current().info().command().orElse("java"),
              "-cp",
              System.getProperty("java.class.path"),
              OtherProcess.class.getName(),
              file.toString(),
              Boolean.toString(readOnly))
          .redirectErrorStream(true)
          .start();
    }

    static String firstLine(Process process) throws IOException {
      return new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
          .readLine();
    }
  }

  private FileDevice open(boolean readOnly, boolean lock, String owner) throws IOException {
    HostOpen how = (readOnly ? HostOpen.reading() : HostOpen.writing()).by(owner);
    return FileDevice.open(host, lock ? how : how.unlocked());
  }

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
      assertThrows(HostInUseException.class, () -> open(false, true, "tcplay:first"));
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

  @Test
  void aLockThatThisProcessDroppedIsTakenAnew() throws Exception {
    try (FileDevice writer = open(false, true, "tcplay:first")) {
      // Closing any channel on the file drops the locks of the process, without a sign.
      assertEquals(10_000, Files.readAllBytes(host).length);
      LockKeeper.keepAll();
      Process other = OtherProcess.start(host, false);
      assertEquals("in use by another process", OtherProcess.firstLine(other));
      assertEquals(0, other.waitFor());
      writer.write(0, new byte[512], 0, 512);
      writer.flush();
    }
    Process after = OtherProcess.start(host, false);
    assertEquals("open 10000", OtherProcess.firstLine(after));
    after.destroy();
  }

  @Test
  void readersTakeTheirSharedLockAnew() throws Exception {
    try (FileDevice reader = open(true, true, "tcplay:first");
        FileDevice second = open(true, true, "tcplay:second")) {
      assertEquals(10_000, Files.readAllBytes(host).length);
      LockKeeper.keepAll();
      Process other = OtherProcess.start(host, false);
      assertEquals("in use by another process", OtherProcess.firstLine(other));
      assertEquals(0, other.waitFor());
      second.read(0, new byte[1], 0, 1);
      assertTrue(reader.isReadOnly());
    }
  }

  @Test
  void aWriterWhoseLockAnotherProcessHasWritesNothingMore() throws Exception {
    FileDevice writer = open(false, true, "tcplay:first");
    writer.write(0, new byte[] {1}, 0, 1);
    writer.flush();
    // Again and again, since the lock is taken anew every second while the other process starts.
    AtomicBoolean started = new AtomicBoolean();
    Thread dropping =
        new Thread(
            () -> {
              while (!started.get()) {
                try {
                  Files.readAllBytes(host);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }
            });
    dropping.start();
    Process other = OtherProcess.start(host, false);
    assertEquals("open 10000", OtherProcess.firstLine(other));
    started.set(true);
    dropping.join();
    FileSystemException write =
        assertThrows(FileSystemException.class, () -> writer.write(0, new byte[] {2}, 0, 1));
    assertTrue(
        write.getReason().startsWith("the lock on the container was lost"), write.getReason());
    assertThrows(FileSystemException.class, writer::flush);
    assertThrows(FileSystemException.class, writer::close);
    assertEquals(1, Files.readAllBytes(host)[0]);
    other.destroy();
    other.waitFor();
    try (FileDevice again = open(false, true, "tcplay:again")) {
      again.write(0, new byte[] {3}, 0, 1);
    }
  }

  @Test
  void aChangeByAnotherProgramEndsWriting() throws Exception {
    FileDevice writer = open(false, true, "tcplay:first");
    writer.write(0, new byte[] {1}, 0, 1);
    writer.flush();
    LockKeeper.keepAll();
    writer.write(0, new byte[] {2}, 0, 1);
    writer.flush();
    Files.setLastModifiedTime(host, FileTime.fromMillis(1_000_000_000_000L));
    FileSystemException write =
        assertThrows(FileSystemException.class, () -> writer.write(0, new byte[] {3}, 0, 1));
    assertTrue(write.getReason().startsWith("another program has changed"), write.getReason());
    assertThrows(FileSystemException.class, writer::close);
    assertEquals(2, Files.readAllBytes(host)[0]);
  }

  @Test
  void aFileThatLostItsNameIsReportedWhenItIsForcedAndClosed() throws Exception {
    for (boolean replaced : new boolean[] {false, true}) {
      makeHost();
      FileDevice writer = open(false, true, "tcplay:first");
      writer.write(0, new byte[] {1}, 0, 1);
      writer.flush();
      Files.delete(host);
      if (replaced) {
        Files.write(host, new byte[10_000]);
      }
      writer.write(0, new byte[] {2}, 0, 1);
      FileSystemException force = assertThrows(FileSystemException.class, writer::flush);
      assertTrue(force.getReason().contains("no longer has this name"), force.getReason());
      assertThrows(FileSystemException.class, writer::close);
    }
  }
}
