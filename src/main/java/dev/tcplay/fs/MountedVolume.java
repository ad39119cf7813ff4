package dev.tcplay.fs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A mounted volume: a tree of nodes.
 *
 * <p>Safe for any number of threads at once. Every number read from the volume is checked before it
 * is used: a damaged volume gives a {@link CorruptFileSystemException} within a bounded number of
 * reads, never an endless loop, an unchecked exception or memory in proportion to a wrong number.
 *
 * <p>A volume that is writable overrides {@link #create}, {@link #delete}, {@link #move}, {@link
 * #change} and {@link #force}, or says that it {@linkplain #hasFixedTree has a fixed tree}. Each is
 * done whole or not at all. A node handle stays what it was when it was given out; these methods
 * look at what is there now. The paths in their exceptions are the driver's own: the provider names
 * those that its caller gave.
 *
 * <p>Interrupts do not disturb a volume: its device knows none.
 */
public interface MountedVolume extends Closeable {

  /** Returns the type of the file system, such as {@code FAT32}. */
  String type();

  /**
   * Returns the volume's label, empty if it has none.
   *
   * @throws IOException if the device fails
   */
  Optional<String> label() throws IOException;

  /** Returns the volume's serial number as its own tools print it, empty if it has none. */
  Optional<String> serial();

  /**
   * Returns whether nothing can be written: by the caller's wish, or by what was found. A volume
   * may become read-only while it is mounted, as when a write of what its tree is made of failed.
   */
  boolean isReadOnly();

  /**
   * Returns whether only the contents of files can be changed, on a volume that is writable: there
   * is no entry to be made, deleted, renamed or given attributes.
   */
  default boolean hasFixedTree() {
    return false;
  }

  /**
   * Returns what was found amiss when the volume was mounted and did not keep it from being read, a
   * sentence each.
   */
  default List<String> warnings() {
    return List.of();
  }

  /** Returns the rules for names. */
  NameRules names();

  /**
   * Returns how full the volume is; what is free once all is on the host's storage is free.
   *
   * @throws IOException if the device fails
   */
  VolumeSpace space() throws IOException;

  /**
   * Returns the most bytes that a file of this volume can ever have, whatever is free now; {@link
   * Long#MAX_VALUE}, the default, if there is no such limit.
   */
  default long largestFile() {
    return Long.MAX_VALUE;
  }

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

  /**
   * Returns the attributes of a node, with the size of a file as those who write it see it.
   *
   * @throws java.nio.file.NoSuchFileException if the volume can tell that the node is gone
   * @throws IOException if the device fails
   */
  NodeAttributes attributes(Node node) throws IOException;

  /**
   * Opens a file; the handles of all callers share one state. Whether it is to be written is not
   * known yet.
   *
   * @throws java.nio.file.NoSuchFileException if the file is gone
   * @throws IllegalArgumentException if {@code file} is a directory
   */
  OpenNode open(Node file) throws IOException;

  /**
   * Makes an empty file or directory.
   *
   * @return its node
   * @throws java.nio.file.FileAlreadyExistsException if an entry of the name is there
   * @throws java.nio.file.NoSuchFileException if the directory is gone
   * @throws java.nio.file.InvalidPathException if the volume cannot store the name
   * @throws ReadOnlyFileSystemException if the volume is read-only
   * @throws java.nio.file.FileSystemException if the file system has no such nodes, or the volume
   *     or the directory is full; nothing is changed
   * @throws IOException if the device fails
   */
  default Node create(Node directory, String name, boolean isDirectory) throws IOException {
    throw new ReadOnlyFileSystemException();
  }

  /**
   * Deletes a file or an empty directory. A file that is open loses its name at once; those who
   * have it open go on with it, and its space is free when the last of them has closed it.
   *
   * @throws java.nio.file.NoSuchFileException if it is gone, or has another name by now
   * @throws java.nio.file.DirectoryNotEmptyException if it is a directory with entries
   * @throws java.nio.file.AccessDeniedException if its attributes forbid it
   * @throws java.nio.file.FileSystemException if it is the root
   * @throws ReadOnlyFileSystemException if the volume is read-only
   * @throws IOException if the device fails
   */
  default void delete(Node node) throws IOException {
    throw new ReadOnlyFileSystemException();
  }

  /**
   * Gives a file or directory another name, in its directory or in another one. It keeps its id;
   * nothing is copied, and it may be open. To replace an entry and to take its place is one step.
   *
   * @param replace whether a file, or an empty directory, of that name is replaced
   * @return the node under its new name
   * @throws java.nio.file.NoSuchFileException if the node or the directory is gone
   * @throws java.nio.file.FileAlreadyExistsException if an entry of the name is there, another one,
   *     and it is not to be replaced
   * @throws java.nio.file.DirectoryNotEmptyException if the entry to be replaced is a directory
   *     with entries
   * @throws java.nio.file.AccessDeniedException if the attributes of the entry to be replaced
   *     forbid it
   * @throws java.nio.file.InvalidPathException if the volume cannot store the name
   * @throws java.nio.file.FileSystemException if it is the root, or a directory that would come to
   *     lie in itself
   * @throws ReadOnlyFileSystemException if the volume is read-only
   * @throws IOException if the volume or the directory is full, or the device fails
   */
  default Node move(Node node, Node directory, String name, boolean replace) throws IOException {
    throw new ReadOnlyFileSystemException();
  }

  /**
   * Changes attributes of a node; what the file system does not record is left out. Times are
   * rounded down to what it records, and those outside of its range become the nearest inside.
   *
   * @throws java.nio.file.NoSuchFileException if the node is gone
   * @throws ReadOnlyFileSystemException if the volume is read-only
   * @throws IOException if the device fails
   */
  default void change(Node node, AttributeChange change) throws IOException {
    throw new ReadOnlyFileSystemException();
  }

  /**
   * Sets the volume's label, or removes it.
   *
   * @throws IllegalArgumentException if the volume cannot have such a label; the message says why
   * @throws ReadOnlyFileSystemException if the volume is read-only
   * @throws IOException if the device fails
   */
  default void setLabel(Optional<String> label) throws IOException {
    throw new ReadOnlyFileSystemException();
  }

  /**
   * Returns once everything that was changed before is on the host's storage.
   *
   * @throws IOException if something cannot be put there
   */
  default void force() throws IOException {}

  /**
   * Closes the volume and its device, once all that is pending is written. Only the first call
   * acts.
   */
  @Override
  void close() throws IOException;
}
