package dev.tcplay.fs;

import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a node. What a file system does not record is empty: the provider then answers
 * as {@link java.nio.file.attribute.BasicFileAttributes} says. Immutable.
 */
public final class NodeAttributes {

  private final NodeType type;
  private final long size;
  private final @Nullable FileTime modified;
  private final @Nullable FileTime accessed;
  private final @Nullable FileTime created;
  private final @Nullable FileTime changed;
  private final @Nullable DosFlags dos;
  private final @Nullable PosixFacts posix;

  private NodeAttributes(Builder builder) {
    this.type = builder.type;
    this.size = builder.size;
    this.modified = builder.modified;
    this.accessed = builder.accessed;
    this.created = builder.created;
    this.changed = builder.changed;
    this.dos = builder.dos;
    this.posix = builder.posix;
  }

  /** Returns a builder of attributes of a node of which nothing else is recorded. */
  public static Builder builder(NodeType type) {
    return new Builder(type);
  }

  /** Returns a builder that begins with these attributes. */
  public Builder toBuilder() {
    Builder builder = new Builder(type);
    builder.size = size;
    builder.modified = modified;
    builder.accessed = accessed;
    builder.created = created;
    builder.changed = changed;
    builder.dos = dos;
    builder.posix = posix;
    return builder;
  }

  /** Returns what the node is. */
  public NodeType type() {
    return type;
  }

  /** Returns the bytes in a file or in the path that a link holds; 0 for others. */
  public long size() {
    return size;
  }

  /** Returns the time of the last change to the contents. */
  public Optional<FileTime> modified() {
    return Optional.ofNullable(modified);
  }

  /** Returns the time of the last access, which many file systems keep to the day. */
  public Optional<FileTime> accessed() {
    return Optional.ofNullable(accessed);
  }

  /** Returns the time when the node was made. */
  public Optional<FileTime> created() {
    return Optional.ofNullable(created);
  }

  /** Returns the time of the last change to the contents or to the attributes. */
  public Optional<FileTime> changed() {
    return Optional.ofNullable(changed);
  }

  /** Returns the DOS attributes, of a volume with {@link Feature#DOS}. */
  public Optional<DosFlags> dos() {
    return Optional.ofNullable(dos);
  }

  /** Returns the DOS attribute read-only; false where there are none. */
  public boolean isReadOnly() {
    return dos != null && dos.isReadOnly();
  }

  /** Returns owner and permissions, of a volume with {@link Feature#POSIX}. */
  public Optional<PosixFacts> posix() {
    return Optional.ofNullable(posix);
  }

  /** Collects attributes. Not safe for threads. */
  public static final class Builder {

    private final NodeType type;
    private long size;
    private @Nullable FileTime modified;
    private @Nullable FileTime accessed;
    private @Nullable FileTime created;
    private @Nullable FileTime changed;
    private @Nullable DosFlags dos;
    private @Nullable PosixFacts posix;

    private Builder(NodeType type) {
      this.type = type;
    }

    /** Sets the size in bytes; 0 otherwise. */
    public Builder size(long bytes) {
      this.size = bytes;
      return this;
    }

    /** Sets the time of the last change to the contents. */
    public Builder modified(FileTime time) {
      this.modified = time;
      return this;
    }

    /** Sets the time of the last access. */
    public Builder accessed(FileTime time) {
      this.accessed = time;
      return this;
    }

    /** Sets the time when the node was made. */
    public Builder created(FileTime time) {
      this.created = time;
      return this;
    }

    /** Sets the time of the last change to the contents or to the attributes. */
    public Builder changed(FileTime time) {
      this.changed = time;
      return this;
    }

    /** Sets the DOS attributes. */
    public Builder dos(DosFlags flags) {
      this.dos = flags;
      return this;
    }

    /** Sets owner and permissions. */
    public Builder posix(PosixFacts facts) {
      this.posix = facts;
      return this;
    }

    /** Returns the attributes. */
    public NodeAttributes build() {
      return new NodeAttributes(this);
    }
  }
}
