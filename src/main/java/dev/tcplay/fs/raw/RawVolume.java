package dev.tcplay.fs.raw;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.Feature;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodePlace;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.fs.VolumeSpace;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A volume that is one file. Stateless but for its device. */
final class RawVolume implements MountedVolume {

  static final String FILE_NAME = "volume.img";
  static final long ROOT_ID = 0;

  private enum RawNode implements Node {
    ROOT,
    FILE;

    @Override
    public long id() {
      return this == ROOT ? ROOT_ID : 1;
    }

    @Override
    public NodeType type() {
      return this == ROOT ? NodeType.DIRECTORY : NodeType.FILE;
    }
  }

  private final BlockDevice device;
  private final boolean readOnly;

  RawVolume(BlockDevice device, boolean readOnly) {
    this.device = device;
    this.readOnly = readOnly;
  }

  @Override
  public String type() {
    return "raw";
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
  public boolean isReadOnly() {
    return readOnly;
  }

  @Override
  public Set<Feature> features() {
    return Set.of(Feature.WRITE);
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
    return RawNode.ROOT;
  }

  @Override
  public @Nullable Node lookup(Node directory, String name) {
    requireDirectory(directory, true);
    return name.equals(FILE_NAME) ? RawNode.FILE : null;
  }

  @Override
  public String name(Node node) {
    return node.isDirectory() ? "" : FILE_NAME;
  }

  @Override
  public NodePlace place(Node node) {
    return node.isDirectory() ? NodePlace.NONE : RawFile.PLACE;
  }

  @Override
  public DirectoryCursor list(Node directory) {
    requireDirectory(directory, true);
    Iterator<DirectoryCursor.Entry> entries =
        List.of(new DirectoryCursor.Entry(FILE_NAME, RawNode.FILE)).iterator();
    return () -> entries.hasNext() ? entries.next() : null;
  }

  @Override
  public NodeAttributes attributes(Node node) {
    return NodeAttributes.builder(node.type()).size(node.isDirectory() ? 0 : device.size()).build();
  }

  @Override
  public OpenNode open(Node file) {
    requireDirectory(file, false);
    return new RawFile(device, readOnly);
  }

  @Override
  public void close() throws IOException {
    device.close();
  }

  private static void requireDirectory(Node node, boolean directory) {
    if (node.isDirectory() != directory) {
      throw new IllegalArgumentException(
          directory ? "not a directory: " + node : "not a file: " + node);
    }
  }
}
