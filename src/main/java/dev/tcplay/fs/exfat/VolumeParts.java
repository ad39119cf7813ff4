package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.WindowsNameRules;
import dev.tcplay.fs.cluster.NodeIds;
import dev.tcplay.fs.cluster.OpenFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What must be known of a volume before its tree can be read.
 *
 * @param region the boot region that describes it
 * @param links the live table
 * @param root the entries of the root directory that are about the volume
 * @param bitmap the live allocation bitmap
 * @param upcase the table by which names are compared
 */
record VolumeParts(
    BootRegion region,
    FatLinks links,
    RootEntries root,
    AllocationBitmap bitmap,
    UpcaseReader upcase) {

  /**
   * Finds the parts.
   *
   * @throws dev.tcplay.fs.CorruptFileSystemException if one is damaged that nothing can be read
   *     without; the reason names the field
   */
  static VolumeParts find(BlockDevice device) throws IOException {
    BootRegion region = BootRegion.find(device);
    Geometry geometry = region.geometry();
    FatLinks links = new FatLinks(device, geometry);
    RootEntries root = RootEntries.read(Directories.rootSlots(device, geometry, links));
    long first = root.bitmap(region.boot(), geometry);
    return new VolumeParts(
        region,
        links,
        root,
        new AllocationBitmap(device, geometry, links, first),
        UpcaseReader.read(device, geometry, links, root.upcase()));
  }

  /** Returns the first clusters of the volume's own: bitmaps, up-case table, root directory. */
  List<Long> ownFiles() {
    List<Long> first = new ArrayList<>(List.of(region.geometry().rootCluster()));
    root.files().forEach(file -> first.add(file.firstCluster()));
    return first;
  }

  /** Returns what keeps the volume from being written, a sentence each. */
  List<String> obstacles(long size) {
    List<String> obstacles = new ArrayList<>();
    if (region.damage() != null) {
      obstacles.add("read by the backup boot region: " + region.damage());
    }
    if (region.geometry().length() > size) {
      obstacles.add(
          "the boot sector gives the volume %d bytes, but it has %d"
              .formatted(region.geometry().length(), size));
    }
    if (region.boot().numberOfFats() > 1) {
      obstacles.add("has two tables, as a TexFAT volume, and is not written");
    }
    if (upcase.damage() != null) {
      obstacles.add("names are compared by the standard table: " + upcase.damage());
    }
    if (root.damage() != null) {
      obstacles.add("the root directory is damaged: " + root.damage());
    }
    return obstacles;
  }

  /** Returns a writer of a volume that can be written. */
  ExFatWriter writer(BlockDevice device) {
    return new ExFatWriter(device, this, false);
  }

  /** Returns what changes need of a volume that can be written. */
  TreeContext context(BlockDevice device, MountOptions options) {
    return context(device, options, false);
  }

  /** Returns what changes of the tree need, with nothing remembered of earlier ones. */
  TreeContext context(BlockDevice device, MountOptions options, boolean readOnly) {
    NameRules names = new WindowsNameRules(upcase.table());
    NodeIds ids = new NodeIds();
    return new TreeContext(
        device,
        new ExFatWriter(device, this, readOnly),
        new Directories(device, region.geometry(), links, names, ids),
        new OpenFiles<>(ids),
        ids,
        names,
        options.zone(),
        new ReentrantLock(),
        new Leftovers());
  }
}
