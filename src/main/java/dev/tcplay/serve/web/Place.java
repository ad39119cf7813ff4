package dev.tcplay.serve.web;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Where a request's path leads in a tree, when it was looked for. Immutable.
 *
 * @param path the file itself, or the link that is it, in its real directory if there is one
 * @param real the file behind all links; {@code path} if there is no file
 * @param attributes of the file; empty if there is none
 * @param inDirectory whether its parent is a directory, so that it can be made
 */
public record Place(
    Path path, Path real, Optional<BasicFileAttributes> attributes, boolean inDirectory) {

  /** Tells whether there is a file or directory. */
  public boolean exists() {
    return attributes.isPresent();
  }

  /** Tells whether it is a directory. */
  public boolean isDirectory() {
    return attributes.isPresent() && attributes.get().isDirectory();
  }

  /**
   * Returns the attributes of what is there.
   *
   * @throws HttpFailure if nothing is
   */
  public BasicFileAttributes known() throws HttpFailure {
    return attributes.orElseThrow(() -> new HttpFailure(404, "No such file"));
  }
}
