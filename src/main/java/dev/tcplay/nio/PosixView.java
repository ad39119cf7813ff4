package dev.tcplay.nio;

import dev.tcplay.fs.AttributeChange;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The view {@code posix}, or {@code owner}, of a path. It shows whose a file is, which it cannot
 * change, and whom it lets do what.
 */
final class PosixView implements PosixFileAttributeView {

  private final TcplayPath path;
  private final String name;
  private final boolean follow;

  PosixView(TcplayPath path, String name, boolean follow) {
    this.path = path;
    this.name = name;
    this.follow = follow;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public PosixFileAttributes readAttributes() throws IOException {
    return Attributes.read(path, PosixFileAttributes.class, follow);
  }

  @Override
  public UserPrincipal getOwner() throws IOException {
    return readAttributes().owner();
  }

  @Override
  public void setTimes(
      @Nullable FileTime lastModifiedTime,
      @Nullable FileTime lastAccessTime,
      @Nullable FileTime createTime)
      throws IOException {
    new NodeAttributeView(path, name, follow)
        .setTimes(lastModifiedTime, lastAccessTime, createTime);
  }

  @Override
  public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
    int mode = NodePosixAttributes.mode(permissions);
    AttributeWriter.apply(path, AttributeChange.NONE.withMode(mode), follow);
  }

  /**
   * Always throws.
   *
   * @throws UnsupportedOperationException as owners are read only
   */
  @Override
  public void setOwner(UserPrincipal owner) {
    throw refusal();
  }

  /**
   * Always throws.
   *
   * @throws UnsupportedOperationException as groups are read only
   */
  @Override
  public void setGroup(GroupPrincipal group) {
    throw refusal();
  }

  static UnsupportedOperationException refusal() {
    return new UnsupportedOperationException("owner and group cannot be changed");
  }
}
