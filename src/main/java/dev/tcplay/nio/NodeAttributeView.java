package dev.tcplay.nio;

import dev.tcplay.fs.AttributeChange;
import java.io.IOException;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * The view {@code basic}, or {@code dos}, of a path: a live handle, which looks at the file when it
 * is used.
 */
final class NodeAttributeView implements DosFileAttributeView {

  private final TcplayPath path;
  private final String name;
  private final boolean follow;

  NodeAttributeView(TcplayPath path, String name, boolean follow) {
    this.path = path;
    this.name = name;
    this.follow = follow;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DosFileAttributes readAttributes() throws IOException {
    return Attributes.read(path, NodeFileAttributes.class, follow);
  }

  private void apply(AttributeChange change) throws IOException {
    AttributeWriter.apply(path, change, follow);
  }

  @Override
  public void setTimes(
      @Nullable FileTime lastModifiedTime,
      @Nullable FileTime lastAccessTime,
      @Nullable FileTime createTime)
      throws IOException {
    apply(AttributeChange.NONE.withTimes(lastModifiedTime, lastAccessTime, createTime));
  }

  @Override
  public void setReadOnly(boolean value) throws IOException {
    apply(AttributeChange.NONE.withReadOnly(value));
  }

  @Override
  public void setHidden(boolean value) throws IOException {
    apply(AttributeChange.NONE.withHidden(value));
  }

  @Override
  public void setSystem(boolean value) throws IOException {
    apply(AttributeChange.NONE.withSystem(value));
  }

  @Override
  public void setArchive(boolean value) throws IOException {
    apply(AttributeChange.NONE.withArchive(value));
  }
}
