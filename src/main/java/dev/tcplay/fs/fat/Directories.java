package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.cluster.ChainWalk;
import dev.tcplay.fs.cluster.Extent;
import dev.tcplay.fs.cluster.ExtentMap;
import dev.tcplay.fs.cluster.NodeIds;
import dev.tcplay.fs.tree.EntryScan;
import dev.tcplay.fs.tree.TreeDirectories;
import java.io.IOException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** The directories of a mounted volume, and how their slots are read. Thread-safe. */
final class Directories
    extends TreeDirectories<FatDirectory, DirectoryEntry, FatNode, DirectoryIndex> {

  private final BlockDevice device;
  private final Geometry geometry;
  private final FatTable table;
  private final NameRules names;
  private final Charset codePage;

  Directories(
      BlockDevice device,
      Geometry geometry,
      FatTable table,
      NameRules names,
      Charset codePage,
      NodeIds ids) {
    super(ids, new FatDirectory(geometry.rootCluster()), FatNode.ROOT);
    this.device = device;
    this.geometry = geometry;
    this.table = table;
    this.names = names;
    this.codePage = codePage;
  }

  @Override
  protected FatNode node(FatDirectory directory, DirectoryEntry entry, int changes, long id) {
    return new FatNode(directory, entry, changes, id);
  }

  @Override
  protected FatDirectory directory(FatDirectory parent, DirectoryEntry entry, long id)
      throws CorruptFileSystemException {
    long cluster = entry.firstCluster();
    if (cluster == 0) {
      throw corrupt(parent, entry, "first cluster is 0, the root directory's");
    }
    if (!geometry.isCluster(cluster)) {
      throw corrupt(parent, entry, "first cluster is " + cluster);
    }
    return new FatDirectory(parent, entry, id);
  }

  private static CorruptFileSystemException corrupt(
      FatDirectory parent, DirectoryEntry entry, String reason) {
    return new CorruptFileSystemException(parent.path(entry.name()), reason);
  }

  /** A directory is where its {@code ..} says. */
  @Override
  protected FatDirectory chooseName(FatDirectory known, FatDirectory fresh) throws IOException {
    byte[] dots = new byte[DirectorySlots.SLOT_BYTES];
    if (slots(fresh).read(1, dots) == 1 && ShortName.isDots(dots)) {
      int parent = new ShortEntry(dots, geometry.isFat32()).firstCluster();
      if (isParent(known.parent(), parent)) {
        return known;
      } else if (isParent(fresh.parent(), parent)) {
        return fresh;
      }
    }
    throw new CorruptFileSystemException(
        fresh.path(), "first cluster " + fresh.firstCluster() + " is another directory's");
  }

  private boolean isParent(@Nullable FatDirectory directory, int cluster) {
    return directory != null && cluster == (directory == root() ? 0 : directory.firstCluster());
  }

  @Override
  protected DirectoryIndex read(FatDirectory directory) throws IOException {
    return new DirectoryIndex(slots(directory), names, geometry.isFat32(), codePage);
  }

  @Override
  protected long clusters(FatDirectory directory) throws IOException {
    long most = (long) DirectorySlots.MAX_SLOTS * DirectorySlots.SLOT_BYTES;
    long first = directory.firstCluster();
    ChainWalk walk = new ChainWalk(table, first, most / geometry.clusterSize());
    long clusters = 0;
    while (!walk.isAtEnd()) {
      clusters += walk.next().stream().mapToLong(Extent::length).sum();
    }
    return clusters;
  }

  @Override
  protected EntryScan.Source<DirectoryEntry> entries(FatDirectory directory) {
    DirectorySlots slots = slots(directory);
    return slot -> DirectoryScanner.from(slots, slot, geometry.isFat32(), codePage);
  }

  /** Returns the slots of a directory. */
  DirectorySlots slots(FatDirectory directory) {
    boolean isFixed = directory == root() && !geometry.isFat32();
    ExtentMap extents =
        isFixed ? null : new ExtentMap(table, directory.firstCluster(), directory::path);
    return new DirectorySlots(device, geometry, extents, directory::path);
  }

  /** Starts a pass over the entries of a directory. */
  DirectoryScanner scan(DirectorySlots slots) {
    return DirectoryScanner.of(slots, geometry.isFat32(), codePage);
  }

  @Override
  protected FatNode ours(Node node) {
    return cast(node);
  }

  /** Returns a node as ours. */
  static FatNode cast(Node node) {
    if (node instanceof FatNode fat) {
      return fat;
    }
    throw new IllegalArgumentException("not of a FAT volume: " + node);
  }
}
