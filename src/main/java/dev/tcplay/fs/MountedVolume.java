package dev.tcplay.fs;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mounted volume: a tree of nodes.
 *
 * <p>Safe for any number of threads at once. Every number read from the volume is checked before it
 * is used: a damaged volume gives a {@link CorruptFileSystemException} within a bounded number of
 * reads, never an endless loop, an unchecked exception or memory in proportion to a wrong number.
 */
public interface MountedVolume extends Closeable {

  /** Returns the type of the file system, such as {@code FAT32}. */
  String type();

  /** Returns the volume's label, empty if it has none. */
  Optional<String> label() throws IOException;

  /** Returns the volume's serial number as its own tools print it, empty if it has none. */
  Optional<String> serial();

  /** Returns whether nothing can be written: by the caller's wish, or by what was found. */
  boolean isReadOnly();

  /**
   * Returns what was found amiss when the volume was mounted and did not keep it from being read, a
   * sentence each.
   */
  default List<String> warnings() {
    return List.of();
  }

  /** Returns the rules for names. */
  NameRules names();

  /** Returns how full the volume is. */
  VolumeSpace space() throws IOException;

  /** Returns the root directory. */
  Node root();

  /**
   * Finds an entry by a name, by the volume's rules.
   *
   * @return the node, null if there is no entry of that name
   * @throws CorruptFileSystemException if the directory is damaged before such an entry, or it
   *     leads back to itself or to a directory above it
   * @throws IllegalArgumentException if {@code directory} is not a directory
   */
  @SuppressWarnings("exports") // who reads the annotation brings its module
  @Nullable Node lookup(Node directory, String name) throws IOException;

  /**
   * Returns the name of a node as the volume stores it, empty for the root.
   *
   * @throws IOException if the device fails
   */
  String name(Node node) throws IOException;

  /**
   * Lists a directory. An entry that is damaged itself is listed like any other.
   *
   * @throws CorruptFileSystemException if the directory cannot be entered: it leads to no cluster,
   *     or back to itself or to a directory above it
   * @throws IllegalArgumentException if {@code directory} is not a directory
   */
  DirectoryCursor list(Node directory) throws IOException;

  /** Returns the attributes of a node. */
  NodeAttributes attributes(Node node) throws IOException;

  /**
   * Opens a file; the handles of all callers share one state.
   *
   * @throws IllegalArgumentException if {@code file} is a directory
   */
  OpenNode open(Node file) throws IOException;

  /** Closes the volume and its device. Only the first call acts. */
  @Override
  void close() throws IOException;
}
