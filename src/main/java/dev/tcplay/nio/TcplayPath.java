package dev.tcplay.nio;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A path inside a mounted volume: names between slashes, whatever the host system. The working
 * directory is the root. Paths are equal when the volume's rules for names say so, and keep the
 * case they were written in. Immutable.
 *
 * <p>Only NUL cannot be in a name; whether a volume can store a name is asked when one is created,
 * so that odd names which are there stay reachable.
 */
final class TcplayPath implements Path {

  private static final String SEPARATOR = "/";
  private static final String SELF = ".";
  private static final String PARENT = "..";

  private final TcplayFileSystem fileSystem;
  private final boolean absolute;

  /** The names; of the empty path a single empty one, of the root none. */
  private final List<String> names;

  /** Where a relative path begins, null for the root. */
  private final @Nullable HeldDirectory start;

  private @Nullable String folded;

  private TcplayPath(
      TcplayFileSystem fileSystem,
      boolean absolute,
      List<String> names,
      @Nullable HeldDirectory start) {
    this.fileSystem = fileSystem;
    this.absolute = absolute;
    this.names = names;
    this.start = start;
  }

  /** Makes a path of names; relative and without names it is the empty path. */
  private TcplayPath with(boolean isAbsolute, List<String> itsNames) {
    boolean empty = itsNames.isEmpty() && !isAbsolute;
    List<String> kept = empty ? List.of("") : List.copyOf(itsNames);
    return new TcplayPath(fileSystem, isAbsolute, kept, null);
  }

  /**
   * Returns this path as one that begins at an open directory, unless it is absolute. It is for the
   * provider alone: callers never get one.
   */
  TcplayPath from(HeldDirectory directory) {
    return new TcplayPath(fileSystem, absolute, names, absolute ? null : directory);
  }

  /** Returns where the path begins, null for the root. */
  @Nullable HeldDirectory start() {
    return start;
  }

