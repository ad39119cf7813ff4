package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Locks that were dropped, and files that others changed meanwhile. */
class LostHostLockTest extends LockedHost {

  @Test
  void aLockThatThisProcessDroppedIsTakenAnew() throws Exception {
    try (FileDevice writer = open(false, true, "tcplay:first")) {
      // Closing any channel on the file drops the locks of the process, without a sign.
      assertEquals(10_000, Files.readAllBytes(host).length);
      LocksNow.keepAll();
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
      LocksNow.keepAll();
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
    Process other;
    String said;
    do {
      other = OtherProcess.start(host, false);
      said = OtherProcess.firstLine(other);
    } while (said.equals("in use by another process"));
    started.set(true);
    assertEquals("open 10000", said);
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
    LocksNow.keepAll();
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
