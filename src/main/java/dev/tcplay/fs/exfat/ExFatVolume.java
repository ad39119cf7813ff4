package dev.tcplay.fs.exfat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.Feature;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenDirectory;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.fs.VolumeSpace;
import dev.tcplay.fs.WindowsNameRules;
import dev.tcplay.fs.cluster.ChangeGuard;
import dev.tcplay.fs.cluster.FreeSpaceMap;
import dev.tcplay.fs.cluster.NoSpaceException;
import dev.tcplay.fs.cluster.NodeIds;
import dev.tcplay.fs.cluster.OpenFiles;
import dev.tcplay.fs.cluster.VolumeSync;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A mounted exFAT volume. Once the device refuses a write of what the tree is made of, the volume
 * is read-only.
 *
 * <p>Locks are taken in this order: the tree's, by who needs two directories; directories', from
 * the root downwards; a file's; the bitmap's. The device is flushed under none but a file's own.
 *
 * <p>Memory: the directory indexes, the extents of the open files, some 300 bytes for every
 * directory that was entered, and once something was allocated or the free space asked for at most
 * a bit for each cluster.
 */
final class ExFatVolume implements MountedVolume {

  /** How often a change is tried that finds no space although some is about to be free. */
  private static final int MOST_ATTEMPTS = 10;

  private static final Set<Feature> FEATURES =
      Set.of(Feature.WRITE, Feature.TREE_WRITE, Feature.DOS);

  private final BootSector boot;
  private final Geometry geometry;
  private final List<String> warnings;
  private final ExFatWriter writer;
  private final Directories directories;
  private final OpenFiles<ExFatFile> files;
  private final TreeContext context;
  private final FileNodes nodes;
  private final LabelEditor label;
  private final VolumeSync sync;
  private final List<String> recovered = new ArrayList<>();

  ExFatVolume(
      BlockDevice device,
      VolumeParts parts,
      List<String> warnings,
      MountOptions options,
      boolean readOnly) {
    this.boot = parts.region().boot();
    this.geometry = parts.region().geometry();
    this.warnings = warnings;
    NameRules names = new WindowsNameRules(parts.upcase().table());
    NodeIds ids = new NodeIds();
    this.writer = new ExFatWriter(device, parts.region(), parts.links(), parts.bitmap(), readOnly);
    this.directories = new Directories(device, geometry, parts.links(), names, ids);
    this.files = new OpenFiles<>(ids);
    this.context =
        new TreeContext(
            device,
            writer,
            directories,
            files,
            ids,
            names,
            options.zone(),
            new ReentrantLock(),
            new Leftovers());
    this.nodes = new FileNodes(context);
    this.label = new LabelEditor(context, parts.root().labelSlot());
    this.sync = new VolumeSync(device, new Unsynced(context));
    if (readOnly && writer.wasDirty()) {
      directories.allowOldNames();
    }
    if (!readOnly) {
      if (writer.wasDirty()) {
        recover();
      }
      sync.begin();
    }
  }

  /** Ends what a crash has left, or leaves the volume read-only. */
  private void recover() {
    try {
      recovered.addAll(new CrashRecovery(context, true).run());
    } catch (IOException e) {
      writer.refuse(e);
      directories.allowOldNames();
      recovered.add("cannot be written, as what a crash left cannot be ended: " + e.getMessage());
    }
  }

  @Override
  public String type() {
    return "exFAT";
  }

  @Override
  public Optional<String> label() throws IOException {
    return label.get();
  }

  @Override
  public void setLabel(Optional<String> text) throws IOException {
    writer.checkWritable();
    byte[] entry = LabelEditor.encode(text);
    withSpace(
        () -> {
          label.set(entry);
          return text;
        });
  }

  @Override
  public Optional<String> serial() {
    int serial = boot.volumeSerialNumber();
    return Optional.of(String.format("%04X-%04X", serial >>> 16, serial & 0xFFFF));
  }

  @Override
  public boolean isReadOnly() {
    return writer.isReadOnly();
  }

  @Override
  public Set<Feature> features() {
    return FEATURES;
  }

