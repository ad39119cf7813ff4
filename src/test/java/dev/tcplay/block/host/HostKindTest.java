package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has no positions, or no size, is refused before it is opened. */
class HostKindTest {

  @TempDir private Path folder;

  private static void assertRefused(String reason, Path host) {
    FileSystemException reading =
        assertThrows(FileSystemException.class, () -> FileDevice.open(host, HostOpen.reading()));
    assertTrue(String.valueOf(reading.getReason()).startsWith(reason), reading::getMessage);
    FileSystemException writing =
        assertThrows(
            FileSystemException.class, () -> FileDevice.open(host, HostOpen.writing().unlocked()));
    assertEquals(reading.getReason(), writing.getReason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/null", "/dev/zero", "/dev/full", "/dev/tty", "/dev/random"})
  void characterDevicesAreRefused(Path device) {
    assumeTrue(Files.exists(device), () -> "no " + device);
    assertRefused("is a character device", device);
  }

  @Test
  void aPipeIsRefusedThoughNobodyWritesToIt() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, Judge.run("mkfifo", pipe.toString()).status());
    assertRefused("is a pipe", pipe);
  }

  @Test
  void aSocketIsRefused() throws IOException {
    Path socket = folder.resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      assertRefused("is a socket", socket);
    }
  }

  @Test
  void aDeviceOfWindowsIsRefusedWithAWayOut() throws IOException {
    try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
      Path disk = windows.getPath("\\\\.\\PhysicalDrive0");
      assertRefused("is a device of Windows", disk);
      assertTrue(HostKind.of(disk).refusal().orElseThrow().contains("make an image file of it"));
      Path share = windows.getPath("\\\\server\\share\\PhysicalDrive0");
      assertThrows(NoSuchFileException.class, () -> HostKind.of(share));
    }
  }

  @Test
  void namesOfDevicesOfWindowsAreToldFromOtherNames() {
    assertTrue(HostKind.isDeviceOfWindows("\\\\.\\C:"));
    assertTrue(HostKind.isDeviceOfWindows("//./PhysicalDrive1"));
    assertFalse(HostKind.isDeviceOfWindows("C:\\secret.hc"));
    assertFalse(HostKind.isDeviceOfWindows(".\\secret.hc"));
  }

  @Test
  void elsewhereAFileMayBeNamedLikeADeviceOfWindows() throws IOException {
    Path file = Files.write(folder.resolve("\\\\.\\C:"), new byte[512]);
    try (FileDevice device = FileDevice.open(file, HostOpen.reading())) {
      assertEquals(512, device.size());
    }
  }
}
