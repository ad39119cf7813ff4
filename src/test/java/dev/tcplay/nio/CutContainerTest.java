package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.VolumeAttributes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container of which the end is missing opens as far as it goes, and is only read. */
class CutContainerTest {

  private static final int SIZE = 1 << 20;
  private static final int DATA = 131_072;
  private static final byte[] LARGE = new byte[500_000];

  static {
    new Random(26).nextBytes(LARGE);
  }

  @TempDir Path folder;
  private byte[] whole;
  private Path cut;

  @BeforeEach
  void make() throws IOException {
    Path container = folder.resolve("whole.hc");
    Tcplay.create(container).size(SIZE).password("pw").pim(1).label("LETTERS").create();
    cut = container;
    try (FileSystem volume = opener().mount()) {
      Files.writeString(volume.getPath("/small"), "hello");
      Files.write(volume.getPath("/large"), LARGE);
    }
    whole = Files.readAllBytes(container);
    cut = folder.resolve("cut.hc");
  }

  private ContainerOpener opener() {
    return Tcplay.open(cut).password("pw").pim(1).hash("sha512");
  }

  private void cutTo(int size) throws IOException {
    Files.write(cut, Arrays.copyOf(whole, size));
  }

  private static VolumeAttributes facts(FileSystem volume) throws IOException {
    return Files.readAttributes(volume.getPath("/"), VolumeAttributes.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {SIZE - 1, SIZE - 131_072, 1_000_000, 600_000, 300_000, 200_000})
  void whatIsThereIsReadAndNothingIsWritten(int size) throws IOException {
    cutTo(size);
    try (FileSystem volume = opener().mount()) {
      assertEquals("hello", Files.readString(volume.getPath("/small")));
      assertEquals("LETTERS", facts(volume).label().orElseThrow());
      assertTrue(volume.isReadOnly());
      for (Executable change :
          List.<Executable>of(
              () -> Files.writeString(volume.getPath("/new"), "text"),
              () -> Files.delete(volume.getPath("/small")),
              () -> Files.createDirectory(volume.getPath("/directory")))) {
        ReadOnlyFileSystemException e = assertThrows(ReadOnlyFileSystemException.class, change);
        assertTrue(e.getCause().getMessage().contains("cut at " + size), e::toString);
      }
      assertTrue(
          facts(volume).warnings().get(0).startsWith("the container was cut at " + size + " bytes"),
          facts(volume).warnings()::toString);
    }
    assertArrayEquals(Arrays.copyOf(whole, size), Files.readAllBytes(cut));
  }

  @Test
  void aFileIsReadUpToTheCutAndTheFailureNamesThePlace() throws IOException {
    cutTo(400_000);
    try (FileSystem volume = opener().mount();
        InputStream large = Files.newInputStream(volume.getPath("/large"))) {
      byte[] first = large.readNBytes(100_000);
      assertArrayEquals(Arrays.copyOf(LARGE, 100_000), first);
      IOException e = assertThrows(IOException.class, large::readAllBytes);
      String end = String.valueOf((400_000 - DATA) / 512 * 512);
      assertTrue(e.getMessage().contains("/large"), e.getMessage());
      assertTrue(e.getMessage().contains("lies at " + end), e.getMessage());
    }
  }

  @Test
  void onlyTheBackupHeadersMayBeMissing() throws IOException {
    cutTo(SIZE - 1000);
    try (FileSystem volume = opener().mount()) {
      assertArrayEquals(LARGE, Files.readAllBytes(volume.getPath("/large")));
      assertTrue(volume.isReadOnly());
      assertEquals(
          List.of(
              "the container was cut at 1047576 bytes: the backup headers, which begin at 917504,"
                  + " are not whole"),
          facts(volume).warnings());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {DATA, DATA + 511, DATA + 512, DATA + 2000})
  void behindTheHeadersTheFactsAreLeft(int size) throws IOException {
    cutTo(size);
    try (FileSystem volume = opener().filesystem("raw").mount()) {
      assertEquals("AES", facts(volume).volume().encryption().orElseThrow().cipher());
      assertEquals((size - DATA) / 512 * 512L, Files.size(volume.getPath("/volume.img")));
      assertEquals(1, facts(volume).warnings().size());
    }
  }

  @Test
  void thePlaintextEndsAtTheCutAndIsNotWritten() throws IOException {
    cutTo(600_000);
    try (SeekableByteChannel channel = opener().readOnly(true).channel()) {
      assertEquals((600_000 - DATA) / 512 * 512L, channel.size());
    }
    try (FileSystem volume = opener().filesystem("raw").mount()) {
      assertTrue(volume.isReadOnly());
    }
    AccessDeniedException e =
        assertThrows(
            AccessDeniedException.class, () -> opener().makeFileSystem(new NewFileSystem()));
    assertTrue(e.getReason().contains("cut at 600000 bytes"), e.getReason());
    assertArrayEquals(Arrays.copyOf(whole, 600_000), Files.readAllBytes(cut));
  }

  @Test
  void othersReadItMeanwhile() throws IOException {
    cutTo(600_000);
    try (FileSystem one = opener().mount();
        FileSystem two = opener().readOnly(true).mount()) {
      assertTrue(one.isReadOnly() && two.isReadOnly());
    }
  }

  @Test
  void bytesThatWereAppendedDoNotMatter() throws IOException {
    for (int more : new int[] {1, 100, 512, 131_072}) {
      cutTo(SIZE + more);
      try (FileSystem volume = opener().mount()) {
        Files.writeString(volume.getPath("/new" + more), "text");
        assertEquals(List.of(), facts(volume).warnings());
      }
    }
  }

  @Test
  void theHeadersAloneMayBeCut() throws IOException {
    for (int size : new int[] {1024, 65_536, DATA - 1}) {
      cutTo(size);
      FileSystemException e =
          assertThrows(FileSystemException.class, () -> opener().format("VeraCrypt").mount());
      assertTrue(e.getReason().contains(size + " bytes are too short"), e.getReason());
      assertFalse(e.getReason().contains("backup"), e.getReason());
    }
  }
}
