package dev.tcplay.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.Optional;

/**
 * A directory that is there, into which files and directories are copied by single names. No name
 * leads out of it, no link is followed, and no two files become one.
 */
interface TargetDirectory extends Closeable {

  /** Writes what a file shall hold. */
  interface Content {
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /**
   * Returns a directory of the host, in which somebody else may meanwhile put links in the place of
   * directories.
   *
   * @param container the file that holds the volume, which is not replaced
   */
  @SuppressWarnings("StreamResourceLeak") // the directory closes its handle
  static TargetDirectory outside(Path directory, Path container) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
    if (stream instanceof SecureDirectoryStream<Path> handle) {
      try {
        return SecureDirectory.of(directory, handle, container);
      } catch (IOException | RuntimeException e) {
        try (stream) {
          throw e;
        }
      }
    }
    stream.close();
    return CheckedDirectory.of(directory, container);
  }

  /** Returns the path that a user knows the directory by. */
  Path path();

  /**
   * Returns the directory of a name in this one, which is made if it is missing. The caller closes
   * it before this one.
   *
   * @throws IOException if something else has this name, or it cannot be made
   */
  TargetDirectory enter(String name) throws IOException;

  /**
   * Makes the file of a name in this directory, or replaces it. The name appears when the file is
   * whole; nothing is left of one that fails.
   *
   * @param size how many bytes are to be expected
   * @param times those that the file shall have, empty for those of its making
   */
  void write(String name, long size, Optional<FileTimes> times, Content content) throws IOException;

  /** Returns whether links that lead inside can be made here without a risk. */
  default boolean canLink() {
    return false;
  }

  /**
   * Makes a symbolic link of a name in this directory, or replaces a file by it.
   *
   * @param target as {@link InsideLink} takes it
   * @throws IOException if it could lead out of the top directory, or cannot be made
   * @throws UnsupportedOperationException if there are none, as {@link #canLink} says
   */
  default void link(String name, String target) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Sets the times of this directory. */
  void setTimes(FileTimes times) throws IOException;
}
