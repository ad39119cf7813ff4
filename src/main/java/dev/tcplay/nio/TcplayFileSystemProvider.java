package dev.tcplay.nio;

import dev.tcplay.container.Closer;
import dev.tcplay.container.HostCheck;
import dev.tcplay.container.MountedContainer;
import dev.tcplay.fs.NodeType;
import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.ParsedOptions;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The provider of the scheme {@code tcplay}: containers as file systems.
 *
 * <p>A container is opened by URI once, {@code tcplay:/path/x.tc} or {@code tcplay:} and the URI of
 * a container in any other file system, and then found by the URIs of its paths, {@code
 * tcplay:file:///path/x.tc!/inner/path}. By {@link #newFileSystem(Path, Map)} it is opened any
 * number of times, and not found by URI. {@link ContainerOptions} lists the options.
 *
 * <p>Other copies of the library in the same virtual machine, those of other class loaders, share
 * what is open by URI with the one that is installed.
 *
 * <p>Files inside cannot be executed, so the access mode {@link AccessMode#EXECUTE} is granted for
 * directories only.
 */
public final class TcplayFileSystemProvider extends FileSystemProvider
    implements Supplier<ConcurrentMap<URI, Optional<FileSystem>>> {

  /** Makes the provider, which does nothing until it is asked. */
  public TcplayFileSystemProvider() {}

  @Override
  public String getScheme() {
    return TcplayUri.SCHEME;
  }

  /**
   * Opens a container and registers its file system.
   *
   * @throws java.nio.file.FileSystemAlreadyExistsException if it is open by URI, or being opened
   * @throws IllegalArgumentException if the URI or an option does not fit
   * @throws IOException as {@link dev.tcplay.ContainerOpener#mount} says
   */
  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) throws IOException {
    TcplayUri ours = TcplayUri.parse(uri);
    Path container = ours.containerPath();
    URI key = ours.real().container();
    Registry.Place place = Registry.reserve(key);
    try (Closer onFailure = new Closer()) {
      onFailure.add(place);
      HostCheck.check(container, env);
      TcplayFileSystem opened = onFailure.add(open(container, env, TcplayUri.of(container), place));
      place.take(opened);
      onFailure.release();
      return opened;
    }
  }

  /**
   * Opens a container without registering its file system.
   *
   * @throws UnsupportedOperationException if no option in {@code env} is ours or nearly so, as when
   *     the JDK offers any file to every provider, or the file is a directory or too short; no key
   *     is derived for that
   * @throws IllegalArgumentException if an option does not fit
   * @throws IOException as {@link dev.tcplay.ContainerOpener#mount} says
   */
  @Override
  public FileSystem newFileSystem(Path path, Map<String, ?> env) throws IOException {
    Objects.requireNonNull(path, "path");
    if (!ContainerOptions.concerns(env)) {
      throw new UnsupportedOperationException("no option is one of tcplay's");
    }
    Optional<String> refusal = HostCheck.refusal(path, env);
    if (refusal.isPresent()) {
      throw new UnsupportedOperationException(refusal.get());
    }
    return open(path, env, TcplayUri.of(path), () -> {});
  }

  private TcplayFileSystem open(
      Path container, Map<String, ?> env, Location location, Closeable afterClose)
      throws IOException {
    try (ParsedOptions options = ContainerOptions.parse(env);
        Closer onFailure = new Closer()) {
      MountedContainer mounted =
          MountedContainer.mount(container, options, "the file system " + location.inside("/"));
      onFailure.add(mounted.volume());
      TcplayFileSystem opened = new TcplayFileSystem(this, location, mounted, afterClose);
      onFailure.release();
      return opened;
    }
  }

  /**
   * Returns a file system that is open by URI, by that of its container or by its name.
   *
   * @throws java.nio.file.FileSystemNotFoundException if there is none
   */
  @Override
  public FileSystem getFileSystem(URI uri) {
    Optional<NamedUri> named = NamedUri.of(uri);
    if (named.isEmpty()) {
      return Registry.find(TcplayUri.parse(uri));
    }
    Optional<FileSystemProvider> installed = InstalledProvider.other();
    return installed.isPresent()
        ? installed.get().getFileSystem(uri)
        : NamedVolumes.find(named.get());
  }

  /**
   * Returns a path in a file system that is open by URI. {@code tcplay://NAME/path} opens the entry
   * NAME of the crypttab that the system property {@code tcplay.crypttab} names, in the dialect
   * that {@code tcplay.crypttab.dialect} names ({@code dragonfly}, {@code debian} or {@code
   * systemd}), if it is not open, and asks nobody: a passphrase that the table lacks comes from
   * where {@link dev.tcplay.Tcplay#open} looks for one. It stays open until it or the process ends.
   *
   * @throws java.nio.file.FileSystemNotFoundException if it is not open and is no such entry, or
   *     cannot be opened, which the cause tells; always for a name where the property is not set
   */
  @Override
  public Path getPath(URI uri) {
    Optional<NamedUri> named = NamedUri.of(uri);
    if (named.isEmpty()) {
      TcplayUri ours = TcplayUri.parse(uri);
      return Registry.find(ours).getPath(ours.inside());
    }
    Optional<FileSystemProvider> installed = InstalledProvider.other();
    return installed.isPresent()
        ? installed.get().getPath(uri)
        : NamedVolumes.open(named.get(), this::openNamed).getPath(named.get().inside());
  }

  /** Returns what is open by URI, for other copies of the library in this virtual machine. */
  @Override
  public ConcurrentMap<URI, Optional<FileSystem>> get() {
    return Registry.own();
  }

  private TcplayFileSystem openNamed(
      Path container, Map<String, ?> env, Location where, Closeable afterClose) throws IOException {
    HostCheck.check(container, env);
    return open(container, env, where, afterClose);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return open(path, options, attributes, NodeChannel::new);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return open(path, options, attributes, NodeFileChannel::new);
  }

  @Override
  public AsynchronousFileChannel newAsynchronousFileChannel(
      Path path,
      Set<? extends OpenOption> options,
      @Nullable ExecutorService executor,
      FileAttribute<?>... attributes)
      throws IOException {
    if (options.contains(StandardOpenOption.APPEND)) {
      throw new UnsupportedOperationException("an asynchronous channel cannot append");
    }
    ExecutorService threads = executor == null ? DefaultPool.threads() : executor;
    return open(path, options, attributes, file -> new NodeAsynchronousChannel(file, threads));
  }

  private static <C extends Channel> C open(
      Path path,
      Set<? extends OpenOption> options,
      FileAttribute<?>[] attributes,
      Function<OpenFile, C> channel)
      throws IOException {
    TcplayPath ours = TcplayPath.cast(path);
    ours.getFileSystem().checkOpen();
    OpenOptions checked = OpenOptions.of(options);
    return new FileOpener<>(ours, checked, channel).open(AttributeWriter.initial(ours, attributes));
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    TcplayPath ours = TcplayPath.cast(directory);
    return NodeDirectoryStream.open(ours, Objects.requireNonNull(filter, "filter"));
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    TcplayPath ours = TcplayPath.cast(directory);
    NewNodes.make(ours, NodeType.DIRECTORY, false, AttributeWriter.initial(ours, attributes));
  }

  @Override
  public void delete(Path path) throws IOException {
    Deletion.delete(TcplayPath.cast(path));
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    TcplayPath ours = TcplayPath.cast(link);
    TcplayPath held = TcplayPath.cast(target);
    if (attributes.length > 0) {
      throw new UnsupportedOperationException("a link has no attributes of its own to begin with");
    }
    Links.makeSymbolic(ours, held.toString());
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    Links.makeHard(TcplayPath.cast(link), TcplayPath.cast(existing));
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return Links.read(TcplayPath.cast(link));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    TcplayPath ours = TcplayPath.cast(source);
    FileCopy.copy(ours, TcplayPath.cast(target), CopyOptions.ofCopy(options));
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    TcplayPath ours = TcplayPath.cast(source);
    FileMove.move(ours, TcplayPath.cast(target), CopyOptions.ofMove(options));
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    AttributeWriter.set(TcplayPath.cast(path), attribute, value, LinkOptions.follow(options));
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    TcplayPath ours = TcplayPath.cast(path);
    if (ours.equals(other)) {
      return true;
    }
    if (!(Objects.requireNonNull(other, "other") instanceof TcplayPath theirs)
        || theirs.getFileSystem() != ours.getFileSystem()) {
      return false;
    }
    Object key = Attributes.read(ours, BasicFileAttributes.class, true).fileKey();
    return key.equals(Attributes.read(theirs, BasicFileAttributes.class, true).fileKey());
  }

  /**
   * Tells whether a file is hidden: by the attribute of that name where the volume has such, by a
   * dot at the beginning of the name where it has owners and permissions instead.
   */
  @Override
  public boolean isHidden(Path path) throws IOException {
    TcplayPath ours = TcplayPath.cast(path);
    ours.getFileSystem().checkOpen();
    AttributeViews views = ours.getFileSystem().views();
    if (views.offers("posix") && !views.offers("dos")) {
      Path name = ours.getFileName();
      return name != null && name.toString().startsWith(".");
    }
    return Attributes.read(ours, NodeFileAttributes.class, true).isHidden();
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    TcplayPath ours = TcplayPath.cast(path);
    AccessCheck.check(ours);
    return TcplayFileStore.of(ours.getFileSystem());
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    AccessCheck.check(TcplayPath.cast(path), modes);
  }

  /** Tells whether a file exists, without the price of an exception if not; since Java 20. */
  public boolean exists(Path path, LinkOption... options) {
    try {
      return readAttributesIfExists(path, BasicFileAttributes.class, options) != null;
    } catch (IOException e) {
      return false;
    }
  }

  /** Reads the attributes of a file, null if there is no such file; since Java 20. */
  public <A extends BasicFileAttributes> @Nullable A readAttributesIfExists(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return Attributes.readIfExists(TcplayPath.cast(path), type, LinkOptions.follow(options))
        .orElse(null);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return Attributes.read(TcplayPath.cast(path), type, LinkOptions.follow(options));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return Attributes.read(TcplayPath.cast(path), attributes, LinkOptions.follow(options));
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    TcplayPath ours = TcplayPath.cast(path);
    Objects.requireNonNull(type, "type");
    ours.getFileSystem().checkOpen();
    return type.cast(ours.getFileSystem().views().of(ours, type, LinkOptions.follow(options)));
  }
}
