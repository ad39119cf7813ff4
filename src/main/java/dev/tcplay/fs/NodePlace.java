package dev.tcplay.fs;

/**
 * Where an entry stands: what those who watch a directory are told by.
 *
 * @param directory the id of the directory's node
 * @param name the entry's name as the volume stores it
 */
public record NodePlace(long directory, String name) {

  /** The place of what has no name any more, or never had one, as the root. */
  public static final NodePlace NONE = new NodePlace(-1, "");

  /** Says that the driver cannot tell. */
  public static final NodePlace UNKNOWN = new NodePlace(-2, "");
}
