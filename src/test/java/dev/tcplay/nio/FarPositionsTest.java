package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.exfat.ExFatDriver;
import dev.tcplay.fs.fat.FatDriver;
import dev.tcplay.fs.raw.RawDriver;
import example.tablefs.TableDriver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Positions and sizes up to the last {@code long}: what lies behind the end of a short file is what
 * it is on the default file system, whatever is left of the number when it is cut to 32 or 43 bits.
 */
class FarPositionsTest {

  private static final long[] FAR = far();
  private static final byte[] SHORT = {'a', 'b', 'c'};

  @TempDir static Path folder;

  private static final Map<String, TcplayFileSystem> VOLUMES = new LinkedHashMap<>();

  private static long[] far() {
    List<Long> positions = new ArrayList<>(List.of(3L, 4L));
    for (long edge : new long[] {1L << 31, 1L << 32, 1L << 41, 1L << 43, 1L << 63}) {
      for (long near = -3; near <= 3; near++) {
        if (edge + near > 0) {
          positions.add(edge + near);
        }
      }
    }
    positions.removeIf(position -> position < 0);
    return positions.stream().mapToLong(Long::longValue).toArray();
  }

  @BeforeAll
  static void mount() throws IOException {
    for (String type : List.of("FAT12", "FAT16", "FAT32")) {
      long bytes = type.equals("FAT12") ? 1 << 20 : type.equals("FAT16") ? 5 << 20 : 36 << 20;
      VOLUMES.put(type, DrivenVolumes.mount(new FatDriver(), Optional.of(type), bytes));
    }
    VOLUMES.put("exFAT", DrivenVolumes.mount(new ExFatDriver(), Optional.empty(), 1 << 20));
    VOLUMES.put("table", DrivenVolumes.mount(new TableDriver(), Optional.empty(), 1 << 20));
    VOLUMES.put("raw", DrivenVolumes.mount(new RawDriver(), Optional.empty(), 4096));
  }

  @AfterAll
  static void unmount() throws IOException {
    for (TcplayFileSystem volume : VOLUMES.values()) {
      volume.close();
    }
  }

  private static Path file(String driver) throws IOException {
    TcplayFileSystem volume = VOLUMES.get(driver);
    return driver.equals("raw")
        ? volume.getPath("/volume.img")
        : Files.write(volume.getPath("/short"), SHORT);
  }

