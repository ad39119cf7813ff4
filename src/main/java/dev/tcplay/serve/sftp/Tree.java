package dev.tcplay.serve.sftp;

import dev.tcplay.serve.ServedTree;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * What clients reach: a directory with all that is in it, and nothing else. Every name that a
 * client says becomes a path here.
 *
 * <p>A path is found and used in one {@link #use} or {@link #modify}, and names and links change in
 * a {@link #change} only. So no client can put a link in the way between the two.
 */
final class Tree {

  private static final int LONGEST_NAME = 4096;

  private final Path root;
  private final boolean readOnly;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private Tree(Path root, boolean readOnly) {
    this.root = root;
    this.readOnly = readOnly;
  }

  static Tree of(Path root, boolean readOnly) throws IOException {
    Path real = ServedTree.root(root);
    return new Tree(real, readOnly || ServedTree.isReadOnly(real));
  }

  /** What finds something out. */
  interface Question<T> {
    T ask() throws IOException;
  }

  /** What changes something. */
  interface Step {
    void run() throws IOException;
  }

  /** Finds something out, while no name and no link changes. */
  <T> T use(Question<T> question) throws IOException {
    lock.readLock().lock();
    try {
      return question.ask();
    } catch (FileSystemException e) {
      throw told(e);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Changes what is no name and no link, while none changes. */
  void modify(Step step) throws IOException {
    checkWritable();
    lock.readLock().lock();
    try {
      step.run();
    } catch (FileSystemException e) {
      throw told(e);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Changes names or links, alone. */
  void change(Step step) throws IOException {
    checkWritable();
    lock.writeLock().lock();
    try {
      step.run();
    } catch (FileSystemException e) {
      throw told(e);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Returns what clients are to hear: below a file there is nothing, and no other fault. */
  private FileSystemException told(FileSystemException failure) {
    boolean isBelowFile =
        failure.getClass() == FileSystemException.class
            && (isBelowFile(failure.getFile()) || isBelowFile(failure.getOtherFile()));
    return isBelowFile ? new NoSuchFileException("") : failure;
  }

  private boolean isBelowFile(@Nullable String path) {
    return path != null && ServedTree.isBelowFile(root.getFileSystem().getPath(path));
  }

  boolean isReadOnly() {
    return readOnly;
  }

  /** Refuses a change where none is allowed. */
  void checkWritable() throws AccessDeniedException {
    if (readOnly) {
      throw new AccessDeniedException("", null, "the tree is read-only");
    }
  }

  /** Returns the path of a name; where it is a symbolic link, the link itself. */
  Path entry(String name) throws IOException {
    List<String> parts = parts(name);
    if (parts.isEmpty()) {
      return root;
    }
    Path directory = root;
    for (String part : parts.subList(0, parts.size() - 1)) {
      directory = child(directory, part);
    }
    return child(inside(directory.toRealPath()), parts.get(parts.size() - 1));
  }

  /** Returns the path of a name that is not the root itself, which stays as it is. */
  Path entryBelowRoot(String name) throws IOException {
    Path entry = entry(name);
    if (entry.equals(root)) {
      throw new AccessDeniedException("", null, "the root of the tree stays as it is");
    }
    return entry;
  }

  /** Returns the path of a name; where it is a symbolic link, what the link leads to. */
  Path target(String name) throws IOException {
    Path entry = entry(name);
    return Files.isSymbolicLink(entry) ? inside(entry.toRealPath()) : entry;
  }

  /** Makes sure of a path that was found before: one of its directories may be a link by now. */
  void checkStillInside(Path found) throws IOException {
    inside(found.toRealPath());
  }

  /** Returns a path as clients are to name it, from the root. */
  String shown(Path path) {
    StringBuilder text = new StringBuilder();
    if (!path.equals(root)) {
      root.relativize(path).forEach(part -> text.append('/').append(part));
    }
    return text.isEmpty() ? "/" : text.toString();
  }

  /**
   * Returns the text of a new link. An absolute one begins at the root of the tree for clients, and
   * at that of the file system in the link.
   *
   * @throws AccessDeniedException if it would lead out
   */
  Path linkText(Path link, String text) throws IOException {
    // A link has a directory: the root is none.
    Path directory = Objects.requireNonNull(link.getParent());
    try {
      Path written = root.getFileSystem().getPath(text);
      if (text.startsWith("/")) {
        written = root;
        for (String part : parts(text)) {
          written = child(written, part);
        }
      }
      inside(directory.resolve(written).normalize());
      return written;
    } catch (InvalidPathException e) {
      throw notAllowed();
    }
  }

  /** Returns what clients are to see of a link's text: of an absolute one, the part in the tree. */
  String shownLink(Path text) {
    return text.isAbsolute() && text.startsWith(root)
        ? shown(text)
        : text.toString().replace(text.getFileSystem().getSeparator(), "/");
  }

  private Path inside(Path path) throws AccessDeniedException {
    if (!path.startsWith(root)) {
      throw new AccessDeniedException("", null, "leads out of the tree");
    }
    return path;
  }

  /** Takes a name apart; {@code ..} is the name before it taken away, and ends at the root. */
  private static List<String> parts(String name) throws FileSystemException {
    if (name.length() > LONGEST_NAME) {
      throw new FileSystemException("", null, "the name is too long");
    }
    List<String> parts = new ArrayList<>();
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        if (!parts.isEmpty()) {
          parts.remove(parts.size() - 1);
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return parts;
  }

  private static Path child(Path directory, String part) throws FileSystemException {
    try {
      return ServedTree.child(directory, part).orElseThrow(() -> new NoSuchFileException(""));
    } catch (InvalidPathException e) {
      throw notAllowed();
    }
  }

  private static FileSystemException notAllowed() {
    return new FileSystemException("", null, "the file system does not allow this name");
  }
}
