package dev.tcplay.fs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mounted volume: a tree of nodes.
 *
 * <p>Safe for any number of threads at once. Every number read from the volume is checked before it
 * is used: a damaged volume gives a {@link CorruptFileSystemException} within a bounded number of
 * reads, never an endless loop, an unchecked exception or memory in proportion to a wrong number.
 *
 * <p>A volume overrides what its {@linkplain #features features} name, and nobody calls the rest.
 * One that can only be read needs nothing beyond the methods without a default. With {@link
 * Feature#TREE_WRITE} it overrides {@link #create}, {@link #delete}, {@link #move}, {@link #change}
 * and {@link #force}. Each is done whole or not at all. A node handle stays what it was when it was
 * given out; these methods look at what is there now. The paths in their exceptions are the
 * driver's own: the provider names those that its caller gave.
 *
 * <p>What a method throws unchecked that it does not name here, or returns as null that may not be
 * null, is the driver's mistake: callers get a {@link java.nio.file.FileSystemException} of it.
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
   * Returns what this volume records and what this driver can change. The answer is the same as
   * long as the volume is mounted, whether or not it {@linkplain #isReadOnly can be written now}.
   */
  Set<Feature> features();

  /**
   * Returns whether nothing can be written: by the caller's wish, or by what was found. A volume
   * may become read-only while it is mounted, as when a write of what its tree is made of failed.
   * One without {@link Feature#WRITE} always is.
   */
  default boolean isReadOnly() {
    return !features().contains(Feature.WRITE);
  }

  /**
   * Returns what was found amiss when the volume was mounted and did not keep it from being read, a
   * sentence each.
   */
  default List<String> warnings() {
    return List.of();
  }

  /**
   * Returns the rules by which paths are compared. Names that mean different entries in any
   * directory fold to different names: a volume where some directories mind case minds it.
   */
  NameRules names();

  /**
   * Returns the rules for names in one directory, where directories differ in that.
   *
   * @throws IOException if the device fails
   */
  default NameRules names(Node directory) throws IOException {
    return names();
  }

  /**
   * Returns how full the volume is; what is free once all is on the host's storage is free.
   *
   * @throws IOException if the device fails
   */
  VolumeSpace space() throws IOException;

  /**
   * Returns from which byte of the volume on nothing is in use, so that a hidden volume may lie
   * there; empty, the default, if this driver cannot tell. What waits to be freed is in use.
   *
   * @throws IOException if the device fails
   */
  default OptionalLong usedEnd() throws IOException {
    return OptionalLong.empty();
  }

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
   * Returns the name that a node stands for, as the volume stores it; empty for the root.
   *
   * @throws IOException if the device fails
   */
  String name(Node node) throws IOException;

  /**
   * Returns where the name that a node stands for is, or was when the node was found. Those who
   * watch directories are told of changes by it; where a driver answers {@link NodePlace#UNKNOWN},
   * the default, they only learn that something has changed.
   */
  default NodePlace place(Node node) {
    return NodePlace.UNKNOWN;
  }

  /**
   * Lists a directory. An entry that is damaged itself is listed like any other.
   *
   * @throws CorruptFileSystemException if the directory cannot be entered: it leads to no cluster,
   *     or back to itself or to a directory above it
   * @throws IllegalArgumentException if {@code directory} is not a directory
   */
  DirectoryCursor list(Node directory) throws IOException;

  /**
   * Opens a directory, to be used whatever names it gets. The default serves volumes whose nodes of
   * directories name an inode, not a place; others override it.
   *
   * @throws java.nio.file.NoSuchFileException if the directory is gone
   * @throws IllegalArgumentException if {@code directory} is not a directory
   */
  default OpenDirectory openDirectory(Node directory) throws IOException {
    if (!directory.isDirectory()) {
      throw new IllegalArgumentException("not a directory: " + directory);
    }
    attributes(directory);
    return new NodeDirectory(this, directory);
  }

  /**
   * Returns the attributes of a node, with the size of a file as those who write it see it.
   *
   * @throws java.nio.file.NoSuchFileException if the volume can tell that the node is gone
   * @throws IOException if the device fails
   */
  NodeAttributes attributes(Node node) throws IOException;

  /**
   * Returns the path that a symbolic link holds, as the volume stores it: names between slashes,
   * from the root of this volume if it begins with one, else from the link's directory. One that is
   * empty or holds NUL counts as damage.
   *
   * @throws CorruptFileSystemException if what the link holds cannot be read
   * @throws java.nio.file.NoSuchFileException if the volume can tell that the link is gone
   * @throws IllegalArgumentException if {@code link} is not a symbolic link
   */
  default String readLink(Node link) throws IOException {
    throw new IllegalArgumentException("not a symbolic link: " + link);
  }

  /**
   * Opens a file; the handles of all callers share one state. Whether it is to be written is not
   * known yet.
   *
   * @throws java.nio.file.NoSuchFileException if the file is gone
   * @throws IllegalArgumentException if {@code file} is not a file
   */
  OpenNode open(Node file) throws IOException;

  /**
   * Makes an empty file or directory.
   *
   * @param type {@link NodeType#FILE} or {@link NodeType#DIRECTORY}
   * @param attributes what differs from those that a new node gets by itself; in one step with it,
   *     so that nobody sees the one without the other
   * @return its node
   * @throws java.nio.file.FileAlreadyExistsException if an entry of the name is there
   * @throws java.nio.file.NoSuchFileException if the directory is gone
   * @throws java.nio.file.InvalidPathException if the volume cannot store the name
   * @throws ReadOnlyFileSystemException if the volume is read-only
   * @throws java.nio.file.FileSystemException if the file system has no such nodes, or the volume
   *     or the directory is full; nothing is changed
   * @throws IOException if the device fails
   */
  default Node create(Node directory, String name, NodeType type, AttributeChange attributes)
      throws IOException {
    throw new ReadOnlyFileSystemException();
  }

  /**
   * Makes a symbolic link, of a volume with {@link Feature#SYMLINK}.
   *
   * @param target the path that it holds, as {@link #readLink} returns it; whether anything is
   *     there does not matter
   * @return its node
   * @throws IOException as {@link #create} does, or if the target is too long
   */
  default Node createSymbolicLink(Node directory, String name, String target) throws IOException {
    throw new ReadOnlyFileSystemException();
  }

  /**
   * Gives a file one more name, of a volume with {@link Feature#HARD_LINK}.
   *
   * @param existing what gets the name: never a directory
   * @return the node by its new name, with the id of the existing one
   * @throws java.nio.file.NoSuchFileException if the directory or the existing node is gone
   * @throws IOException as {@link #create} does, or if it cannot have more names
   */
  default Node createLink(Node directory, String name, Node existing) throws IOException {
    throw new ReadOnlyFileSystemException();
  }

  /**
   * Deletes the name that a node stands for, and with the last name the file, link or empty
   * directory. A file that is open loses its name at once; those who have it open go on with it,
   * and its space is free when the last of them has closed it.
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
   * Changes the name that a node stands for, in its directory or to another one. The node keeps its
   * id; nothing is copied, and it may be open. To replace an entry and to take its place is one
   * step. A name of the same file that is another one is not replaced: nothing is done.
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
   * rounded down to what it records, and those outside of its range become the nearest inside. Done
   * whole or not at all; of a link, the link's own are changed.
   *
   * @throws java.nio.file.NoSuchFileException if the node is gone
   * @throws ReadOnlyFileSystemException if the volume is read-only
   * @throws IOException if the device fails
   */
  default void change(Node node, AttributeChange change) throws IOException {
    throw new ReadOnlyFileSystemException();
  }

  /**
   * Returns the names of the streams that a node has beside its contents, of a volume with {@link
   * Feature#STREAMS}: each once, in any order; a list of the caller's.
   *
   * @throws IOException if the node is gone or damaged, or the device fails
   */
  default List<String> streams(Node node) throws IOException {
    return List.of();
  }

  /**
   * Opens a named stream, which is read and written as the contents of a file and stays good as
   * they do. The provider writes one only where the tree can be written.
   *
   * @param create whether an empty one is made where there is none
   * @throws java.nio.file.NoSuchFileException if there is none, or the node is gone
   * @throws ReadOnlyFileSystemException if one would be made on a volume that is read-only
   * @throws IOException if the name or the node does not suit, or the device fails
   */
  default OpenNode openStream(Node node, String name, boolean create) throws IOException {
    throw new NoSuchFileException(name);
  }

  /**
   * Deletes a named stream.
   *
   * @throws java.nio.file.NoSuchFileException if there is none, or the node is gone
   * @throws ReadOnlyFileSystemException if the volume is read-only
   * @throws IOException if the device fails
   */
  default void deleteStream(Node node, String name) throws IOException {
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
