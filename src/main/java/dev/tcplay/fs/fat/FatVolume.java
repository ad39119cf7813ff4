package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.DosTime;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.fs.UpcaseTable;
import dev.tcplay.fs.VolumeSpace;
import dev.tcplay.fs.WindowsNameRules;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.attribute.FileTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A mounted FAT volume. It can only be read.
 *
 * <p>Memory: the directory indexes of {@link DirectoryCache}, the extents of the open files, and
 * some 80 bytes for every directory that was entered, which keep each from being entered by two
 * ways.
 */
final class FatVolume implements MountedVolume {

  private final BlockDevice device;
  private final BootSector boot;
  private final Geometry geometry;
  private final List<String> warnings;
  private final ZoneId zone;
  private final Charset codePage;
  private final FatTable table;
  private final NameRules names = new WindowsNameRules(UpcaseTable.standard());
  private final DirectoryCache directories = new DirectoryCache();
  private final OpenFiles files = new OpenFiles();

  /**
   * First clusters of the directories entered, and the nodes that they were entered by. A tree has
   * one way to each; a damaged volume may have circles, or ever more ways the deeper one goes.
   */
  private final Map<Integer, Long> entered = new ConcurrentHashMap<>();

  private volatile int freeClusters = -1;

  FatVolume(BlockDevice device, BootRegion region, List<String> warnings, MountOptions options) {
    this.device = device;
    this.boot = region.boot();
    this.geometry = region.geometry();
    this.warnings = warnings;
    this.zone = options.zone();
    this.codePage = options.codePage();
    this.table = new FatTable(device, geometry);
    entered.put(geometry.rootCluster(), FatNode.ROOT.id());
  }

  @Override
  public String type() {
    return geometry.type().name();
  }

  /** The label stands in the root directory; the copy in the boot sector is not looked at. */
  @Override
  public Optional<String> label() throws IOException {
    SlotReader reader = new SlotReader(slots(FatNode.ROOT));
    while (reader.advance()) {
      if (isLabel(reader)) {
        String label = ShortName.decodeLabel(reader.shortName(), codePage);
        return label.isEmpty() || label.equals("NO NAME") ? Optional.empty() : Optional.of(label);
      }
    }
    return Optional.empty();
  }

  /** A label has no contents: a size or a first cluster gives away what is no directory. */
  private static boolean isLabel(SlotReader reader) {
    return reader.isLabel()
        && !reader.isDeleted()
        && (reader.attributes() & SlotReader.DIRECTORY) == 0
        && reader.u16(26) == 0
        && reader.u32(28) == 0;
  }

  @Override
  public Optional<String> serial() {
    int serial = boot.serial();
    return boot.hasSerial()
        ? Optional.of(String.format("%04X-%04X", serial >>> 16, serial & 0xFFFF))
        : Optional.empty();
  }

  @Override
  public boolean isReadOnly() {
    return true;
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public NameRules names() {
    return names;
  }

  /** The first call reads the whole table. */
  @Override
  public VolumeSpace space() throws IOException {
    int free = freeClusters;
    if (free < 0) {
      free = table.countFree();
      freeClusters = free;
    }
    long clusterSize = geometry.clusterSize();
    return new VolumeSpace(
        geometry.clusters() * clusterSize, free * clusterSize, geometry.clusterSize());
  }

  @Override
  public Node root() {
    return FatNode.ROOT;
  }

  @Override
  public @Nullable Node lookup(Node directory, String name) throws IOException {
    FatNode parent = directory(directory);
    DirectoryEntry entry =
        directories
            .get(parent.id(), () -> new Directory(slots(parent), names, isFat32(), codePage))
            .find(name);
    return entry == null ? null : new FatNode(parent, entry);
  }

  @Override
  public String name(Node node) {
    return node(node).name();
  }

  @Override
  public DirectoryCursor list(Node directory) throws IOException {
    FatNode parent = directory(directory);
    return new FatCursor(parent, DirectoryScanner.of(slots(parent), isFat32(), codePage));
  }

  @Override
  public NodeAttributes attributes(Node node) {
    DirectoryEntry entry = node(node).entry();
    if (entry != null) {
      return entry.attributes(zone);
    }
    FileTime unknown = DosTime.NONE.in(zone);
    return new NodeAttributes(true, 0, unknown, unknown, unknown, false, false, false, false);
  }

  @Override
  public OpenNode open(Node file) {
    FatNode node = node(file);
    DirectoryEntry entry = node.entry();
    if (entry == null || entry.isDirectory()) {
      throw new IllegalArgumentException("not a file: " + node);
    }
    return files.open(node.id(), () -> new FatFile(device, geometry, table, node, entry));
  }

  @Override
  public void close() throws IOException {
    device.close();
  }

  private boolean isFat32() {
    return geometry.type() == FatType.FAT32;
  }

  /**
   * Enters a directory.
   *
   * @throws CorruptFileSystemException if it has no clusters, or those of another directory
   */
  private DirectorySlots slots(FatNode directory) throws IOException {
    DirectoryEntry entry = directory.entry();
    int cluster = entry == null ? geometry.rootCluster() : entry.firstCluster();
    if (entry != null) {
      checkEntrance(directory, cluster);
    }
    Extents extents =
        entry == null && !isFat32() ? null : new Extents(table, geometry, cluster, directory::path);
    return new DirectorySlots(device, geometry, extents, directory::path);
  }

  private void checkEntrance(FatNode directory, int cluster) throws CorruptFileSystemException {
    if (cluster == 0) {
      throw corrupt(directory, "first cluster is 0, the root directory's");
    }
    if (!geometry.isCluster(cluster)) {
      throw corrupt(directory, "first cluster is " + Integer.toUnsignedString(cluster));
    }
    Long other = entered.putIfAbsent(cluster, directory.id());
    if (other == null || other == directory.id()) {
      return;
    }
    for (FatNode above = directory.parent(); above != null; above = above.parent()) {
      if (above.id() == other) {
        throw corrupt(directory, "leads back to " + above);
      }
    }
    throw corrupt(directory, "first cluster " + cluster + " is that of another directory");
  }

  private static CorruptFileSystemException corrupt(FatNode node, String reason) {
    return new CorruptFileSystemException(node.path(), reason);
  }

  private static FatNode directory(Node node) {
    if (!node.isDirectory()) {
      throw new IllegalArgumentException("not a directory: " + node);
    }
    return node(node);
  }

  private static FatNode node(Node node) {
    if (node instanceof FatNode fat) {
      return fat;
    }
    throw new IllegalArgumentException("not of a FAT volume: " + node);
  }
}
