package dev.tcplay.fs.archive;

import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * What an archive says of one of its members.
 *
 * @param path as it stands in the archive
 * @param attributes those to show; their type is the member's
 * @param contents of a file, or of a symbolic link that keeps its path in them; else null
 * @param target the path that a symbolic link holds, if it is known; else null
 */
record Member(
    String path, NodeAttributes attributes, @Nullable Contents contents, @Nullable String target) {

  NodeType type() {
    return attributes.type();
  }
}
