package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.Registration;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.DosFlags;
import dev.tcplay.fs.DosTime;
import dev.tcplay.fs.Feature;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenDirectory;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.fs.UpcaseTable;
import dev.tcplay.fs.VolumeSpace;
import dev.tcplay.fs.WindowsNameRules;
import dev.tcplay.fs.cluster.FreeSpaceMap;
import dev.tcplay.fs.cluster.NoSpaceException;
import dev.tcplay.fs.cluster.NodeIds;
import dev.tcplay.fs.cluster.OpenFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A mounted FAT volume. Once the device refuses a write of what the tree is made of, the volume is
 * read-only.
 *
 * <p>Locks are taken in this order: the tree's, by who needs two directories; a directory's; a
 * file's; the table's. The device is flushed under none but a file's own.
 *
 * <p>Memory: the directory indexes of {@link DirectoryCache}, the extents of the open files, some
 * 300 bytes for every directory that was entered, and once something was allocated or the free
 * space asked for at most a bit for each cluster.
 */
final class FatVolume implements MountedVolume {

  /** How often a change is tried that finds no space although some is about to be free. */
  private static final int MOST_ATTEMPTS = 10;

  private static final Set<Feature> FEATURES =
      Set.of(Feature.WRITE, Feature.TREE_WRITE, Feature.DOS);

  private final BlockDevice device;
  private final BootSector boot;
  private final Geometry geometry;
  private final List<String> warnings;
  private final ZoneId zone;
  private final FatWriter writer;
  private final Directories directories;
  private final OpenFiles<FatFile> files;
  private final TreeContext context;
  private final LabelEditor label;
  private final List<String> recovered = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Whether the one who closes is done with the tree, well or not. */
  private volatile boolean ended;

  /** Held while what is pending is handed over, so that who closes finds it done. */
  private final ReentrantLock handingOver = new ReentrantLock();

  /** Ends what is done before each sync. */
  private Registration sync = () -> {};

  FatVolume(
      BlockDevice device,
      BootRegion region,
      List<String> warnings,
      MountOptions options,
      boolean readOnly)
      throws IOException {
    this.device = device;
    this.boot = region.boot();
    this.geometry = region.geometry();
    this.warnings = warnings;
    this.zone = options.zone();
    FatTable table = new FatTable(device, geometry);
    NameRules names = new WindowsNameRules(UpcaseTable.standard());
    NodeIds ids = new NodeIds();
    this.writer = new FatWriter(device, boot, geometry, table, readOnly);
    this.directories = new Directories(device, geometry, table, names, options.codePage(), ids);
    this.files = new OpenFiles<>(ids);
    this.context = TreeContext.of(writer, directories, files, ids, names, zone, options.codePage());
    this.label = new LabelEditor(context, boot);
    if (readOnly && writer.wasDirty()) {
      directories.allowOldNames();
    }
    if (!readOnly) {
      if (writer.wasDirty()) {
        recover();
      }
      sync = device.beforeSync(this::handOverQuietly);
    }
  }

  /** Ends what a crash has left, or leaves the volume read-only. */
  private void recover() {
    try {
      recovered.addAll(new CrashRecovery(context, writer.shared(), true).run());
    } catch (IOException e) {
      writer.refuse(e);
      directories.allowOldNames();
      recovered.add("cannot be written, as what a crash left cannot be ended: " + e.getMessage());
    }
  }

  @Override
  public String type() {
    return geometry.type().name();
  }

  @Override
  public Optional<String> label() throws IOException {
    return label.get();
  }

