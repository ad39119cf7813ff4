package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.testing.Judge;
import dev.tcplay.testing.PlainProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The times of a host file, to the nanosecond. */
class HostTimesTest {

  private static final FileTime MODIFIED =
      FileTime.from(Instant.parse("2002-03-04T05:06:07.123456789Z"));
  private static final FileTime ACCESSED =
      FileTime.from(Instant.parse("2001-02-03T04:05:06.987654321Z"));

  @TempDir private Path folder;
  private Path host;

  @BeforeEach
  void make() throws IOException {
    host = Files.write(folder.resolve("host"), new byte[4096]);
    age();
    assumeTrue(MODIFIED.equals(Files.getLastModifiedTime(host)), "coarse times");
  }

  private void age() throws IOException {
    Files.getFileAttributeView(host, BasicFileAttributeView.class)
        .setTimes(MODIFIED, ACCESSED, null);
  }

  private List<FileTime> times() throws IOException {
    BasicFileAttributes now = Files.readAttributes(host, BasicFileAttributes.class);
    return List.of(now.lastModifiedTime(), now.lastAccessTime());
  }

  private void assertKept() throws IOException {
    assertEquals(List.of(MODIFIED, ACCESSED), times());
  }

  private static void read(FileDevice device) throws IOException {
    device.read(0, new byte[512], 0, 512);
  }

  private static void write(FileDevice device) throws IOException {
    device.write(0, new byte[512], 0, 512);
  }

  private void writeAsAnotherProgram() throws Exception {
    Judge.Verdict written =
        Judge.run("dd", "if=/dev/zero", "of=" + host, "bs=512", "count=1", "conv=notrunc");
    assertEquals(0, written.status(), written.output());
  }

  @Test
  void areKeptByReadersAndWriters() throws Exception {
    try (FileDevice device = FileDevice.open(host, HostOpen.reading().keepingTimes())) {
      read(device);
    }
    assertKept();
    try (FileDevice device = FileDevice.open(host, HostOpen.writing().keepingTimes())) {
      read(device);
      write(device);
      device.flush();
      assertNotEquals(MODIFIED, Files.getLastModifiedTime(host));
      write(device);
    }
    assertKept();
    Judge.Verdict stat = Judge.run("stat", "-c", "%y %x", host.toString());
    assertEquals(
        "2002-03-04 05:06:07.123456789 +0000 2001-02-03 04:05:06.987654321 +0000",
        stat.output().strip());
  }

  @Test
  void changeWhereNobodyAsksForThat() throws IOException {
    try (FileDevice device = FileDevice.open(host, HostOpen.writing())) {
      write(device);
    }
    assertNotEquals(MODIFIED, Files.getLastModifiedTime(host));
  }

  @Test
  void areKeptThroughALink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), host);
    try (FileDevice device = FileDevice.open(link, HostOpen.writing().keepingTimes())) {
      write(device);
    }
    assertKept();
  }

  @Test
  void areThoseOfTheFirstOpeningUntilTheLastIsClosed() throws IOException {
    HostOpen reading = HostOpen.reading().keepingTimes();
    try (FileDevice first = FileDevice.open(host, reading)) {
      read(first);
      try (FileDevice second = FileDevice.open(host, reading)) {
        read(second);
      }
      read(first);
    }
    assertKept();
    HostOpen writing = HostOpen.writing().unlocked().keepingTimes();
    try (FileDevice reader = FileDevice.open(host, reading);
        FileDevice writer = FileDevice.open(host, writing)) {
      write(writer);
      read(reader);
    }
    assertKept();
  }

  @Test
  void changeIfOneWhoHasTheFileOpenDoesNotAskForThat() throws IOException {
    try (FileDevice keeping = FileDevice.open(host, HostOpen.reading().keepingTimes())) {
      try (FileDevice other = FileDevice.open(host, HostOpen.writing().unlocked())) {
        write(other);
      }
      read(keeping);
    }
    assertNotEquals(MODIFIED, Files.getLastModifiedTime(host));
    age();
    // A new opening begins anew.
    try (FileDevice keeping = FileDevice.open(host, HostOpen.writing().keepingTimes())) {
      write(keeping);
    }
    assertKept();
  }

  @Test
  void anOpeningThatIsRefusedChangesNothing() throws IOException {
    try (FileDevice keeping = FileDevice.open(host, HostOpen.writing().keepingTimes())) {
      write(keeping);
      assertThrows(HostInUseException.class, () -> FileDevice.open(host, HostOpen.writing()));
    }
    assertKept();
  }

  @Test
  void ofAnotherProgramsChangeAreLeft() throws Exception {
    FileDevice reader = FileDevice.open(host, HostOpen.reading().keepingTimes());
    read(reader);
    writeAsAnotherProgram();
    FileTime theirs = Files.getLastModifiedTime(host);
    assertThrows(IOException.class, reader::close);
    assertEquals(theirs, Files.getLastModifiedTime(host));
    age();
    FileDevice writer = FileDevice.open(host, HostOpen.writing().keepingTimes());
    write(writer);
    writer.flush();
    Thread.sleep(20); // kernel times advance by ticks
    writeAsAnotherProgram();
    theirs = Files.getLastModifiedTime(host);
    assertThrows(IOException.class, writer::close);
    assertEquals(theirs, Files.getLastModifiedTime(host));
  }

  @Test
  void ofAnotherProgramsChangeAreLeftAlsoWithoutALock() throws Exception {
    FileTime theirs;
    try (FileDevice reader = FileDevice.open(host, HostOpen.reading().unlocked().keepingTimes())) {
      read(reader);
      writeAsAnotherProgram();
      theirs = Files.getLastModifiedTime(host);
    }
    assertEquals(theirs, Files.getLastModifiedTime(host));
  }

  @Test
  void ofAFileThatTookItsPlaceAreLeft() throws IOException {
    try (FileDevice reader = FileDevice.open(host, HostOpen.reading().unlocked().keepingTimes())) {
      read(reader);
      Files.move(host, folder.resolve("moved"));
      Files.write(host, new byte[4096]);
    }
    assertNotEquals(MODIFIED, Files.getLastModifiedTime(host));
  }

  @Test
  void ofAProviderThatLetsNobodySetThemChangeAndClosingGoesOn() throws IOException {
    Path plain = new PlainProvider().wrap(host);
    try (FileDevice device = FileDevice.open(plain, HostOpen.writing().keepingTimes())) {
      write(device);
    }
    assertNotEquals(MODIFIED, Files.getLastModifiedTime(host));
  }

  @Test
  void doNotDisturbAnotherReader() throws IOException {
    try (FileChannel other = FileChannel.open(host, StandardOpenOption.READ)) {
      try (FileDevice reader = FileDevice.open(host, HostOpen.reading().keepingTimes())) {
        read(reader);
        other.read(ByteBuffer.allocate(512));
      }
    }
    assertKept();
  }
}
