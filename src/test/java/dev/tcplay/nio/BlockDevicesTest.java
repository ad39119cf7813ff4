package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.OpenContainer;
import dev.tcplay.Tcplay;
import dev.tcplay.block.host.HostInUseException;
import dev.tcplay.model.NewFileSystem;
import dev.tcplay.model.NotAContainerException;
import dev.tcplay.model.VolumeChannel;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.KernelLocks;
import dev.tcplay.testing.LoopDevice;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A container on a block device of the host is opened like one in a file. */
class BlockDevicesTest extends NewContainers {

  private static final int SIZE = 1 << 20;
  private static final Map<String, Object> ENV =
      Map.of("password", PASSWORD, "pim", 1, "hash", "sha512", "cipher", "AES");

  private Path image() throws IOException {
    Path image = folder.resolve("disk.img");
    creator(image, SIZE).label("DISK").create();
    return image;
  }

  private static void assertSame(LoopDevice loop, Path image) throws Exception {
    loop.flush();
    Judge.Verdict verdict = Judge.run("cmp", loop.node().toString(), image.toString());
    assertEquals(0, verdict.status(), verdict.output());
  }

  @Test
  void whatIsWrittenByUriIsInTheFileBelow() throws Exception {
    Path image = image();
    byte[] before = Files.readAllBytes(image);
    try (LoopDevice loop = LoopDevice.of(image)) {
      URI uri = URI.create("tcplay:" + loop.node());
      try (FileSystem volume = FileSystems.newFileSystem(uri, ENV)) {
        Files.writeString(volume.getPath("/letter.txt"), "on a disk");
        assertEquals(volume, FileSystems.getFileSystem(uri));
      }
      assertSame(loop, image);
      try (FileSystem volume = FileSystems.newFileSystem(loop.node(), ENV)) {
        assertEquals("on a disk", Files.readString(volume.getPath("/letter.txt")));
      }
    }
    assertEquals(before.length, Files.size(image));
    try (FileSystem volume = opener(image).mount()) {
      assertEquals("on a disk", Files.readString(volume.getPath("/letter.txt")));
    }
    assertSound(export(opener(image)), "FAT12");
  }

  /** Whoever closes a channel on the node drops the lock, which comes back. */
  @Test
  void theDeviceIsLockedLikeAFile() throws Exception {
    KernelLocks.require();
    try (LoopDevice loop = LoopDevice.of(image())) {
      try (FileSystem volume = opener(loop.node()).mount()) {
        assertTrue(KernelLocks.count(loop.node()) > 0);
        assertThrows(HostInUseException.class, () -> opener(loop.node()).readOnly(true).mount());
        FileChannel.open(loop.node(), StandardOpenOption.READ).close();
        KernelLocks.await(loop.node());
        Files.writeString(volume.getPath("/a"), "b");
      }
      assertEquals(0, KernelLocks.count(loop.node()));
      try (FileSystem one = opener(loop.node()).readOnly(true).mount();
          FileSystem other = opener(loop.node()).readOnly(true).mount()) {
        assertEquals(Files.readString(one.getPath("/a")), Files.readString(other.getPath("/a")));
      }
    }
  }