  @Override
  public void setLabel(Optional<String> text) throws IOException {
    writer.checkWritable();
    byte[] encoded = label.encode(text);
    withSpace(
        () -> {
          label.set(encoded);
          return text;
        });
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

  /** The first call reads the whole table. */
  @Override
  public VolumeSpace space() throws IOException {
    long clusterSize = geometry.clusterSize();
    long free = writer.freeClusters().count();
    return new VolumeSpace(
        geometry.clusters() * clusterSize, free * clusterSize, geometry.clusterSize());
  }

  @Override
  public long largestFile() {
    return FatFile.MAX_SIZE;
  }

  @Override
  public Node root() {
    return FatNode.ROOT;
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
    return new FatCursor(directories, directories.enter(directory));
  }

  @Override
  public OpenDirectory openDirectory(Node directory) throws IOException {
    return new DirectoryHandle(directories, directories.enter(directory));
  }

  @Override
  public NodeAttributes attributes(Node node) throws IOException {
    FatNode ours = Directories.cast(node);
    FatDirectory parent = ours.parent();
    if (parent == null) {
      FileTime unknown = DosTime.NONE.in(zone);
      return NodeAttributes.builder(NodeType.DIRECTORY)
          .created(unknown)
          .modified(unknown)
          .accessed(unknown)
          .dos(DosFlags.NONE)
          .build();
    }
    while (true) {
      int changes = parent.changes();
      FatFile file = ours.isDirectory() ? null : files.get(ours.id());
      NodeAttributes onDisk = directories.upToDate(ours, changes).attributes(zone);
      NodeAttributes now = file == null || !file.isKnown() ? onDisk : file.current(onDisk);
      if (parent.changes() == changes) {
        return now;
      }
    }
  }

  @Override
  public OpenNode open(Node file) throws IOException {
    FatNode node = Directories.cast(file);
    DirectoryEntry entry = node.entry();
    FatDirectory parent = node.parent();
    if (entry == null || parent == null || entry.isDirectory()) {
      throw new IllegalArgumentException("not a file: " + node);
    }
    parent.lock().readLock().lock();
    try {
      DirectoryEntry now = directories.current(node);
      if (now.isDirectory()) {
        throw new NoSuchFileException(node.path());
      }
      return handle(files.open(node.id(), () -> file(parent, now)));
    } finally {
      parent.lock().readLock().unlock();
    }
  }

  private FileHandle handle(FatFile file) throws IOException {
    boolean made = false;
    try {
      FileHandle handle = new FileHandle(this, file);
      made = true;
      return handle;
    } finally {
      if (!made) {
        files.release(file);
      }
    }
  }

  private FatFile file(FatDirectory parent, DirectoryEntry entry) {
    FileEntry place = new FileEntry(device, writer, zone, directories.node(parent, entry));
    return new FatFile(device, table, writer, place);
  }

  OpenFiles<FatFile> files() {
    return files;
  }

  @Override
  public Node create(Node directory, String name, NodeType type, AttributeChange attributes)
      throws IOException {
    writer.checkWritable();
    FatDirectory parent = directories.enter(directory);
    return withSpace(() -> new Creator(context).create(parent, name, type, attributes));
  }

  @Override
  public void delete(Node node) throws IOException {
    FatNode ours = Directories.cast(node);
    guard().run(() -> new Remover(context).delete(ours));
  }

  @Override
  public Node move(Node node, Node directory, String name, boolean replace) throws IOException {
    writer.checkWritable();
    FatNode ours = Directories.cast(node);
    FatDirectory target = directories.enter(directory);
    return withSpace(() -> new Mover(context).move(ours, target, name, replace));
  }

  /** The root directory has no attributes, so nothing becomes of what it is to get. */
  @Override
  public void change(Node node, AttributeChange change) throws IOException {
    writer.checkWritable();
    FatNode ours = Directories.cast(node);
    FatDirectory parent = ours.parent();
    if (parent != null) {
      guard().runUnder(() -> change(ours, parent, change), parent.lock().writeLock());
    }
  }

  private void change(FatNode node, FatDirectory parent, AttributeChange change)
      throws IOException {
    DirectoryEntry entry = directories.current(node);
    FatFile file = entry.isDirectory() ? null : files.get(node.id());
    FatFile target = file == null ? file(parent, entry) : file;
    target.publish(change);
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
        force();
      }
    }
  }

  @Override
  public void force() throws IOException {
    if (!writer.isReadOnlyByChoice()) {
      handOver();
    }
    device.flush();
  }

  /** Returns once all that was handed over is on the host's storage. */
  void flush() throws IOException {
    device.flush();
  }

  /** Hands over all that only this volume knows yet; called without any other lock. */
  private void handOver() throws IOException {
    guard().run(this::handOverAll);
  }

  private void handOverAll() throws IOException {
    handingOver.lock();
    try {
      for (FatFile file : files.all()) {
        file.publish();
      }
      context.leftovers().clear(context);
      writer.freeClusters().submit();
    } finally {
      handingOver.unlock();
    }
  }

  /** What fails here fails again when the volume is forced or closed. */
  private void handOverQuietly() {
    try {
      if (!isReadOnly() && !closed.get()) {
        handOver();
      }
    } catch (IOException ignored) {
      // As said above; a device that refuses writes has made the volume read-only.
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed.getAndSet(true)) {
      try (device) {
        end();
      } finally {
        ended = true;
      }
    } else if (ended) {
      // Done already, unless an Error came before the device.
      device.close();
    }
  }

  private void end() throws IOException {
    sync.close();
    if (!writer.isReadOnlyByChoice()) {
      // An Error may have kept a lock: nothing is handed over then, and nobody waits for it.
      writer.checkNotBroken();
      // What a sync hands over is on the way, or not begun, when the mark is taken away.
      handingOver.lock();
      try {
        handOver();
        guard().run(files::releaseUnlinked);
        guard().run(writer::close);
        writer.checkNotBroken();
      } finally {
        handingOver.unlock();
      }
    }
  }
}
