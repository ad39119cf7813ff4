package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.testing.Judge;
import dev.tcplay.testing.LoopDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Linux tells of a block device decides whether it is opened for writing. */
class DeviceNodeTest {

  /** Of the numbers 259 and 4660, as the C library packs them. */
  private static final long NUMBER = 0x34L | 259L << 8 | 0x12L << 20;

  @TempDir private Path folder;

  private DeviceNode node(String mounts) throws IOException {
    return new DeviceNode(NUMBER, folder, Files.writeString(folder.resolve("mountinfo"), mounts));
  }

  private Path told() throws IOException {
    return Files.createDirectories(folder.resolve("259:4660"));
  }

  @Test
  void theKernelTellsWhatIsReadOnly() throws IOException {
    DeviceNode node = node("");
    assertFalse(node.isReadOnly());
    Files.writeString(told().resolve("ro"), "0\n");
    assertFalse(node.isReadOnly());
    Files.writeString(told().resolve("ro"), "1\n");
    assertTrue(node.isReadOnly());
  }

  @Test
  void theKernelTellsWhatItHasMapped() throws IOException {
    DeviceNode node = node("");
    assertEquals(Optional.empty(), node.user());
    Path holders = Files.createDirectories(told().resolve("holders"));
    assertEquals(Optional.empty(), node.user());
    Files.createDirectory(holders.resolve("dm-3"));
    Files.createDirectory(holders.resolve("dm-12"));
    assertEquals(Optional.of("the kernel, which has it mapped as dm-12, dm-3"), node.user());
  }

  @Test
  void theKernelTellsWhatItHasMounted() throws IOException {
    String mounts =
        """
        22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/root rw
        31 22 259:4660 / /mnt/disk rw - vfat /dev/nvme0n1p9 rw
        """;
    assertEquals(Optional.of("the kernel, which has it mounted at /mnt/disk"), node(mounts).user());
    assertEquals(Optional.empty(), node(mounts.replace("259:4660", "259:466")).user());
  }

  @Test
  void whatIsMountedIsNotOpenedForWriting() throws IOException {
    Path mounted = mounted();
    HostInUseException e =
        assertThrows(HostInUseException.class, () -> FileDevice.open(mounted, HostOpen.writing()));
    assertTrue(e.getMessage().contains("the kernel, which has it mounted at /"), e::getMessage);
  }

  /** Finds the node of what is mounted somewhere. */
  private static Path mounted() throws IOException {
    Path devices = Path.of("/sys/dev/block");
    assumeTrue(Files.isDirectory(devices), () -> "no " + devices);
    String mounts = Files.readString(Path.of("/proc/self/mountinfo"));
    try (Stream<Path> numbers = Files.list(devices)) {
      Optional<Path> found =
          numbers
              .filter(number -> mounts.contains(" " + number.getFileName() + " "))
              .map(number -> Path.of("/dev", name(number)))
              .filter(node -> Files.isReadable(node) && Files.isWritable(node))
              .findFirst();
      assumeTrue(found.isPresent(), "nothing is mounted that may be read here");
      return found.orElseThrow();
    }
  }

  private static String name(Path number) {
    try {
      return String.valueOf(number.toRealPath().getFileName());
    } catch (IOException e) {
      return "missing";
    }
  }

  @Test
  void aReadOnlyDeviceIsOpenedForReading() throws Exception {
    Path image = Files.write(folder.resolve("image"), new byte[4096]);
    try (LoopDevice loop = LoopDevice.of(image)) {
      assertTrue(FileDevice.isWritable(loop.node()));
      loop.run("blockdev", "--setro");
      assertFalse(FileDevice.isWritable(loop.node()));
      try (FileDevice device = FileDevice.open(loop.node(), HostOpen.writing())) {
        assertTrue(device.isReadOnly());
      }
    }
  }

  @Test
  void allNodesOfADeviceAreOneHost() throws Exception {
    Path image = Files.write(folder.resolve("image"), new byte[4096]);
    try (LoopDevice loop = LoopDevice.of(image)) {
      long number = (Long) Files.getAttribute(loop.node(), "unix:rdev");
      Path second = folder.resolve("second");
      assertEquals(
          0,
          Judge.run("mknod", second.toString(), "b", "" + (number >> 8), "" + (number & 0xFF))
              .status());
      try (FileDevice device = FileDevice.open(loop.node(), HostOpen.writing())) {
        assertThrows(HostInUseException.class, () -> FileDevice.open(second, HostOpen.reading()));
        device.write(0, new byte[] {1}, 0, 1);
      }
    }
  }
}
