package dev.tcplay.serve.fuse;

import dev.tcplay.serve.fuse.tree.TreeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;

/** How a tree is mounted. Not safe for several threads. */
public final class FuseMountBuilder {

  private static final int ALL_BITS = 0777;

  private final Path tree;
  private String name = "tcplay";
  private boolean readOnly;
  private boolean allowOther;
  private boolean executable = true;
  private OptionalInt uid = OptionalInt.empty();
  private OptionalInt gid = OptionalInt.empty();
  private int umask = 022;

  FuseMountBuilder(Path tree) {
    this.tree = Objects.requireNonNull(tree, "tree");
  }

  /** Has the kernel refuse all changes; by itself where the tree's file store is read-only. */
  public FuseMountBuilder readOnly(boolean readOnly) {
    this.readOnly = readOnly;
    return this;
  }

  /**
   * Sets whom files belong to that have no owner in the tree; by default who runs this program.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public FuseMountBuilder uid(int uid) {
    this.uid = OptionalInt.of(checked(uid));
    return this;
  }

  /**
   * Sets the group of files that have none in the tree; by default that of who runs this program.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public FuseMountBuilder gid(int gid) {
    this.gid = OptionalInt.of(checked(gid));
    return this;
  }

  private static int checked(int id) {
    if (id < 0) {
      throw new IllegalArgumentException("an owner or group is a number from 0 on, not " + id);
    }
    return id;
  }

  /**
   * Sets the permissions that files do not have which have none in the tree: all others they have,
   * as under vfat. By default 022.
   *
   * @throws IllegalArgumentException if it is not within 0 to 0777
   */
  public FuseMountBuilder umask(int umask) {
    if ((umask & ~ALL_BITS) != 0) {
      throw new IllegalArgumentException(
          "a umask is within 0 and 0777: 0" + Integer.toOctalString(umask));
    }
    this.umask = umask;
    return this;
  }

  /**
   * Lets other users in, as far as the permissions allow; by default only who mounts. An ordinary
   * user may ask for it where /etc/fuse.conf has {@code user_allow_other}.
   */
  public FuseMountBuilder allowOther(boolean allowOther) {
    this.allowOther = allowOther;
    return this;
  }

  /** Lets programs be started from the mount, the default, or has the kernel refuse that. */
  public FuseMountBuilder executable(boolean executable) {
    this.executable = executable;
    return this;
  }

  /**
   * Sets what mount(8) and df(1) show as the source, by default {@code tcplay}.
   *
   * @throws IllegalArgumentException if it is empty or has control characters
   */
  public FuseMountBuilder name(String name) {
    if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("the name of a mount is of printable characters");
    }
    this.name = name;
    return this;
  }

  /**
   * Mounts the tree on an empty directory of the default file system. One that a killed process has
   * left behind is freed first.
   *
   * @throws FuseUnavailableException if Java, jfuse, libfuse or the kernel's device is missing
   * @throws IOException if the directory does not fit, or the kernel refuses
   */
  public FuseMount mount(Path mountPoint) throws IOException {
    return FuseMount.mount(this, mountPoint);
  }

  Path tree() {
    return tree;
  }

  String name() {
    return name;
  }

  boolean isReadOnly() {
    return readOnly;
  }

  boolean isForOthers() {
    return allowOther;
  }

  boolean isExecutable() {
    return executable;
  }

  TreeOptions options() throws IOException {
    return new TreeOptions(readOnly, Owner.uid(uid), Owner.gid(gid), umask);
  }
}