  /**
   * Reads a path; empty names are skipped.
   *
   * @throws InvalidPathException if there is a NUL
   */
  static TcplayPath parse(TcplayFileSystem fileSystem, String text) {
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw new InvalidPathException(text, "NUL character", nul);
    }
    List<String> names = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('/', start);
      end = end < 0 ? text.length() : end;
      if (end > start) {
        names.add(text.substring(start, end));
      }
      start = end + 1;
    }
    return new TcplayPath(fileSystem, false, List.of(), null)
        .with(text.startsWith(SEPARATOR), names);
  }

  /** Returns whether a name found on a volume can be a name in a path. */
  static boolean isName(String name) {
    return !name.isEmpty()
        && !name.equals(SELF)
        && !name.equals(PARENT)
        && name.indexOf('/') < 0
        && name.indexOf('\0') < 0;
  }

  /** Returns {@code path} if it is one of ours. */
  static TcplayPath cast(Path path) {
    if (Objects.requireNonNull(path, "path") instanceof TcplayPath ours) {
      return ours;
    }
    throw new ProviderMismatchException("not a path of a tcplay file system: " + path.getClass());
  }

  /** Returns the names, none for the root and the empty path. */
  List<String> elements() {
    return isEmpty() ? List.of() : names;
  }

  /** Returns the entry {@code name} of this directory. */
  TcplayPath child(String name) {
    return append(List.of(name));
  }

  private boolean isEmpty() {
    return !absolute && names.get(0).isEmpty();
  }

  private TcplayPath append(List<String> more) {
    List<String> all = new ArrayList<>(elements());
    all.addAll(more);
    return with(absolute, all);
  }

  @Override
  public TcplayFileSystem getFileSystem() {
    return fileSystem;
  }

  @Override
  public boolean isAbsolute() {
    return absolute;
  }

  @Override
  public @Nullable TcplayPath getRoot() {
    return absolute ? with(true, List.of()) : null;
  }

  @Override
  public @Nullable TcplayPath getFileName() {
    if (names.isEmpty()) {
      return null;
    }
    return absolute || names.size() > 1
        ? with(false, names.subList(names.size() - 1, names.size()))
        : this;
  }

  @Override
  public @Nullable TcplayPath getParent() {
    if (names.isEmpty() || (!absolute && names.size() == 1)) {
      return null;
    }
    return with(absolute, names.subList(0, names.size() - 1));
  }

  @Override
  public int getNameCount() {
    return names.size();
  }

  @Override
  public TcplayPath getName(int index) {
    return subpath(index, index + 1);
  }

  @Override
  public TcplayPath subpath(int beginIndex, int endIndex) {
    if (beginIndex < 0 || endIndex > names.size() || beginIndex >= endIndex) {
      throw new IllegalArgumentException(
          "no names from " + beginIndex + " to " + endIndex + " in a path of " + names.size());
    }
    return with(false, names.subList(beginIndex, endIndex));
  }

  @Override
  public boolean startsWith(Path other) {
    return Objects.requireNonNull(other) instanceof TcplayPath prefix
        && prefix.fileSystem == fileSystem
        && prefix.absolute == absolute
        && prefix.isEmpty() == isEmpty()
        && prefix.names.size() <= names.size()
        && sameNames(prefix.names, names.subList(0, prefix.names.size()));
  }

  @Override
  public boolean endsWith(Path other) {
    if (!(Objects.requireNonNull(other) instanceof TcplayPath suffix)
        || suffix.fileSystem != fileSystem) {
      return false;
    }
    if (suffix.absolute || suffix.isEmpty()) {
      return equals(suffix);
    }
    int start = names.size() - suffix.names.size();
    return start >= 0 && sameNames(suffix.names, names.subList(start, names.size()));
  }

  private boolean sameNames(List<String> some, List<String> others) {
    for (int i = 0; i < some.size(); i++) {
      if (!fileSystem.fold(some.get(i)).equals(fileSystem.fold(others.get(i)))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public TcplayPath normalize() {
    List<String> kept = new ArrayList<>();
    for (String name : elements()) {
      boolean descended = !kept.isEmpty() && !kept.get(kept.size() - 1).equals(PARENT);
      if (name.equals(PARENT) && descended) {
        kept.remove(kept.size() - 1);
      } else if (!name.equals(SELF) && !(name.equals(PARENT) && absolute)) {
        kept.add(name);
      }
    }
    return with(absolute, kept);
  }

  @Override
  public TcplayPath resolve(Path other) {
    TcplayPath ours = cast(other);
    if (ours.absolute) {
      return ours;
    }
    return ours.isEmpty() ? this : append(ours.names);
  }

  @Override
  public TcplayPath relativize(Path other) {
    TcplayPath target = cast(other);
    if (target.fileSystem != fileSystem) {
      throw new ProviderMismatchException(other + " is a path of another tcplay file system");
    }
    if (target.absolute != absolute) {
      throw new IllegalArgumentException(
          "no relative path from " + this + " to " + other + ": their roots differ");
    }
    if (equals(target)) {
      return with(false, List.of());
    }
    if (isEmpty()) {
      return target;
    }
    List<String> from = elements();
    List<String> to = target.elements();
    if (hasDots(from) || hasDots(to)) {
      from = normalize().elements();
      to = target.normalize().elements();
    }
    int common = 0;
    while (common < from.size()
        && common < to.size()
        && sameNames(from.subList(common, common + 1), to.subList(common, common + 1))) {
      common++;
    }
    List<String> up = from.subList(common, from.size());
    if (up.contains(PARENT)) {
      throw new IllegalArgumentException(
          "no relative path from " + this + " to " + other + ": the way back is unknown");
    }
    List<String> relative = new ArrayList<>(Collections.nCopies(up.size(), PARENT));
    relative.addAll(to.subList(common, to.size()));
    return with(false, relative);
  }

  private static boolean hasDots(List<String> names) {
    return names.contains(SELF) || names.contains(PARENT);
  }

  @Override
  public URI toUri() {
    return fileSystem.uriOf(toAbsolutePath());
  }

  @Override
  public TcplayPath toAbsolutePath() {
    return absolute ? this : with(true, elements());
  }

  @Override
  public TcplayPath toRealPath(LinkOption... options) throws IOException {
    return with(true, fileSystem.storedNames(this, LinkOptions.follow(options)));
  }

  /**
   * Always throws.
   *
   * @throws UnsupportedOperationException as no file of the host holds the plaintext
   */
  @Override
  public File toFile() {
    throw new UnsupportedOperationException(
        "a path inside a container has no java.io.File; use java.nio.file.Files");
  }

  /**
   * Registers a directory with a service of its file system, as {@link NodeWatch#register} says.
   *
   * @throws ProviderMismatchException if the service is not one of its file system
   */
  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    if (!(Objects.requireNonNull(watcher, "watcher") instanceof NodeWatch ours)) {
      throw new ProviderMismatchException("not a watch service of a tcplay file system");
    }
    return ours.register(this, events, modifiers);
  }

  /** Compares as the volume does; paths of several volumes go by the order they were mounted in. */
  @Override
  public int compareTo(Path other) {
    TcplayPath ours = (TcplayPath) other;
    return ours.fileSystem == fileSystem
        ? folded().compareTo(ours.folded())
        : Long.compare(fileSystem.number(), ours.fileSystem.number());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TcplayPath path
        && path.fileSystem == fileSystem
        && path.folded().equals(folded());
  }

  @Override
  public int hashCode() {
    return folded().hashCode();
  }

  private String folded() {
    String known = folded;
    if (known == null) {
      known = join(names.stream().map(fileSystem::fold).toList());
      folded = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return join(names);
  }

  private String join(List<String> parts) {
    return (absolute ? SEPARATOR : "") + String.join(SEPARATOR, parts);
  }
}
