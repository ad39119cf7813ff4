package dev.tcplay.nio.root;

import dev.tcplay.nio.UnmappedChannel;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The root mount: a container as a subtree of the default file system, for programs that know
 * nothing of it.
 *
 * <pre>{@code
 * java -Djava.nio.file.spi.DefaultFileSystemProvider=dev.tcplay.nio.root.RootProvider \
 *      -Dtcplay.realroot=tcplay:fat:/x.tc:NAME[:options] -Dtcplay.mountpoint=/app ...
 * }</pre>
 *
 * <p>The virtual machine makes the provider. Nothing is read until the first access below the mount
 * point, which opens the container by the password that {@code TCPLAY_PASSWORD_FILE} or {@code
 * tcplay.passwordFile} names; it is closed when the virtual machine ends. {@code
 * docs/root-mount.md} tells what is different below the mount point. Safe for any number of
 * threads.
 */
public final class RootProvider extends FileSystemProvider {

  /** The system property that says what is mounted. */
  static final String REALROOT = "tcplay.realroot";

  /** The system property that says where. */
  static final String MOUNT_POINT = "tcplay.mountpoint";

  private final FileSystemProvider host;
  private final RootFileSystem fileSystem;
  private final RootMount mount;
  private final Transfers transfers;

  /**
   * Makes the provider by the system properties {@code tcplay.realroot} and {@code
   * tcplay.mountpoint}; no file is touched.
   *
   * @param host the default provider of the host, the only way to its files
   * @throws IllegalArgumentException if a property is missing or malformed, or the mount point is
   *     where the virtual machine has its own files
   */
  public RootProvider(FileSystemProvider host) {
    this.host = Objects.requireNonNull(host, "host");
    FileSystem files = host.getFileSystem(URI.create("file:///"));
    MountPoint point = MountPoint.parse(property(MOUNT_POINT), files);
    RealRoot root = RealRoot.parse(property(REALROOT), files);
    point.refuseTogether(root.container(), "the container");
    this.mount = new RootMount(point, root);
    this.fileSystem = new RootFileSystem(this, files, mount);
    this.transfers = new Transfers(host, mount);
  }

  private static String property(String name) {
    String value = System.getProperty(name, "");
    if (value.isEmpty()) {
      throw new IllegalArgumentException("the system property " + name + " is missing");
    }
    return value;
  }

  private MountPoint.Place locate(Path path) {
    return mount.point().locate(RootPath.cast(path).host());
  }

  /** Does something with the host's file or with the container's, whichever a path leads to. */
  private <T> T at(Path path, RootMount.Call<T> call) throws IOException {
    MountPoint.Place place = locate(path);
    return place.isInside() ? mount.call(place, call) : call.on(host, hostPath(path, place));
  }

  /** Does the host's own, and names files as they were given, wherever that is the same file. */
  private static Path hostPath(Path path, MountPoint.Place place) {
    Path given = RootPath.cast(path).host();
    return given.toAbsolutePath().equals(place.host()) ? given : place.host();
  }

  @Override
  public String getScheme() {
    return host.getScheme();
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) throws IOException {
    return host.newFileSystem(uri, env);
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    host.getFileSystem(uri);
    return fileSystem;
  }

  @Override
  public Path getPath(URI uri) {
    return fileSystem.wrap(host.getPath(uri));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return at(
        path,
        (files, file) -> {
          FileChannel channel = files.newFileChannel(file, options, Dropped.from(file, attributes));
          return channel instanceof UnmappedChannel inside
              ? new InsideChannel(inside, mount::named)
              : channel;
        });
  }

  @Override
  public AsynchronousFileChannel newAsynchronousFileChannel(
      Path path,
      Set<? extends OpenOption> options,
      @Nullable ExecutorService executor,
      FileAttribute<?>... attributes)
      throws IOException {
    return at(
        path,
        (files, file) ->
            files.newAsynchronousFileChannel(
                file, options, executor, Dropped.from(file, attributes)));
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    Objects.requireNonNull(filter, "filter");
    RootPath given = RootPath.cast(directory);
    MountPoint.Place place = locate(directory);
    DirectoryStream<Path> entries =
        at(directory, (files, file) -> files.newDirectoryStream(file, entry -> true));
    Path parent = Objects.requireNonNull(mount.point().path().getParent());
    boolean holdsMountPoint = !place.isInside() && place.host().normalize().equals(parent);
    return new RootDirectoryStream(
        given,
        place.isInside() ? new InsideEntries(entries, mount::named) : entries,
        filter,
        holdsMountPoint ? mount.point().path().getFileName() : null);
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    at(
        directory,
        (files, file) -> {
          files.createDirectory(file, Dropped.from(file, attributes));
          return file;
        });
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    Path held = RootPath.cast(target).host();
    at(
        link,
        (files, file) -> {
          FileSystem of = file.getFileSystem();
          Path text = of == held.getFileSystem() ? held : of.getPath(held.toString());
          files.createSymbolicLink(file, text, Dropped.from(file, attributes));
          return file;
        });
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    transfers.link(locate(link), locate(existing));
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return at(
        link,
        (files, file) -> {
          Path held = files.readSymbolicLink(file);
          if (files == host) {
            return fileSystem.wrap(held);
          }
          try {
            return fileSystem.getPath(held.toString());
          } catch (InvalidPathException e) {
            throw InsideNames.unknownOutside(link.toString(), e);
          }
        });
  }

  @Override
  public void delete(Path path) throws IOException {
    mount.refuseTop(locate(path));
    at(
        path,
        (files, file) -> {
          files.delete(file);
          return file;
        });
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    transfers.copy(locate(source), locate(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    transfers.move(locate(source), locate(target), options);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    if (RootPath.cast(path).equals(other)) {
      return true;
    }
    if (!(Objects.requireNonNull(other, "other") instanceof RootPath)) {
      return false;
    }
    return transfers.areSame(locate(path), locate(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return at(path, FileSystemProvider::isHidden);
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return at(path, FileSystemProvider::getFileStore);
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    at(
        path,
        (files, file) -> {
          files.checkAccess(file, modes);
          return file;
        });
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return at(path, (files, file) -> files.readAttributes(file, type, options));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return at(path, (files, file) -> files.readAttributes(file, attributes, options));
  }

  /** Returns the view, null also where it would be the container's and that cannot be opened. */
  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    MountPoint.Place place = locate(path);
    if (!place.isInside()) {
      return host.getFileAttributeView(hostPath(path, place), type, options);
    }
    try {
      Path inside = mount.inside(place);
      V view = inside.getFileSystem().provider().getFileAttributeView(inside, type, options);
      return view == null ? null : InsideView.of(type, view, mount::named);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    at(
        path,
        (files, file) -> {
          files.setAttribute(file, attribute, value, options);
          return file;
        });
  }
}
