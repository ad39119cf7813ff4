package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.ExtentMap;
import dev.tcplay.fs.cluster.NodeIds;
import dev.tcplay.fs.tree.EntryScan;
import dev.tcplay.fs.tree.TreeDirectories;
import java.io.IOException;
import java.util.List;

/** The directories of a mounted volume, and how their slots are read. Thread-safe. */
final class Directories
    extends TreeDirectories<ExFatDirectory, DirectoryEntry, ExFatNode, DirectoryIndex> {

  private final BlockDevice device;
  private final Geometry geometry;
  private final FatLinks links;
  private final NameRules names;

  Directories(BlockDevice device, Geometry geometry, FatLinks links, NameRules names, NodeIds ids) {
    super(ids, new ExFatDirectory(geometry.rootCluster()), ExFatNode.ROOT);
    this.device = device;
    this.geometry = geometry;
    this.links = links;
    this.names = names;
  }

  @Override
  protected ExFatNode node(ExFatDirectory directory, DirectoryEntry entry, int changes, long id) {
    return new ExFatNode(directory, entry, changes, id);
  }

  @Override
  protected ExFatDirectory directory(ExFatDirectory parent, DirectoryEntry entry, long id)
      throws IOException {
    entry.set().allocation().checkDirectory(geometry, parent.path(entry.name()));
    return new ExFatDirectory(parent, entry, id);
  }

  /** Nothing in a directory says where it is: its contents are under the name met first. */
  @Override
  protected ExFatDirectory chooseName(ExFatDirectory known, ExFatDirectory fresh) {
    return known;
  }

  @Override
  protected DirectoryIndex read(ExFatDirectory directory) throws IOException {
    return new DirectoryIndex(slots(directory), names);
  }

  @Override
  protected long clusters(ExFatDirectory directory) {
    return geometry.clustersFor(directory.allocation().length());
  }

  @Override
  protected EntryScan.Source<DirectoryEntry> entries(ExFatDirectory directory) {
    DirectorySlots slots = slots(directory);
    return slot -> DirectoryScanner.from(slots, slot);
  }

  /** Returns the slots of a directory. */
  DirectorySlots slots(ExFatDirectory directory) {
    if (directory == root()) {
      return rootSlots(device, geometry, links);
    }
    Allocation allocation = directory.allocation();
    long clusters = geometry.clustersFor(allocation.length());
    ExtentMap extents =
        allocation.isContiguous()
            ? ExtentMap.of(
                links, List.of(new Extent(allocation.firstCluster(), clusters)), directory::path)
            : new ExtentMap(links, allocation.firstCluster(), directory::path);
    int limit = (int) (allocation.length() / DirectorySlots.SLOT_BYTES);
    return new DirectorySlots(device, geometry, extents, limit, directory::path);
  }

  /** Returns the slots of the root directory, whose chain alone tells how many there are. */
  static DirectorySlots rootSlots(BlockDevice device, Geometry geometry, FatLinks links) {
    ExtentMap extents = new ExtentMap(links, geometry.rootCluster(), () -> "/");
    return new DirectorySlots(device, geometry, extents, DirectorySlots.MAX_SLOTS, () -> "/");
  }

  @Override
  protected ExFatNode ours(Node node) {
    return cast(node);
  }

  /** Returns a node as ours. */
  static ExFatNode cast(Node node) {
    if (node instanceof ExFatNode exFat) {
      return exFat;
    }
    throw new IllegalArgumentException("not of an exFAT volume: " + node);
  }
}