  /** udev touches nodes whenever their devices change, and a node elsewhere has times, too. */
  @Test
  void aNodeThatIsTouchedRaisesNoAlarm() throws Exception {
    try (LoopDevice loop = LoopDevice.of(image())) {
      Path node = folder.resolve("node");
      long number = (Long) Files.getAttribute(loop.node(), "unix:rdev");
      String minor = String.valueOf(number & 0xFF);
      Judge.Verdict made = Judge.run("mknod", node.toString(), "b", "7", minor);
      assertEquals(0, made.status(), made.output());
      FileSystem volume = opener(node).mount();
      try (SeekableByteChannel file =
          Files.newByteChannel(
              volume.getPath("/a"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        for (int i = 1; i < 4; i++) {
          file.write(ByteBuffer.wrap(new byte[3000]));
          ((VolumeChannel) file).force();
          Files.setLastModifiedTime(node, FileTime.from(Instant.now().plusSeconds(3600L * i)));
          assertEquals(0, Judge.run("dd", "if=/dev/null", "of=" + node, "conv=notrunc").status());
        }
      }
      assertFalse(volume.isReadOnly());
      volume.close();
      try (FileSystem again = opener(node).readOnly(true).mount()) {
        assertEquals(9000, Files.size(again.getPath("/a")));
      }
    }
  }

  @Test
  void aReadOnlyDeviceIsRead() throws Exception {
    Path image = image();
    byte[] before = Files.readAllBytes(image);
    try (LoopDevice loop = LoopDevice.of(image)) {
      loop.run("blockdev", "--setro");
      try (FileSystem volume = opener(loop.node()).mount();
          FileSystem other = opener(loop.node()).readOnly(true).mount()) {
        assertTrue(volume.isReadOnly() && other.isReadOnly());
      }
      assertThrows(
          AccessDeniedException.class, () -> opener(loop.node()).channel(StandardOpenOption.WRITE));
      assertThrows(
          AccessDeniedException.class,
          () -> opener(loop.node()).makeFileSystem(new NewFileSystem()));
      try (FileSystem volume = opener(loop.node()).overlayInMemory().mount()) {
        Files.writeString(volume.getPath("/a"), "gone again");
      }
    }
    assertArrayEquals(before, Files.readAllBytes(image));
  }

  /** The kernel leaves the rest of a sector out. */
  @Test
  void aDeviceOfAFileWithAPartOfASectorOpens() throws Exception {
    Path image = image();
    Files.write(image, new byte[700], StandardOpenOption.APPEND);
    try (LoopDevice loop = LoopDevice.of(image);
        FileSystem volume = opener(loop.node()).mount()) {
      Files.writeString(volume.getPath("/a"), "b");
    }
  }

  @Test
  void sectorsOf4096BytesAreWritten() throws Exception {
    Path image = image();
    try (LoopDevice loop = LoopDevice.of(image, "--sector-size", "4096")) {
      try (FileSystem volume = opener(loop.node()).mount()) {
        Files.writeString(volume.getPath("/a"), "b");
      }
      assertSame(loop, image);
    }
  }

  @Test
  void aDeviceThatIsGoneFails() throws Exception {
    Path image = image();
    try (LoopDevice loop = LoopDevice.of(image)) {
      try (OpenContainer container = opener(loop.node()).readOnly(true).cacheSize(0).open()) {
        try (FileChannel below = FileChannel.open(image, StandardOpenOption.WRITE)) {
          below.truncate(4096);
        }
        loop.flush();
        assertThrows(
            IOException.class, () -> container.device().read(700_000, new byte[512], 0, 512));
        loop.run("losetup", "--set-capacity");
        FileSystemException e =
            assertThrows(
                FileSystemException.class,
                () -> container.device().read(700_000, new byte[512], 0, 512));
        assertTrue(e.getMessage().contains("ends at offset"), e::getMessage);
      }
      assertThrows(NotAContainerException.class, () -> opener(loop.node()).hidden(true).open());
    }
  }

  @Test
  void aDeviceWithoutAMediumIsNoContainer() throws Exception {
    try (LoopDevice loop = LoopDevice.of(Files.createFile(folder.resolve("empty")))) {
      assertThrows(NotAContainerException.class, () -> opener(loop.node()).open());
      NotAContainerException e =
          assertThrows(
              NotAContainerException.class, () -> Tcplay.open(loop.node()).format("plain").open());
      assertEquals("the device has no bytes", e.getReason());
    }
  }

  @Test
  void headersAndKeyfilesComeFromDevices() throws Exception {
    Path image = image();
    Path keyfile = Files.write(folder.resolve("keyfile"), new byte[5 * 512]);
    Path container = folder.resolve("new.hc");
    try (LoopDevice key = LoopDevice.of(keyfile);
        LoopDevice header = LoopDevice.of(image)) {
      Tcplay.create(container).size(SIZE).keyfile(key.node()).pim(1).quick(true).create();
      try (FileSystem volume =
          Tcplay.open(container).keyfile(keyfile).pim(1).hash("sha512").mount()) {
        assertFalse(volume.isReadOnly());
      }
      byte[] lost = Files.readAllBytes(image);
      Arrays.fill(lost, 0, 512, (byte) 0);
      Path copy = Files.write(folder.resolve("copy"), lost);
      try (FileSystem volume = opener(copy).headerFile(header.node()).mount()) {
        assertEquals(List.of(), names(volume.getPath("/")));
      }
      // The device that gives the keyfile is the container itself, which stays locked.
      KernelLocks.require();
      try (OpenContainer opened = opener(header.node()).open()) {
        assertFalse(opened.device().isReadOnly());
        assertThrows(
            IOException.class,
            () -> Tcplay.open(container).keyfile(header.node()).pim(1).hash("sha512").open());
        assertTrue(KernelLocks.count(header.node()) > 0);
      }
    }
  }
}
