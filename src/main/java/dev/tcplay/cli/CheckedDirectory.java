package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A directory of a host that has no handles of directories. That its path still leads to it is
 * checked whenever something was made by that path, before any byte is written.
 */
final class CheckedDirectory implements TargetDirectory {

  private final Path real;
  private final Path container;
  private final PathDirectory directory;

  private CheckedDirectory(Path real, Path container) {
    this.real = real;
    this.container = container;
    this.directory = new PathDirectory(real);
  }

  /** Returns the directory that a path leads to now. */
  static CheckedDirectory of(Path directory, Path container) throws IOException {
    return new CheckedDirectory(directory.toRealPath(), container);
  }

  @Override
  public Path path() {
    return real;
  }

  @Override
  public TargetDirectory enter(String name) throws IOException {
    check();
    try (TargetDirectory child = directory.enter(name)) {
      Path entered = child.path().toRealPath();
      if (!real.equals(entered.getParent())) {
        throw replaced(child.path());
      }
      return new CheckedDirectory(entered, container);
    }
  }

  @Override
  public void write(String name, long size, Optional<FileTimes> times, Content content)
      throws IOException {
    check();
    Path file = HostNames.resolve(real, name);
    if (TreeCopier.isContainer(file, container)) {
      throw new FileSystemException(file.toString(), null, "is the container itself");
    }
    directory.write(
        name,
        size,
        times,
        out -> {
          check();
          content.writeTo(out);
          check();
        });
  }

  @Override
  public void setTimes(FileTimes times) throws IOException {
    check();
    directory.setTimes(times);
  }

  private void check() throws IOException {
    if (!real.toRealPath().equals(real)) {
      throw replaced(real);
    }
  }

  private static FileSystemException replaced(Path path) {
    return new FileSystemException(path.toString(), null, "was meanwhile replaced by another");
  }

  @Override
  public void close() throws IOException {
    directory.close();
  }
}
