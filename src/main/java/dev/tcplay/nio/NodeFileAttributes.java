package dev.tcplay.nio;

import dev.tcplay.fs.DosFlags;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import java.io.IOException;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/** The attributes of a file as they were when they were read. */
class NodeFileAttributes implements DosFileAttributes {

  /**
   * What tells files apart; the volume counts by its identity.
   *
   * @param volume the volume
   * @param node the id of the file's node
   */
  private record Key(MountedVolume volume, long node) {
    @Override
    public String toString() {
      return "(node=" + node + ")";
    }
  }

  private static final FileTime EPOCH = FileTime.fromMillis(0);

  private final NodeAttributes attributes;
  private final Key key;

  NodeFileAttributes(MountedVolume volume, Node node) throws IOException {
    this.attributes = Objects.requireNonNull(volume.attributes(node), "attributes");
    this.key = new Key(volume, node.id());
  }

  final NodeAttributes attributes() {
    return attributes;
  }

  private DosFlags dos() {
    return attributes.dos().orElse(DosFlags.NONE);
  }

  @Override
  public FileTime lastModifiedTime() {
    return attributes.modified().orElse(EPOCH);
  }

  @Override
  public FileTime lastAccessTime() {
    return attributes.accessed().orElseGet(this::lastModifiedTime);
  }

  @Override
  public FileTime creationTime() {
    return attributes.created().orElseGet(this::lastModifiedTime);
  }

  @Override
  public boolean isRegularFile() {
    return attributes.type() == NodeType.FILE;
  }

  @Override
  public boolean isDirectory() {
    return attributes.type() == NodeType.DIRECTORY;
  }

  @Override
  public boolean isSymbolicLink() {
    return attributes.type() == NodeType.SYMLINK;
  }

  @Override
  public boolean isOther() {
    return attributes.type() == NodeType.OTHER;
  }

  @Override
  public long size() {
    return attributes.size();
  }

  @Override
  public Object fileKey() {
    return key;
  }

  @Override
  public boolean isReadOnly() {
    return dos().isReadOnly();
  }

  @Override
  public boolean isHidden() {
    return dos().isHidden();
  }

  @Override
  public boolean isArchive() {
    return dos().isArchive();
  }

  @Override
  public boolean isSystem() {
    return dos().isSystem();
  }
}
