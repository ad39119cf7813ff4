package dev.tcplay.nio;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be done from an open directory on, whatever its path leads to by then: all that can be
 * done by a path, since a path may begin there. An absolute path leads where it always leads.
 */
abstract class DirectoryOperations implements SecureDirectoryStream<Path> {

  private final TcplayPath directory;
  private final HeldDirectory held;

  /** Makes the operations of a directory, which is called by a path. */
  DirectoryOperations(TcplayPath directory, HeldDirectory held) {
    this.directory = directory;
    this.held = held;
  }

  final TcplayPath directory() {
    return directory;
  }

  final HeldDirectory held() {
    return held;
  }

  /**
   * Returns a path that begins here.
   *
   * @throws ProviderMismatchException if it is another provider's, or of another file system
   * @throws ClosedDirectoryStreamException if the stream is closed
   */
  private TcplayPath here(Path path) {
    TcplayPath ours = from(path);
    directory.getFileSystem().checkOpen();
    held.checkOpen();
    return ours;
  }

  private TcplayPath from(Path path) {
    TcplayPath ours = TcplayPath.cast(path);
    if (ours.getFileSystem() != directory.getFileSystem()) {
      throw new ProviderMismatchException("a path of another file system");
    }
    return ours.from(held);
  }

  @Override
  public final SecureDirectoryStream<Path> newDirectoryStream(Path path, LinkOption... options)
      throws IOException {
    TcplayPath named = directory.resolve(path);
    boolean follow = LinkOptions.follow(options);
    return NodeDirectoryStream.open(here(path), named, follow, entry -> true);
  }

  @Override
  public final SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    TcplayPath ours = here(path);
    OpenOptions checked = OpenOptions.of(options);
    return new FileOpener<>(ours, checked, NodeChannel::new)
        .open(AttributeWriter.initial(ours, attributes));
  }

  @Override
  public final void deleteFile(Path path) throws IOException {
    Deletion.delete(here(path), false);
  }

  @Override
  public final void deleteDirectory(Path path) throws IOException {
    Deletion.delete(here(path), true);
  }

  /** Moves as with {@link StandardCopyOption#ATOMIC_MOVE}. */
  @Override
  public final void move(Path source, SecureDirectoryStream<Path> targetDirectory, Path target)
      throws IOException {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    if (!(Objects.requireNonNull(targetDirectory, "targetDirectory")
        instanceof DirectoryOperations to)) {
      throw new ProviderMismatchException("a directory of another provider");
    }
    CopyOptions atomic = CopyOptions.ofMove(StandardCopyOption.ATOMIC_MOVE);
    try {
      FileMove.move(here(source), to.here(target), atomic);
    } catch (NoSuchFileException e) {
      // Two directories are involved, so that one name would not tell which is meant.
      throw new NoSuchFileException(source.toString(), target.toString(), e.getReason());
    }
  }

  @Override
  public final <V extends FileAttributeView> @Nullable V getFileAttributeView(Class<V> type) {
    return getFileAttributeView(directory.getFileSystem().getPath("."), type);
  }

  @Override
  public final <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    Objects.requireNonNull(type, "type");
    TcplayPath ours = from(path);
    AttributeViews views = directory.getFileSystem().views();
    return type.cast(views.of(ours, type, LinkOptions.follow(options)));
  }
}
