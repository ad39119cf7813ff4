package example.tablefs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.LogWritesDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The example driver keeps what docs/driver-authors.md asks of a driver. */
class TableDriverTest {

  private static final int SIZE = 128 << 10;
  private static final int SECTOR = 512;
  private static final MountOptions OPTIONS = MountOptions.DEFAULT;

  private final Random random = new Random(Seeds.of("TableDriverTest"));
  private final Map<String, byte[]> model = new TreeMap<>();

  private static MemoryDevice formatted() throws IOException {
    MemoryDevice device = new MemoryDevice(SIZE);
    // What was there before must not show up in files.
    byte[] noise = new byte[SIZE];
    Arrays.fill(noise, (byte) 0xEE);
    device.write(0, noise, 0, SIZE);
    new TableDriver().format(device, FormatOptions.DEFAULT);
    return device;
  }

  private static MountedVolume mount(BlockDevice device) throws IOException {
    return new TableDriver().mount(device, OPTIONS);
  }

  private static Map<String, byte[]> contents(MountedVolume volume) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    DirectoryCursor cursor = volume.list(volume.root());
    for (DirectoryCursor.Entry entry; (entry = cursor.next()) != null; ) {
      try (OpenNode file = volume.open(entry.node())) {
        byte[] bytes = new byte[(int) Math.min(file.size(), SIZE)];
        int read = file.read(0, bytes, 0, bytes.length);
        assertEquals(bytes.length, Math.max(read, 0));
        contents.put(entry.name(), bytes);
      }
    }
    return contents;
  }

  private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> found) {
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
  }

  /** Does something to a volume and to the model of it. */
  private void step(MountedVolume volume) throws IOException {
    String name = "f" + random.nextInt(6);
    String other = "f" + random.nextInt(6);
    Node node = volume.lookup(volume.root(), name);
    assertEquals(model.containsKey(name), node != null);
    if (node == null) {
      volume.create(volume.root(), name, NodeType.FILE, AttributeChange.NONE);
      model.put(name, new byte[0]);
      return;
    }
    switch (random.nextInt(6)) {
      case 0 -> {
        volume.delete(node);
        model.remove(name);
      }
      case 1 -> {
        volume.move(node, volume.root(), other, true);
        model.put(other, model.remove(name));
      }
      case 2 -> {
        int size = random.nextInt(3000);
        try (OpenNode file = volume.open(node)) {
          file.truncate(size);
        }
        model.computeIfPresent(name, (key, old) -> Arrays.copyOf(old, Math.min(size, old.length)));
      }
      default -> {
        byte[] bytes = new byte[1 + random.nextInt(1500)];
        random.nextBytes(bytes);
        int position = random.nextInt(3000);
        try (OpenNode file = volume.open(node)) {
          file.write(position, bytes, 0, bytes.length);
        }
        byte[] old = model.get(name);
        byte[] now = Arrays.copyOf(old, Math.max(old.length, position + bytes.length));
        System.arraycopy(bytes, 0, now, position, bytes.length);
        model.put(name, now);
      }
    }
  }

  @Test
  void randomChangesLeaveWhatAModelHas() throws IOException {
    MemoryDevice host = formatted();
    for (int round = 0; round < 10; round++) {
      CachedDevice cache = new CachedDevice(host, 1 << 16, Duration.ZERO);
      MountedVolume volume = mount(cache);
      assertEquals(List.of(), volume.warnings());
      for (int i = 0; i < 100; i++) {
        step(volume);
      }
      assertSame(model, contents(volume));
      volume.force();
      assertSame(model, contents(mount(host)));
    }
  }

  @Test
  void everyCrashLeavesASoundVolumeWithWhatWasForced() throws IOException {
    LogWritesDevice log = new LogWritesDevice(formatted());
    MountedVolume volume = mount(new CachedDevice(log, 1 << 16, Duration.ZERO));
    // What the model was when the log was so long: all of it forced.
    Map<Integer, Map<String, byte[]>> forced = new HashMap<>();
    for (int i = 0; i < 200; i++) {
      step(volume);
      if (random.nextInt(8) == 0) {
        volume.force();
        forced.put(log.entries(), new TreeMap<>(model));
      }
    }
    volume.force();
    for (int cut = 0; cut <= log.entries(); cut++) {
      for (int variant = 0; variant < 3; variant++) {
        MountedVolume crashed = mount(crash(log, cut, variant));
        assertEquals(List.of(), crashed.warnings(), "cut at " + cut);
        Map<String, byte[]> found = contents(crashed);
        Map<String, byte[]> whole = forced.get(cut);
        if (whole != null && variant == 0) {
          assertSame(whole, found);
        }
      }
    }
  }

  /** Returns the host after a crash: all up to a point, and some sectors of what was not forced. */
  private BlockDevice crash(LogWritesDevice log, int cut, int variant) throws IOException {
    MemoryDevice host = formatted();
    int flushed = cut;
    while (variant > 0 && flushed > 0 && !log.isFlush(flushed - 1)) {
      flushed--;
    }
    log.replay(0, flushed, host);
    log.replay(flushed, cut, host, (entry, sector) -> variant == 0 || random.nextBoolean());
    return host;
  }

  @Test
  void aMovedFileIsNotLostToOneThatTakesItsOldName() throws IOException {
    LogWritesDevice log = new LogWritesDevice(formatted());
    MountedVolume volume = mount(new CachedDevice(log, 1 << 16, Duration.ZERO));
    Node first = volume.create(volume.root(), "spare", NodeType.FILE, AttributeChange.NONE);
    Node file = volume.create(volume.root(), "a", NodeType.FILE, AttributeChange.NONE);
    try (OpenNode open = volume.open(file)) {
      open.append(new byte[] {1, 2, 3}, 0, 3);
    }
    volume.delete(first);
    volume.force();
    int start = log.entries();
    volume.move(file, volume.root(), "b", false);
    volume.create(volume.root(), "a", NodeType.FILE, AttributeChange.NONE);
    volume.force();
    for (int cut = start; cut <= log.entries(); cut++) {
      for (int variant = 0; variant < 16; variant++) {
        Map<String, byte[]> found = contents(mount(crash(log, cut, variant)));
        assertTrue(found.values().stream().anyMatch(bytes -> bytes.length == 3), "cut at " + cut);
      }
    }
  }

  @Test
  void aDeletedFileServesThoseWhoHaveItOpen() throws IOException {
    MountedVolume volume = mount(new CachedDevice(formatted(), 1 << 16, Duration.ZERO));
    long free = volume.space().freeBytes();
    Node node = volume.create(volume.root(), "file", NodeType.FILE, AttributeChange.NONE);
    OpenNode open = volume.open(node);
    assertEquals(0, open.append(new byte[600], 0, 600));
    volume.delete(node);
    assertEquals(600, open.append(new byte[] {7}, 0, 1));
    volume.force();
    Node next = volume.create(volume.root(), "next", NodeType.FILE, AttributeChange.NONE);
    try (OpenNode other = volume.open(next)) {
      other.append(new byte[2000], 0, 2000);
    }
    byte[] last = new byte[1];
    assertEquals(1, open.read(600, last, 0, 1));
    assertEquals(7, last[0]);
    assertThrows(NoSuchFileException.class, () -> volume.attributes(node));
    open.close();
    volume.delete(next);
    assertEquals(free, volume.space().freeBytes());
  }

  @Test
  void aFullVolumeSaysSoAndGivesBackWhatIsDeleted() throws IOException {
    MountedVolume volume = mount(new CachedDevice(formatted(), 1 << 16, Duration.ZERO));
    int all = (int) volume.space().freeBytes();
    for (int round = 0; round < 3; round++) {
      Node node = volume.create(volume.root(), "all", NodeType.FILE, AttributeChange.NONE);
      try (OpenNode open = volume.open(node)) {
        open.append(new byte[all], 0, all);
        Node more = volume.create(volume.root(), "more", NodeType.FILE, AttributeChange.NONE);
        try (OpenNode another = volume.open(more)) {
          assertThrows(FileSystemException.class, () -> another.append(new byte[1], 0, 1));
        }
        volume.delete(more);
      }
      volume.delete(node);
    }
  }

  @Test
  void damagedVolumesAreReadOnlyOrRefusedAndNeverFailOtherwise() throws IOException {
    MemoryDevice sound = formatted();
    MountedVolume volume = mount(sound);
    for (int i = 0; i < 6; i++) {
      Node node = volume.create(volume.root(), "file" + i, NodeType.FILE, AttributeChange.NONE);
      try (OpenNode open = volume.open(node)) {
        open.append(new byte[700 * i], 0, 700 * i);
      }
    }
    byte[] image = new byte[SIZE];
    for (int i = 0; i < 3000; i++) {
      sound.read(0, image, 0, SIZE);
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        int at = random.nextInt(9) * SECTOR + random.nextInt(random.nextBoolean() ? 12 : 300);
        image[at] = (byte) random.nextInt();
      }
      MemoryDevice host = new MemoryDevice(SIZE);
      host.write(0, image, 0, SIZE);
      try {
        MountedVolume damaged = mount(host);
        assertEquals(damaged.isReadOnly(), !damaged.warnings().isEmpty());
        contents(damaged);
        assertTrue(damaged.space().freeBytes() >= 0);
      } catch (CorruptFileSystemException e) {
        assertFalse(e.getReason().isEmpty());
      }
    }
  }
}
