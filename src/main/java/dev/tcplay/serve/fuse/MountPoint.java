package dev.tcplay.serve.fuse;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The directory that a tree is mounted on. */
final class MountPoint {

  /** How long a mount that is served may take to be read, in seconds. */
  private static final int PATIENCE_SECONDS = 3;

  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  private final Path path;

  private MountPoint(Path path) {
    this.path = path;
  }

  /**
   * Finds a directory by a path without links. A mount is not asked: where a killed process has
   * left it behind, every answer is an error, and where its process hangs, there is no answer.
   *
   * @throws IOException if there is none, or it is not one of the default file system
   */
  static MountPoint of(Path said) throws IOException {
    if (said.getFileSystem() != FileSystems.getDefault()) {
      throw new FileSystemException(
          said.toString(), null, "is not in the default file system, where the kernel could mount");
    }
    Path absolute = said.toAbsolutePath().normalize();
    for (int i = 0; i <= MOST_LINKS; i++) {
      Path parent = absolute.getParent();
      if (parent == null) {
        throw new FileSystemException(said.toString(), null, "is the root directory");
      }
      Path place = parent.toRealPath().resolve(absolute.getFileName()).normalize();
      if (MountTable.at(place).isPresent() || !Files.isSymbolicLink(place)) {
        return new MountPoint(place);
      }
      absolute = place.resolveSibling(Files.readSymbolicLink(place));
    }
    throw new FileSystemLoopException(said.toString());
  }

  Path path() {
    return path;
  }

  /** Returns the number of what is mounted here last, where the kernel tells it. */
  Optional<String> id() throws IOException {
    return MountTable.at(path).map(MountTable.Mount::id);
  }

  boolean isMounted() throws IOException {
    return MountTable.at(path).isPresent();
  }

  /**
   * Frees it if a process of ours has left it behind.
   *
   * @return whether it did
   * @throws IOException if it cannot be freed
   */
  boolean freeIfDead() throws IOException {
    Optional<MountTable.Mount> mount = MountTable.at(path);
    if (mount.isEmpty() || !mount.get().isOurs(Owner.uid(OptionalInt.empty()))) {
      return false;
    }
    if (!isDead()) {
      return false;
    }
    // Who is still in there gets errors.
    Unmount.of(path, true);
    return true;
  }

  /**
   * Returns whether no process answers for what is mounted.
   *
   * @throws FileSystemException if there is a process, which does not answer
   */
  private boolean isDead() throws IOException {
    FutureTask<Boolean> probe = new FutureTask<>(this::isNotConnected);
    // The kernel lets nobody go who waits for a process that hangs.
    Thread thread = new Thread(probe, "tcplay-mount-probe");
    thread.setDaemon(true);
    thread.start();
    try {
      return probe.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      FileSystemException silence =
          new FileSystemException(
              path.toString(),
              null,
              "does not answer: the process that serves it hangs; kill that, and unmount again");
      silence.initCause(e);
      throw silence;
    } catch (ExecutionException e) {
      throw new IOException(path + " cannot be asked: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + path + " is asked", e);
    }
  }

  /** Any other error is an answer: that of the tree, which somebody still serves. */
  private boolean isNotConnected() throws IOException {
    try (DirectoryStream<Path> answer = Files.newDirectoryStream(path)) {
      Objects.requireNonNull(answer);
      return false;
    } catch (AccessDeniedException | NoSuchFileException | NotDirectoryException e) {
      return false;
    } catch (FileSystemException e) {
      // The words are those of the user's locale, in which the tool does not speak.
      return isNotConnected(String.valueOf(e.getReason()))
          || isNotConnected(SystemTool.run(List.of("stat", "-f", path.toString())));
    }
  }

  /** Returns whether ENOTCONN is meant, by the words of glibc or those of musl. */
  private static boolean isNotConnected(String words) {
    return words.endsWith("Transport endpoint is not connected")
        || words.endsWith("Socket not connected");
  }

  /**
   * Checks that a tree can be mounted here, and frees what a killed process has left.
   *
   * @throws IOException if it is no empty directory, or lies in the tree itself
   */
  void prepare(Path tree) throws IOException {
    prepare();
    if (tree.getFileSystem() == path.getFileSystem() && path.startsWith(tree.toRealPath())) {
      throw new FileSystemException(
          path.toString(), null, "lies in the tree that is to be mounted there, " + tree);
    }
  }

  /** Checks so before there is a tree. */
  void prepare() throws IOException {
    if (Host.isWindows()) {
      if (Files.exists(path)) {
        throw new FileSystemException(
            path.toString(), null, "exists already: WinFsp makes the directory by itself");
      }
      return;
    }
    freeIfDead();
    if (MountTable.at(path).filter(mount -> mount.type().startsWith("fuse.")).isPresent()) {
      throw new FileSystemException(path.toString(), null, "something is mounted there already");
    }
    if (!Files.isDirectory(path)) {
      if (Files.exists(path)) {
        throw new NotDirectoryException(path.toString());
      }
      throw new FileSystemException(
          path.toString(), null, "there is no such directory to mount on");
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      if (entries.iterator().hasNext()) {
        throw new FileSystemException(
            path.toString(), null, "is not empty: the mount would hide what is in it");
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /**
   * Takes a mount away that nobody uses.
   *
   * @throws MountBusyException if somebody uses it
   * @throws IOException if the system refuses for another reason
   */
  void unmount() throws IOException {
    Unmount.of(path, false);
  }

  /** Takes a mount out of the tree at once; who has files open in it keeps them. */
  void detach() throws IOException {
    Unmount.of(path, true);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
