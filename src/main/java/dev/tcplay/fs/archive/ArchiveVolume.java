package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.Feature;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.fs.VolumeSpace;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tree of an archive. Immutable. */
final class ArchiveVolume implements MountedVolume {

  private final BlockDevice device;
  private final Closeable resources;
  private final String type;
  private final ArchiveNode root;
  private final @Nullable String damage;

  /**
   * Makes the volume.
   *
   * @param device where the archive lies
   * @param resources what is closed before the device
   * @param type what kind of archive it is
   */
  ArchiveVolume(BlockDevice device, Closeable resources, String type, TreeBuilder tree) {
    this.device = device;
    this.resources = resources;
    this.type = type;
    this.root = tree.root();
    this.damage = tree.damage();
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public Optional<String> label() {
    return Optional.empty();
  }

  @Override
  public Optional<String> serial() {
    return Optional.empty();
  }

  @Override
  public Set<Feature> features() {
    return Set.of(Feature.SYMLINK, Feature.HARD_LINK, Feature.POSIX);
  }

  @Override
  public List<String> warnings() {
    return damage == null ? List.of() : List.of(damage);
  }

  @Override
  public NameRules names() {
    return NameRules.EXACT;
  }

  @Override
  public VolumeSpace space() {
    return new VolumeSpace(device.size(), 0, device.sectorSize());
  }

  @Override
  public Node root() {
    return root;
  }

  @Override
  public @Nullable Node lookup(Node directory, String name) {
    return children(directory).get(name);
  }

  @Override
  public String name(Node node) {
    return node(node).name();
  }

  /** Lists a directory; the root's list ends in an exception where the archive was not readable. */
  @Override
  public DirectoryCursor list(Node directory) {
    Iterator<ArchiveNode> entries = children(directory).all().iterator();
    boolean isCut = directory == root && damage != null;
    return () -> {
      if (entries.hasNext()) {
        ArchiveNode next = entries.next();
        return new DirectoryCursor.Entry(next.name(), next);
      } else if (isCut) {
        throw new CorruptFileSystemException(null, Objects.requireNonNull(damage));
      }
      return null;
    };
  }

  @Override
  public NodeAttributes attributes(Node node) {
    return node(node).inode().attributes();
  }

  @Override
  public String readLink(Node link) throws IOException {
    if (link.type() != NodeType.SYMLINK) {
      throw new IllegalArgumentException("not a symbolic link: " + link);
    }
    Inode inode = node(link).inode();
    String target = inode.target();
    return target == null ? readTarget(Objects.requireNonNull(inode.contents())) : target;
  }

  private static String readTarget(Contents contents) throws IOException {
    if (contents.size() > Bounds.LINK_BYTES) {
      throw new CorruptFileSystemException(
          null, "the symbolic link holds a path of " + contents.size() + " bytes");
    }
    byte[] bytes = new byte[(int) contents.size()];
    try (OpenNode open = contents.openNode()) {
      for (int done = 0; done < bytes.length; ) {
        int count = open.read(done, bytes, done, bytes.length - done);
        if (count < 0) {
          throw new CorruptFileSystemException(null, "the path in the symbolic link is cut off");
        }
        done += count;
      }
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public OpenNode open(Node file) throws IOException {
    Contents contents = node(file).inode().contents();
    if (file.type() != NodeType.FILE || contents == null) {
      throw new IllegalArgumentException("not a file: " + file);
    }
    return contents.openNode();
  }

  @Override
  public void close() throws IOException {
    try (device) {
      resources.close();
    }
  }

  private static ArchiveNode node(Node node) {
    return (ArchiveNode) node;
  }

  private static Children children(Node directory) {
    Children children = node(directory).inode().children;
    if (children == null) {
      throw new IllegalArgumentException("not a directory: " + directory);
    }
    return children;
  }
}
