package dev.tcplay.fs.tree;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.Feature;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodePlace;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenDirectory;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.fs.VolumeSpace;
import dev.tcplay.fs.cluster.ChangeGuard;
import dev.tcplay.fs.cluster.VolumeSync;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mounted volume. Once the device refuses a write of what the tree is made of, the volume is
 * read-only. The device is flushed under no lock but a file's own.
 *
 * @param <D> the directories of the driver
 * @param <E> its entries
 * @param <N> its nodes
 */
public abstract class TreeVolume<
        D extends TreeDirectory<D>, E extends TreeEntry, N extends TreeNode<D, E>>
    implements MountedVolume {

  private static final Set<Feature> FEATURES =
      Set.of(Feature.WRITE, Feature.TREE_WRITE, Feature.DOS);

  private final VolumeWriter<?> writer;
  private final TreeDirectories<D, E, N, ?> directories;
  private final TreeFiles<D, E, N, ?> files;
  private final NameRules names;
  private final VolumeSync sync;
  private final SpaceRetry spaceRetry;
  private final List<String> recovered = new ArrayList<>();

  /**
   * Makes a volume, which {@link #start} then makes ready.
   *
   * @param leftovers marks slots of deleted entries that still are to be marked
   */
  protected TreeVolume(
      BlockDevice device,
      VolumeWriter<?> writer,
      TreeDirectories<D, E, N, ?> directories,
      TreeFiles<D, E, N, ?> files,
      NameRules names,
      ChangeGuard.Action leftovers) {
    this.writer = writer;
    this.directories = directories;
    this.files = files;
    this.names = names;
    this.sync = new VolumeSync(device, new Unsynced(writer, files, leftovers));
    this.spaceRetry = new SpaceRetry(writer, sync);
  }

  /** Makes an entry, as {@link MountedVolume#create} says. */
  protected abstract N make(D parent, String name, NodeType type, AttributeChange attributes)
      throws IOException;

  /** Deletes an entry, as {@link MountedVolume#delete} says. */
  protected abstract void remove(N node) throws IOException;

  /** Moves an entry, as {@link MountedVolume#move} says. */
  protected abstract N move(N node, D target, String name, boolean replace) throws IOException;

  /** Returns how many clusters there are, and how many bytes each has. */
  protected abstract VolumeSpace space(long freeClusters);

  /** Returns what was odd when the volume was mounted, a sentence each. */
  protected abstract List<String> oddities();

  /**
   * Makes the volume ready for use. Ends what a crash has left, or leaves the volume read-only.
   *
   * @param recovery ends what a crash has left, and says what was done
   */
  protected final void start(ChangeGuard.Call<List<String>> recovery) {
    if (writer.isReadOnlyByChoice()) {
      if (writer.wasDirty()) {
        directories.allowOldNames();
      }
      return;
    }
    if (writer.wasDirty()) {
      try {
        recovered.addAll(recovery.run());
      } catch (IOException e) {
        writer.refuse(e);
        directories.allowOldNames();
        recovered.add("cannot be written, as what a crash left cannot be ended: " + e.getMessage());
      }
    }
    sync.begin();
  }

  /**
   * Makes a call that changes nothing if it finds the volume full, and once more if it found no
   * space although some is free as soon as what is pending is on the host's storage. Called without
   * any lock.
   */
  protected final <T> T withSpace(ChangeGuard.Call<T> call) throws IOException {
    return spaceRetry.call(call);
  }

  @Override
  public final boolean isReadOnly() {
    return writer.isReadOnly();
  }

  @Override
  public final Set<Feature> features() {
    return FEATURES;
  }

  @Override
  public final List<String> warnings() {
    if (!writer.wasDirty()) {
      return oddities();
    }
    List<String> all = new ArrayList<>(oddities());
    all.add("is marked as not closed in order, or as having errors");
    all.addAll(recovered);
    return List.copyOf(all);
  }

  @Override
  public final NameRules names() {
    return names;
  }

  /** The first call reads the whole allocation. */
  @Override
  public final VolumeSpace space() throws IOException {
    return space(writer.freeClusters().count());
  }

  @Override
  public final Node root() {
    return directories.rootNode();
  }

  @Override
  public final @Nullable Node lookup(Node directory, String name) throws IOException {
    return directories.lookup(directories.enter(directory), name);
  }

  @Override
  public final String name(Node node) {
    return directories.ours(node).name();
  }

  @Override
  public final NodePlace place(Node node) {
    N ours = directories.ours(node);
    D parent = ours.parent();
    return parent == null ? NodePlace.NONE : new NodePlace(parent.id(), ours.name());
  }

  @Override
  public final DirectoryCursor list(Node directory) throws IOException {
    return directories.list(directories.enter(directory));
  }

  @Override
  public final OpenDirectory openDirectory(Node directory) throws IOException {
    return directories.open(directories.enter(directory));
  }

  @Override
  public final NodeAttributes attributes(Node node) throws IOException {
    return files.attributes(directories.ours(node));
  }

  @Override
  public final OpenNode open(Node file) throws IOException {
    return files.open(directories.ours(file), writer, spaceRetry);
  }

  @Override
  public final Node create(Node directory, String name, NodeType type, AttributeChange attributes)
      throws IOException {
    writer.checkWritable();
    D parent = directories.enter(directory);
    N made = withSpace(() -> make(parent, name, type, attributes));
    files.touch(parent);
    return made;
  }

  @Override
  public final void delete(Node node) throws IOException {
    N ours = directories.ours(node);
    writer.guard().run(() -> remove(ours));
    touchParent(ours);
  }

  private void touchParent(N node) {
    D parent = node.parent();
    if (parent != null) {
      files.touch(parent);
    }
  }

  @Override
  public final Node move(Node node, Node directory, String name, boolean replace)
      throws IOException {
    writer.checkWritable();
    N ours = directories.ours(node);
    D target = directories.enter(directory);
    N moved = withSpace(() -> move(ours, target, name, replace));
    touchParent(ours);
    files.touch(target);
    return moved;
  }

  /** The root directory has no attributes, so nothing becomes of what it is to get. */
  @Override
  public final void change(Node node, AttributeChange change) throws IOException {
    writer.checkWritable();
    N ours = directories.ours(node);
    withSpace(
        () -> {
          files.change(ours, change);
          return ours;
        });
  }

  @Override
  public final void force() throws IOException {
    sync.force();
  }

  @Override
  public final void close() throws IOException {
    sync.close();
  }
}
