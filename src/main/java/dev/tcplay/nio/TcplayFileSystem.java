package dev.tcplay.nio;

import dev.tcplay.container.MountedContainer;
import dev.tcplay.fs.Feature;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NameRules;
import dev.tcplay.model.VolumeInfo;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A mounted volume as a file system. Safe for any number of threads. */
final class TcplayFileSystem extends FileSystem {

  private static final AtomicLong MOUNTED = new AtomicLong();

  private final TcplayFileSystemProvider provider;
  private final Location location;
  private final MountedContainer mounted;
  private final VolumeAccess access;
  private final NameRules nameRules;
  private final MountedVolume volume;
  private final String type;
  private final AttributeViews views;
  private final LockTable locks = new LockTable();
  private final Watches watches = new Watches();
  private final long number = MOUNTED.incrementAndGet();
  private final Closeable afterClose;

  /**
   * Makes the file system, which closes the volume when it is closed.
   *
   * @param location where the container is
   * @param mounted what is in it, and its facts
   * @param afterClose closed when the file system is closed
   */
  TcplayFileSystem(
      TcplayFileSystemProvider provider,
      Location location,
      MountedContainer mounted,
      Closeable afterClose) {
    this.provider = provider;
    this.location = location;
    this.mounted = mounted;
    this.volume = new WatchedVolume(mounted.volume(), watches);
    this.access = new VolumeAccess(volume, mounted.lock());
    this.nameRules = volume.names();
    this.type = volume.type();
    this.views = new AttributeViews(volume.features());
    this.afterClose = afterClose;
  }

  VolumeAccess access() {
    return access;
  }

  VolumeInfo info() {
    return mounted.info();
  }

  /** Returns what is amiss with the container and with the volume, a sentence each. */
  List<String> warnings() {
    return Stream.of(mounted.warnings(), mounted.lock().warnings(), volume.warnings())
        .flatMap(List::stream)
        .toList();
  }

  /** Returns the refusal to change anything, whose cause tells what is amiss if something is. */
  ReadOnlyFileSystemException readOnly(Path path) {
    ReadOnlyFileSystemException refusal = new ReadOnlyFileSystemException();
    List<String> amiss = warnings();
    if (!amiss.isEmpty()) {
      refusal.initCause(
          new FileSystemException(
              path.toString(), null, "cannot be changed: " + String.join("; ", amiss)));
    }
    return refusal;
  }

  Watches watches() {
    return watches;
  }

  LockTable locks() {
    return locks;
  }

  String type() {
    return type;
  }

  /** Returns the file system's place in the order in which all were mounted. */
  long number() {
    return number;
  }

  /** Returns the form in which the volume compares a name. */
  String fold(String name) {
    return TcplayPath.isName(name) ? nameRules.fold(name) : name;
  }

  /** Returns the URI of a path, which ends in a slash where a directory is: one look at it. */
  URI uriOf(TcplayPath absolute) {
    String text = absolute.toString();
    return location.inside(text.endsWith("/") || !isDirectory(absolute) ? text : text + "/");
  }

  /** As for the default file system, whatever keeps us from seeing a directory is no failure. */
  private static boolean isDirectory(TcplayPath path) {
    try {
      return Attributes.readIfExists(path, BasicFileAttributes.class, true)
          .map(BasicFileAttributes::isDirectory)
          .orElse(false);
    } catch (IOException | ClosedFileSystemException e) {
      return false;
    }
  }

  /** Returns the names on the way to an existing file as the volume stores them. */
  List<String> storedNames(TcplayPath path, boolean follow) throws IOException {
    return access.find(path, on -> List.copyOf(NodeFinder.storedNames(on, path, follow)));
  }

  void checkOpen() {
    if (!isOpen()) {
      throw new ClosedFileSystemException();
    }
  }

  @Override
  public TcplayFileSystemProvider provider() {
    return provider;
  }

  @Override
  public void close() throws IOException {
    access.close(afterClose);
  }

  @Override
  public boolean isOpen() {
    return access.isOpen();
  }

  @Override
  public boolean isReadOnly() {
    return volume.isReadOnly() || !access.mayWrite();
  }

  boolean has(Feature feature) {
    return volume.features().contains(feature);
  }

  /**
   * Checks that the volume has a feature.
   *
   * @param what what is to be made or read, for the message
   * @throws ClosedFileSystemException if the file system is closed
   * @throws UnsupportedOperationException if it has not
   */
  void require(Feature feature, String what) {
    checkOpen();
    if (!has(feature)) {
      throw new UnsupportedOperationException("a volume of type " + type + " has no " + what);
    }
  }

  AttributeViews views() {
    return views;
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(TcplayPath.parse(this, "/"));
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    checkOpen();
    try {
      return List.of(TcplayFileStore.of(this));
    } catch (IOException e) {
      // As the contract has it: a store that cannot be read is left out.
      return List.of();
    }
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return views.names();
  }

  @Override
  public TcplayPath getPath(String first, String... more) {
    StringBuilder text = new StringBuilder(first);
    for (String part : more) {
      if (!part.isEmpty()) {
        text.append(text.isEmpty() ? "" : "/").append(part);
      }
    }
    return TcplayPath.parse(this, text.toString());
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    return PathMatchers.of(syntaxAndPattern, nameRules.isCaseSensitive());
  }

  /**
   * Always throws.
   *
   * @throws UnsupportedOperationException as users are known by number, whatever a volume calls
   *     them
   */
  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    throw new UnsupportedOperationException("a tcplay file system has no users");
  }

  /**
   * Returns a service that tells at once of what is changed through this file system, which is all
   * that changes while the container is locked. It is closed with the file system.
   */
  @Override
  public WatchService newWatchService() throws IOException {
    return NodeWatch.open(this);
  }

  @Override
  public String toString() {
    return location.inside("/").toString();
  }
}
