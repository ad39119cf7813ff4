package dev.tcplay.fs.raw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class RawDriverTest {

  private static final MountOptions OPTIONS = MountOptions.DEFAULT.withReadOnly(true);

  @Test
  void aVolumeIsOneFileByteForByte() throws IOException {
    MemoryDevice device = new MemoryDevice(5000);
    byte[] bytes = new byte[5000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 7);
    }
    device.write(0, bytes, 0, bytes.length);
    RawDriver driver = new RawDriver();
    assertEquals(FileSystemDriver.FALLBACK, driver.probe(device));
    MountedVolume volume = driver.mount(device, OPTIONS);
    assertEquals("raw", volume.type());
    assertEquals(Optional.empty(), volume.label());
    assertEquals(Optional.empty(), volume.serial());
    assertTrue(volume.isReadOnly());
    assertEquals(5000, volume.space().totalBytes());
    assertEquals(0, volume.space().freeBytes());
    DirectoryCursor cursor = volume.list(volume.root());
    DirectoryCursor.Entry entry = cursor.next();
    assertEquals("volume.img", entry.name());
    assertNull(cursor.next());
    assertNull(cursor.next());
    Node file = volume.lookup(volume.root(), "volume.img");
    assertNotNull(file);
    assertEquals(entry.node().id(), file.id());
    assertEquals("volume.img", volume.name(file));
    assertNull(volume.lookup(volume.root(), "VOLUME.IMG"));
    assertEquals(5000, volume.attributes(file).size());
    assertEquals(NodeType.DIRECTORY, volume.attributes(volume.root()).type());
    try (OpenNode open = volume.open(file)) {
      byte[] read = new byte[6000];
      assertEquals(5000, open.read(0, read, 0, 6000));
      assertArrayEquals(bytes, java.util.Arrays.copyOf(read, 5000));
      assertEquals(10, open.read(4990, read, 0, 6000));
      assertEquals(-1, open.read(5000, read, 0, 1));
      assertEquals(0, open.read(5000, read, 0, 0));
    }
    assertThrows(IllegalArgumentException.class, () -> volume.open(volume.root()));
    assertThrows(IllegalArgumentException.class, () -> volume.list(file));
    assertThrows(IllegalArgumentException.class, () -> volume.lookup(file, "x"));
    volume.close();
    assertThrows(IOException.class, () -> device.read(0, new byte[1], 0, 1));
  }

  @Test
  void theDriversAreFoundAsServices() {
    List<String> names =
        ServiceLoader.load(FileSystemDriver.class).stream()
            .map(provider -> provider.get().name())
            .toList();
    assertTrue(names.containsAll(List.of("fat", "raw")), names.toString());
  }
}
