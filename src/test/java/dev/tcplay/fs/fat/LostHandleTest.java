package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.Finding;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.KeptDevice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LostHandleTest {

  @Test
  void aDeletedFileThatSomebodyHasNotClosedLosesNoClusters() throws Exception {
    MemoryDevice disk = new MemoryDevice(WritableVolume.smallest("FAT16"));
    new FatDriver().format(disk, WritableVolume.options("FAT16"));
    MountedVolume volume =
        new FatDriver()
            .mount(
                new CachedDevice(new KeptDevice(disk), 1 << 16, Duration.ZERO),
                WritableVolume.OPTIONS);
    Node file = volume.create(volume.root(), "file", NodeType.FILE, AttributeChange.NONE);
    OpenNode lost = volume.open(file);
    lost.write(0, new byte[10_000], 0, 10_000);
    lost.force();
    volume.delete(file);
    volume.close();
    List<Finding> findings = new ArrayList<>();
    new FatDriver().check(disk, WritableVolume.OPTIONS, findings::add);
    assertEquals(List.of(), findings);
  }
}
