package dev.tcplay.nio;

import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import java.io.IOException;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileTime;

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

  private final NodeAttributes attributes;
  private final Key key;

  NodeFileAttributes(MountedVolume volume, Node node) throws IOException {
    this.attributes = volume.attributes(node);
    this.key = new Key(volume, node.id());
  }

  @Override
  public FileTime lastModifiedTime() {
    return attributes.modified();
  }

  @Override
  public FileTime lastAccessTime() {
    return attributes.accessed();
  }

  @Override
  public FileTime creationTime() {
    return attributes.created();
  }

  @Override
  public boolean isRegularFile() {
    return !attributes.directory();
  }

  @Override
  public boolean isDirectory() {
    return attributes.directory();
  }

  @Override
  public boolean isSymbolicLink() {
    return false;
  }

  @Override
  public boolean isOther() {
    return false;
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
    return attributes.readOnly();
  }

  @Override
  public boolean isHidden() {
    return attributes.hidden();
  }

  @Override
  public boolean isArchive() {
    return attributes.archive();
  }

  @Override
  public boolean isSystem() {
    return attributes.system();
  }
}
