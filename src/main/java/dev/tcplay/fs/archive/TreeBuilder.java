package dev.tcplay.fs.archive;

import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.PosixFacts;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Builds the tree of an archive from its members, in their order. No member is lost: {@link
 * SafePath} says what becomes of paths, {@link Children} what of names that come twice. Names of
 * the archive lead through directories only, so nothing is ever put behind a link. For one thread.
 */
final class TreeBuilder {

  private static final Member IMPLIED =
      new Member(
          "",
          NodeAttributes.builder(NodeType.DIRECTORY).posix(PosixFacts.of(0_755)).build(),
          null,
          null);

  private final long mostBytes;
  private long bytes;
  private long inodes;
  private final ArchiveNode root = new ArchiveNode("", false, inode(IMPLIED));
  private @Nullable String damage;

  /** Makes the builder of a tree that takes so many bytes of memory at most. */
  TreeBuilder(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  private Inode inode(Member member) {
    return new Inode(inodes++, member);
  }

  /** Returns the root. */
  ArchiveNode root() {
    return root;
  }

  /** Says that the archive cannot be read further, and why. */
  void damaged(String reason) {
    if (damage == null) {
      damage = reason;
    }
  }

  /** Returns why the archive could not be read to its end, null if it was. */
  @Nullable String damage() {
    return damage;
  }

  /** Returns whether nothing was added. */
  boolean isEmpty() {
    return inodes == 1;
  }

  /**
   * Accounts for memory that is kept for the archive beside its names.
   *
   * @throws FileSystemException if the archive takes more than it may
   */
  void charge(long more) throws IOException {
    bytes += more;
    if (bytes > mostBytes) {
      throw new FileSystemException(
          null,
          null,
          "the archive has more members than fit into "
              + mostBytes
              + " bytes, a quarter of the largest heap, at member "
              + inodes);
    }
  }

  /**
   * Adds a member. A directory that is there already, by an entry or by what lies in it, gets its
   * attributes.
   *
   * @throws IOException if the path is out of bounds, or the archive takes too much memory
   */
  ArchiveNode add(Member member) throws IOException {
    List<String> parts = SafePath.parts(member.path());
    boolean isDirectory = member.type() == NodeType.DIRECTORY;
    if (parts.isEmpty() && isDirectory) {
      root.inode().update(member);
      return root;
    }
    Children children = descend(parts);
    String name = parts.isEmpty() ? SafePath.UNNAMED : parts.get(parts.size() - 1);
    ArchiveNode there = isDirectory ? children.directory(name) : null;
    if (there != null) {
      there.inode().update(member);
      return there;
    }
    charge(member.target());
    return put(children, name, inode(member));
  }

  /**
   * Gives an inode one more name.
   *
   * @throws IOException as {@link #add} does
   */
  void addName(String path, Inode inode) throws IOException {
    List<String> parts = SafePath.parts(path);
    inode.addName();
    String name = parts.isEmpty() ? SafePath.UNNAMED : parts.get(parts.size() - 1);
    put(descend(parts), name, inode);
  }

  /**
   * Returns the last member of a path that is no directory, null if there is none so far.
   *
   * @throws IOException if the path is out of bounds
   */
  @Nullable ArchiveNode file(String path) throws IOException {
    List<String> parts = SafePath.parts(path);
    ArchiveNode directory = root;
    for (int i = 0; i < parts.size() - 1 && directory != null; i++) {
      directory = children(directory).directory(parts.get(i));
    }
    return directory == null || parts.isEmpty()
        ? null
        : children(directory).file(parts.get(parts.size() - 1));
  }

  private Children descend(List<String> parts) throws IOException {
    ArchiveNode directory = root;
    for (int i = 0; i < parts.size() - 1; i++) {
      ArchiveNode next = children(directory).directory(parts.get(i));
      directory = next == null ? put(children(directory), parts.get(i), inode(IMPLIED)) : next;
    }
    return children(directory);
  }

  private ArchiveNode put(Children children, String name, Inode inode) throws IOException {
    charge(name);
    charge(Bounds.NODE_BYTES);
    return children.add(name, inode);
  }

  private void charge(@Nullable String text) throws IOException {
    if (text != null) {
      charge(2L * text.length());
    }
  }

  private static Children children(ArchiveNode directory) {
    return Objects.requireNonNull(directory.inode().children);
  }
}
