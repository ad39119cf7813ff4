package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is ours of the changes of a file, and what another program's. */
class HostWatchTest {

  @TempDir Path folder;
  private Path host;
  private HostWatch watch;

  @BeforeEach
  void begin() throws IOException {
    host = Files.write(folder.resolve("host"), new byte[100]);
    assumeTrue(HostStamp.hasPromptTimes(host), "times that settle late");
    Object key = Files.readAttributes(host, BasicFileAttributes.class).fileKey();
    watch = new HostWatch(host, key, 100);
    watch.begin();
  }

  private void write() throws IOException {
    watch.beginWrite();
    Files.write(host, new byte[100]);
    watch.endWrite();
  }

  /** Writes as another program does, some time later. */
  private void writeByOther() throws IOException {
    long later = System.currentTimeMillis() + 1000;
    Files.setLastModifiedTime(host, FileTime.fromMillis(later));
  }

  @Test
  void whatAnotherProgramWritesBeforeALookIsNotTakenForOurs() throws IOException {
    write();
    writeByOther();
    watch.look();
    assertTrue(watch.isChanged(false));
  }

  @Test
  void whatAnotherProgramWritesBetweenTwoLooksIsNotTakenForOurs() throws IOException {
    write();
    watch.look();
    writeByOther();
    watch.look();
    assertTrue(watch.isChanged(false));
  }

  @Test
  void ourOwnWritesAreNoChange() throws IOException {
    write();
    assertFalse(watch.isChanged(false));
    watch.look();
    assertFalse(watch.isChanged(false));
  }

  @Test
  void whatWasWrittenBeforeOurTurnIsNoChange() throws IOException {
    write();
    writeByOther();
    watch.begin();
    assertFalse(watch.isChanged(false));
  }
}
