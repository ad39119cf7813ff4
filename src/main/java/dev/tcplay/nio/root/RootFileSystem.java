package dev.tcplay.nio.root;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The default file system: the host's with a container at the mount point. Never closed. */
final class RootFileSystem extends FileSystem {

  private final RootProvider provider;
  private final FileSystem host;
  private final RootMount mount;

  RootFileSystem(RootProvider provider, FileSystem host, RootMount mount) {
    this.provider = provider;
    this.host = host;
    this.mount = mount;
  }

  FileSystem host() {
    return host;
  }

  RootMount mount() {
    return mount;
  }

  RootPath wrap(Path path) {
    return new RootPath(this, path);
  }

  URI uriOf(RootPath path) {
    MountPoint.Place place = mount.point().locate(path.host());
    URI uri = path.host().toUri();
    if (!place.isInside()) {
      return uri;
    }
    String text = uri.toString();
    String bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    return URI.create(mount.isKnownDirectory(place) ? bare + "/" : bare);
  }

  RootPath realPath(RootPath path, LinkOption... options) throws IOException {
    MountPoint.Place place = mount.point().locate(path.host());
    if (!place.isInside()) {
      return wrap(place.host().toRealPath(options));
    }
    Path real = mount.call(place, (files, inside) -> inside.toRealPath(options));
    try {
      return wrap(mount.outside(real));
    } catch (InvalidPathException e) {
      throw InsideNames.unknownOutside(path.toString(), e);
    }
  }

  @Override
  public RootProvider provider() {
    return provider;
  }

  @Override
  public void close() throws IOException {
    host.close();
  }

  @Override
  public boolean isOpen() {
    return host.isOpen();
  }

  @Override
  public boolean isReadOnly() {
    return host.isReadOnly();
  }

  @Override
  public String getSeparator() {
    return host.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return StreamSupport.stream(host.getRootDirectories().spliterator(), false)
        .<Path>map(this::wrap)
        .toList();
  }

  /** Returns the host's stores, and the container's while it is open. */
  @Override
  public Iterable<FileStore> getFileStores() {
    List<FileStore> stores = new ArrayList<>();
    host.getFileStores().forEach(stores::add);
    mount.known().ifPresent(files -> files.getFileStores().forEach(stores::add));
    return stores;
  }

  /**
   * Returns the host's views; {@link FileStore#supportsFileAttributeView} tells the container's.
   */
  @Override
  public Set<String> supportedFileAttributeViews() {
    return host.supportedFileAttributeViews();
  }

  @Override
  public RootPath getPath(String first, String... more) {
    return wrap(host.getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    PathMatcher matcher = host.getPathMatcher(syntaxAndPattern);
    return path -> matcher.matches(RootPath.cast(path).host());
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return host.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() throws IOException {
    return new RootWatch(this, host.newWatchService());
  }
}
