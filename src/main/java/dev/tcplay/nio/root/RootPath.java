package dev.tcplay.nio.root;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A path of the one tree: what it is as a text is a path of the host, wherever it leads. Below the
 * mount point, too, paths are equal by the host's rules. Immutable.
 */
final class RootPath implements Path {

  private final RootFileSystem fileSystem;
  private final Path host;

  RootPath(RootFileSystem fileSystem, Path host) {
    this.fileSystem = fileSystem;
    this.host = host;
  }

  /** Returns {@code path} if it is one of this tree. */
  static RootPath cast(Path path) {
    if (Objects.requireNonNull(path, "path") instanceof RootPath ours) {
      return ours;
    }
    throw new ProviderMismatchException(
        "not a path of the default file system: " + path.getClass());
  }

  /** Returns the same path of the host, whether it leads there or not. */
  Path host() {
    return host;
  }

  private RootPath with(Path other) {
    return other == host ? this : new RootPath(fileSystem, other);
  }

  private @Nullable RootPath withAny(@Nullable Path other) {
    return other == null ? null : with(other);
  }

  @Override
  public RootFileSystem getFileSystem() {
    return fileSystem;
  }

  @Override
  public boolean isAbsolute() {
    return host.isAbsolute();
  }

  @Override
  public @Nullable RootPath getRoot() {
    return withAny(host.getRoot());
  }

  @Override
  public @Nullable RootPath getFileName() {
    return withAny(host.getFileName());
  }

  @Override
  public @Nullable RootPath getParent() {
    return withAny(host.getParent());
  }

  @Override
  public int getNameCount() {
    return host.getNameCount();
  }

  @Override
  public RootPath getName(int index) {
    return with(host.getName(index));
  }

  @Override
  public RootPath subpath(int beginIndex, int endIndex) {
    return with(host.subpath(beginIndex, endIndex));
  }

  @Override
  public boolean startsWith(Path other) {
    return Objects.requireNonNull(other) instanceof RootPath prefix && host.startsWith(prefix.host);
  }

  @Override
  public boolean endsWith(Path other) {
    return Objects.requireNonNull(other) instanceof RootPath suffix && host.endsWith(suffix.host);
  }

  @Override
  public RootPath normalize() {
    return with(host.normalize());
  }

  @Override
  public RootPath resolve(Path other) {
    RootPath ours = cast(other);
    return ours.isAbsolute() ? ours : with(host.resolve(ours.host));
  }

  @Override
  public RootPath relativize(Path other) {
    return with(host.relativize(cast(other).host));
  }

  /**
   * Returns a {@code file:} URI that {@link Path#of(URI)} reads. It ends in a slash if the path is
   * a directory; below the mount point that is known while the container is open.
   */
  @Override
  public URI toUri() {
    return fileSystem.uriOf(this);
  }

  @Override
  public RootPath toAbsolutePath() {
    return with(host.toAbsolutePath());
  }

  @Override
  public RootPath toRealPath(LinkOption... options) throws IOException {
    return fileSystem.realPath(this, options);
  }

  /**
   * Returns the same path as a {@link File}. That knows the host's files only: what is below the
   * mount point does not exist for it.
   */
  @Override
  public File toFile() {
    return new File(host.toString());
  }

  /**
   * Registers a directory, of the host with the host's service, in the container with the
   * container's.
   */
  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    if (!(Objects.requireNonNull(watcher, "watcher") instanceof RootWatch ours)) {
      throw new ProviderMismatchException("not a watch service of the default file system");
    }
    return ours.register(this, events, modifiers);
  }

  @Override
  public int compareTo(Path other) {
    return host.compareTo(((RootPath) other).host);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RootPath path && path.host.equals(host);
  }

  @Override
  public int hashCode() {
    return host.hashCode();
  }

  @Override
  public String toString() {
    return host.toString();
  }
}
