package dev.tcplay.nio;

import dev.tcplay.fs.AttributeChange;
import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** A live handle on the attributes of a path; it looks at the file when it is used. */
final class AttributeView implements DosFileAttributeView {

  private final TcplayPath path;
  private final String name;

  private AttributeView(TcplayPath path, String name) {
    this.path = path;
    this.name = name;
  }

  static BasicFileAttributeView basic(TcplayPath path) {
    return new AttributeView(path, "basic");
  }

  static DosFileAttributeView dos(TcplayPath path) {
    return new AttributeView(path, "dos");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public DosFileAttributes readAttributes() throws IOException {
    return Attributes.read(path, DosFileAttributes.class);
  }

  @Override
  public void setTimes(
      @Nullable FileTime lastModifiedTime,
      @Nullable FileTime lastAccessTime,
      @Nullable FileTime createTime)
      throws IOException {
    AttributeWriter.apply(
        path, AttributeChange.times(lastModifiedTime, lastAccessTime, createTime));
  }

  @Override
  public void setReadOnly(boolean value) throws IOException {
    AttributeWriter.apply(path, AttributeChange.readOnly(value));
  }

  @Override
  public void setHidden(boolean value) throws IOException {
    AttributeWriter.apply(path, AttributeChange.hidden(value));
  }

  @Override
  public void setSystem(boolean value) throws IOException {
    AttributeWriter.apply(path, AttributeChange.system(value));
  }

  @Override
  public void setArchive(boolean value) throws IOException {
    AttributeWriter.apply(path, AttributeChange.archive(value));
  }
}
