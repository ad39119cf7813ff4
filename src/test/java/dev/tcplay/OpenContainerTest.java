package dev.tcplay;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.HostInUseException;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.model.Keys;
import dev.tcplay.model.NotAContainerException;
import dev.tcplay.model.VolumeChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An open container gives its device, its facts, channels and a volume. */
class OpenContainerTest {

  private static final int SIZE = 1 << 20;
  private static final int HEADERS = 262_144;

  @TempDir private Path folder;
  private Path file;
  private Keys keys;

  @BeforeEach
  void create() throws IOException {
    keys = Keys.builder().password("sesame").pim(1).hash("sha512").cipher("AES").build();
    file = folder.resolve("new.hc");
    Tcplay.create(file).size(SIZE).keys(keys).label("LETTERS").create();
  }

  @AfterEach
  void wipe() {
    keys.close();
  }

  private ContainerOpener opener() {
    return Tcplay.open(file).keys(keys);
  }

  @Test
  void theSameKeysServeTheDeviceTheFactsAndAFileSystem() throws IOException {
    byte[] first = new byte[512];
    try (OpenContainer container = opener().open()) {
      assertEquals("VeraCrypt", container.info().format());
      assertEquals(List.of(), container.warnings());
      assertEquals(SIZE - HEADERS, container.device().size());
      container.device().read(0, first, 0, 512);
      assertEquals(0x55, first[510]);
      assertThrows(HostInUseException.class, opener()::open);
    }
    try (FileSystem volume = opener().mount()) {
      Files.writeString(volume.getPath("/a.txt"), "a");
    }
    assertFalse(keys.toString().contains("sesame"));
  }

  @Test
  void aVolumeIsMountedAndClosedWhileTheDeviceStaysOpen() throws IOException {
    try (OpenContainer container = opener().open()) {
      for (int round = 0; round < 2; round++) {
        try (MountedVolume volume = container.mount()) {
          assertEquals(Optional.of("LETTERS"), volume.label());
          assertFalse(volume.isReadOnly());
          assertNotNull(volume.root());
        }
      }
      container.device().read(0, new byte[512], 0, 512);
    }
  }

  @Test
  void whatTheDeviceWritesIsInTheContainer() throws IOException {
    byte[] end = new byte[700];
    java.util.Arrays.fill(end, (byte) 7);
    long at = SIZE - HEADERS - 700;
    try (OpenContainer container = opener().open()) {
      container.device().write(at, end, 0, 700);
      container.device().flush();
    }
    try (OpenContainer container = opener().readOnly(true).open()) {
      byte[] read = new byte[700];
      container.device().read(at, read, 0, 700);
      assertArrayEquals(end, read);
      assertTrue(container.device().isReadOnly());
      assertThrows(NonWritableChannelException.class, () -> container.device().write(0, end, 0, 1));
      try (MountedVolume volume = container.mount()) {
        assertTrue(volume.isReadOnly());
      }
    }
  }

  @Test
  void closingTheContainerClosesItsDeviceAndItsChannels() throws IOException {
    OpenContainer container = opener().open();
    BlockDevice device = container.device();
    VolumeChannel channel = container.channel();
    assertEquals(16, channel.read(ByteBuffer.allocateDirect(16)));
    channel.close();
    assertThrows(ClosedChannelException.class, channel::position);
    VolumeChannel other = container.channel(READ, WRITE);
    container.close();
    container.close();
    assertThrows(ClosedChannelException.class, () -> device.read(0, new byte[1], 0, 1));
    assertThrows(ClosedChannelException.class, () -> other.read(ByteBuffer.allocate(1)));
  }

  @Test
  void aChannelDoesWhatItsOptionsSay() throws IOException {
    try (OpenContainer container = opener().open()) {
      try (VolumeChannel reading = container.channel()) {
        assertThrows(
            NonWritableChannelException.class, () -> reading.write(ByteBuffer.allocate(1)));
        reading.position(container.device().size());
        assertEquals(-1, reading.read(ByteBuffer.allocate(1)));
        assertEquals(0, reading.read(ByteBuffer.allocate(0)));
      }
      try (VolumeChannel appending = container.channel(APPEND)) {
        assertEquals(container.device().size(), appending.position());
        assertThrows(
            NonReadableChannelException.class, () -> appending.read(ByteBuffer.allocate(1)));
        assertThrows(FileSystemException.class, () -> appending.write(ByteBuffer.allocate(1)));
      }
      assertThrows(IllegalArgumentException.class, () -> container.channel(APPEND, READ));
      assertThrows(FileAlreadyExistsException.class, () -> container.channel(WRITE, CREATE_NEW));
      assertThrows(FileSystemException.class, () -> container.channel(WRITE, TRUNCATE_EXISTING));
      assertThrows(FileSystemException.class, () -> container.channel(DELETE_ON_CLOSE));
    }
    try (OpenContainer container = opener().readOnly(true).open()) {
      assertThrows(AccessDeniedException.class, () -> container.channel(WRITE));
    }
  }

  @Test
  void closingTheContainerClosesItsVolumeBeforeSoThatNothingIsLost() throws IOException {
    OpenContainer container = opener().open();
    MountedVolume volume = container.mount();
    Node file = volume.create(volume.root(), "a", NodeType.FILE, AttributeChange.NONE);
    OpenNode open = volume.open(file);
    open.write(0, new byte[] {1, 2, 3}, 0, 3);
    container.close();
    volume.close();
    assertThrows(IOException.class, () -> open.read(0, new byte[3], 0, 3));
    try (FileSystem mounted = opener().mount()) {
      assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(mounted.getPath("/a")));
    }
  }

  /** Two that write would each take clusters that the other one has given away. */
  @Test
  void aVolumeThatIsWrittenIsMountedOnce() throws IOException {
    try (OpenContainer container = opener().open()) {
      MountedVolume first = container.mount();
      FileSystemException refusal = assertThrows(FileSystemException.class, container::mount);
      assertEquals(file.toString(), refusal.getFile());
      first.close();
      first.close();
      container.mount().close();
    }
    try (OpenContainer container = opener().readOnly(true).open();
        MountedVolume first = container.mount();
        MountedVolume second = container.mount()) {
      assertEquals(first.label(), second.label());
    }
  }

  @Test
  void whatCannotBeAContainerIsRefused() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty"));
    assertThrows(NotAContainerException.class, () -> Tcplay.open(empty).password("a").open());
    assertThrows(NotAContainerException.class, () -> Tcplay.open(folder).password("a").channel());
  }
}