  @Override
  public List<String> warnings() {
    if (!writer.wasDirty()) {
      return warnings;
    }
    List<String> all = new ArrayList<>(warnings);
    all.add("is marked as not closed in order, or as having errors");
    all.addAll(recovered);
    return List.copyOf(all);
  }

  @Override
  public NameRules names() {
    return context.names();
  }

  /** The first call reads the whole allocation bitmap. */
  @Override
  public VolumeSpace space() throws IOException {
    long clusterSize = geometry.clusterSize();
    long free = writer.freeClusters().count();
    return new VolumeSpace(
        geometry.clusters() * clusterSize, free * clusterSize, geometry.clusterSize());
  }

  @Override
  public OptionalLong usedEnd() throws IOException {
    force();
    return OptionalLong.of(geometry.position(writer.bitmap().usedEnd()));
  }

  @Override
  public long largestFile() {
    return geometry.largestFile();
  }

  @Override
  public Node root() {
    return ExFatNode.ROOT;
  }

  @Override
  public @Nullable Node lookup(Node directory, String name) throws IOException {
    return directories.lookup(directories.enter(directory), name);
  }

  @Override
  public String name(Node node) {
    return Directories.cast(node).name();
  }

  @Override
  public DirectoryCursor list(Node directory) throws IOException {
    return directories.list(directories.enter(directory));
  }

  @Override
  public OpenDirectory openDirectory(Node directory) throws IOException {
    return directories.open(directories.enter(directory));
  }

  @Override
  public NodeAttributes attributes(Node node) throws IOException {
    return nodes.attributes(Directories.cast(node));
  }

  @Override
  public OpenNode open(Node file) throws IOException {
    return nodes.open(Directories.cast(file), this);
  }

  OpenFiles<ExFatFile> files() {
    return files;
  }

  @Override
  public Node create(Node directory, String name, NodeType type, AttributeChange attributes)
      throws IOException {
    writer.checkWritable();
    ExFatDirectory parent = directories.enter(directory);
    return withSpace(() -> new Creator(context).create(parent, name, type, attributes));
  }

  @Override
  public void delete(Node node) throws IOException {
    ExFatNode ours = Directories.cast(node);
    guard().run(() -> new Remover(context).delete(ours));
  }

  @Override
  public Node move(Node node, Node directory, String name, boolean replace) throws IOException {
    writer.checkWritable();
    ExFatNode ours = Directories.cast(node);
    ExFatDirectory target = directories.enter(directory);
    return withSpace(() -> new Mover(context).move(ours, target, name, replace));
  }

  /** The root directory has no attributes, so nothing becomes of what it is to get. */
  @Override
  public void change(Node node, AttributeChange change) throws IOException {
    writer.checkWritable();
    ExFatNode ours = Directories.cast(node);
    ExFatDirectory parent = ours.parent();
    if (parent != null) {
      withSpace(
          () -> {
            nodes.change(ours, parent, change);
            return ours;
          });
    }
  }

  /**
   * Makes a call that changes nothing if it finds the volume full, and once more if it found no
   * space although some is free as soon as what is pending is on the host's storage. Called without
   * any lock.
   */
  <T> T withSpace(ChangeGuard.Call<T> call) throws IOException {
    return guard().call(() -> withEnoughSpace(call));
  }

  ChangeGuard guard() {
    return writer.guard();
  }

  private <T> T withEnoughSpace(ChangeGuard.Call<T> call) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        return call.run();
      } catch (NoSpaceException e) {
        // Another thread may have committed what was freed, and be about to say so.
        FreeSpaceMap space = writer.freeClusters().space();
        boolean more = space.freeOnceCommitted() > space.free();
        if (attempt > 0 && (!more || attempt == MOST_ATTEMPTS)) {
          throw new FileSystemException(null, null, e.getReason());
        }
        sync.force();
      }
    }
  }

  @Override
  public void force() throws IOException {
    sync.force();
  }

  /** Returns once all that was handed over is on the host's storage. */
  void flush() throws IOException {
    writer.flush();
  }

  @Override
  public void close() throws IOException {
    sync.close();
  }
}