  @TestFactory
  Stream<DynamicTest> whatLiesBehindTheEndIsAsOnTheDefaultFileSystem() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String driver : VOLUMES.keySet()) {
      Path ours = file(driver);
      Path theirs = Files.write(folder.resolve(driver), Files.readAllBytes(ours));
      FarProbes.all()
          .forEach(
              (name, probe) ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          driver + ": " + name,
                          () -> {
                            long[] behind = behind(Files.size(theirs));
                            for (long position : behind) {
                              compare(probe, theirs, ours, position);
                            }
                            assertArrayEquals(Files.readAllBytes(theirs), Files.readAllBytes(ours));
                          })));
    }
    return tests.stream();
  }

  private static long[] behind(long size) {
    return Arrays.stream(FAR).filter(position -> position >= size).toArray();
  }

  private static void compare(FarProbes.Probe probe, Path theirs, Path ours, long position)
      throws IOException {
    String expected = outcome(probe, theirs, position);
    String found = outcome(probe, ours, position);
    if (expected.equals(IOException.class.getName())) {
      // Linux refuses any transfer whose end would be no long; the contract knows no such limit.
      long other = 1L << 43;
      expected = outcome(probe, theirs, other).replace(Long.toString(other), "far");
      found = found.replace(Long.toString(position), "far");
    }
    assertEquals(expected, found, () -> "at " + position);
  }

  private static String outcome(FarProbes.Probe probe, Path file, long position)
      throws IOException {
    try {
      return String.valueOf(probe.at(file, position));
    } catch (ExecutionException e) {
      return e.getCause().getClass().getName();
    } catch (Exception e) {
      return e.getClass().getName();
    }
  }

  /** What Java 21 changed: before, nothing was transferred; since then the file grows. */
  @Test
  void aTransferToAPositionBehindTheEndDoesWhatItDoesOnTheDefaultFileSystem() throws IOException {
    for (String driver : List.of("FAT12", "FAT16", "FAT32", "exFAT", "table")) {
      for (int behind = 4; behind < 9; behind++) {
        Path ours = file(driver);
        Path theirs = Files.write(folder.resolve("grown"), SHORT);
        assertEquals(transferThree(theirs, behind, 3), transferThree(ours, behind, 3));
        assertArrayEquals(Files.readAllBytes(theirs), Files.readAllBytes(ours), driver);
      }
    }
  }

  @Test
  void aTransferToAPositionThatNoFileReachesChangesNothing() throws IOException {
    for (String driver : VOLUMES.keySet()) {
      Path file = file(driver);
      byte[] before = Files.readAllBytes(file);
      for (long position : behind((1L << 32) - 1)) {
        for (long count : new long[] {3, Long.MAX_VALUE}) {
          if (Runtime.version().feature() < 21) {
            assertEquals(0, transferThree(file, position, count));
          } else {
            assertTooLarge(
                assertThrows(IOException.class, () -> transferThree(file, position, count)));
          }
        }
      }
      assertArrayEquals(before, Files.readAllBytes(file), driver);
    }
  }

  private static long transferThree(Path file, long position, long count) throws IOException {
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      return channel.transferFrom(FarProbes.three(), position, count);
    }
  }

  @Test
  void aWriteThatWouldMakeAFileTooLargeChangesNothing() throws Exception {
    for (String driver : VOLUMES.keySet()) {
      Path file = file(driver);
      byte[] before = Files.readAllBytes(file);
      for (long position : behind((1L << 32) - 1)) {
        for (ByteBuffer bytes :
            List.of(ByteBuffer.allocate(1), ByteBuffer.allocateDirect(70_000))) {
          refuseEverywhere(file, position, bytes);
        }
      }
      assertArrayEquals(before, Files.readAllBytes(file), driver);
    }
  }

  private static void refuseEverywhere(Path file, long position, ByteBuffer bytes)
      throws Exception {
    int remaining = bytes.remaining();
    try (FileChannel channel = FileChannel.open(file, READ, WRITE);
        SeekableByteChannel other = Files.newByteChannel(file, WRITE);
        AsynchronousFileChannel later = AsynchronousFileChannel.open(file, WRITE)) {
      assertTooLarge(assertThrows(IOException.class, () -> channel.write(bytes, position)));
      channel.position(position);
      assertTooLarge(assertThrows(IOException.class, () -> channel.write(bytes)));
      assertEquals(position, channel.position());
      other.position(position);
      assertTooLarge(assertThrows(IOException.class, () -> other.write(bytes)));
      assertEquals(position, other.position());
      assertTooLarge(
          assertThrows(ExecutionException.class, () -> later.write(bytes, position).get())
              .getCause());
    }
    assertEquals(remaining, bytes.remaining());
  }

  private static void assertTooLarge(Throwable refused) {
    String reason = ((FileSystemException) refused).getReason();
    assertTrue(reason.startsWith("file too large"), reason);
  }

  @Test
  void aChannelThatAppendsWritesAtTheEndWhereverItsPositionIs() throws IOException {
    for (String driver : List.of("FAT12", "FAT16", "FAT32", "exFAT", "table")) {
      for (long position : FAR) {
        Path file = file(driver);
        try (SeekableByteChannel channel = Files.newByteChannel(file, APPEND)) {
          channel.position(position);
          assertEquals(2, channel.write(ByteBuffer.allocate(2)));
          assertEquals(5, channel.position());
        }
        assertArrayEquals(Arrays.copyOf(SHORT, 5), Files.readAllBytes(file));
      }
    }
  }
}
