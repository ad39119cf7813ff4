package dev.tcplay.fs.archive;

import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.PosixFacts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one or several names of a tree stand for. Not changed any more once the tree is built. */
final class Inode {

  final long id;
  final NodeType type;

  /** What a directory holds; null for the rest. */
  final @Nullable Children children;

  private NodeAttributes attributes;
  private @Nullable Contents contents;
  private @Nullable String target;
  private int names = 1;

  Inode(long id, Member member) {
    this.id = id;
    this.type = member.type();
    this.children = type == NodeType.DIRECTORY ? new Children() : null;
    this.attributes = member.attributes();
    this.contents = member.contents();
    this.target = member.target();
  }

  /** Takes over what a later entry says of the same directory or file. */
  void update(Member member) {
    attributes = member.attributes();
    contents = member.contents();
    target = member.target();
  }

  /** Counts one more name. */
  void addName() {
    names++;
  }

  /** Returns the attributes, with the number of names. */
  NodeAttributes attributes() {
    Optional<PosixFacts> posix = attributes.posix();
    return names == 1 || posix.isEmpty()
        ? attributes
        : attributes.toBuilder().posix(posix.get().withLinks(names)).build();
  }

  /** Returns the contents of a file, or those in which a link keeps its path; null for others. */
  @Nullable Contents contents() {
    return contents;
  }

  /** Returns the path that a symbolic link holds, null where it is in the contents. */
  @Nullable String target() {
    return target;
  }
}
