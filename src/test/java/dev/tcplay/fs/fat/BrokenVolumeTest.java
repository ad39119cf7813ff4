package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.ThrowingDevice;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files of a volume on which an error has ended a change halfway. */
class BrokenVolumeTest {

  @Test
  void whoClosesAFileOfABrokenVolumeGivesNothingBack() throws Exception {
    MemoryDevice disk = new MemoryDevice(WritableVolume.smallest("FAT16"));
    new FatDriver().format(disk, WritableVolume.options("FAT16"));
    ThrowingDevice throwing = new ThrowingDevice(disk, 0, Integer.MAX_VALUE);
    FatVolume volume =
        (FatVolume)
            new FatDriver()
                .mount(new CachedDevice(throwing, 0, Duration.ZERO), WritableVolume.OPTIONS);
    List<OpenNode> open = new ArrayList<>();
    for (String name : List.of("kept", "deleted")) {
      Node file = volume.create(volume.root(), name, NodeType.FILE, AttributeChange.NONE);
      open.add(volume.open(file));
      open.get(open.size() - 1).write(0, new byte[20_000], 0, 20_000);
    }
    volume.delete(volume.lookup(volume.root(), "deleted"));
    throwing.throwNext();
    assertThrows(OutOfMemoryError.class, volume::force);
    assertTrue(volume.isReadOnly());
    long free = volume.space().freeBytes();
    assertThrows(IOException.class, open.get(0)::close);
    open.get(1).close();
    assertEquals(free, volume.space().freeBytes());
    assertEquals(List.of(), volume.files().all());
  }
}
