package dev.tcplay.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** A directory by a path that leads to it as long as it is used, as inside a volume. */
final class PathDirectory implements TargetDirectory {

  private final Path path;

  /** What was made or merged in this directory, by the names that it is stored under. */
  private final Set<String> made = new HashSet<>();

  /** Whether nothing is left there of an earlier command. */
  private boolean clean;

  /** Makes the directory of a path, one for all that is copied into it. */
  PathDirectory(Path path) {
    this.path = path;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public TargetDirectory enter(String name) throws IOException {
    Path child = HostNames.resolve(path, name);
    try {
      Files.createDirectory(child);
      made.add(name);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
        throw e;
      }
      made.add(checkOther(child));
    }
    return new PathDirectory(child);
  }

  @Override
  public void write(String name, long size, Optional<FileTimes> times, Content content)
      throws IOException {
    Path child = HostNames.resolve(path, name);
    if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(child.toString(), null, "is a directory");
    }
    String stored = name;
    if (Files.exists(child, LinkOption.NOFOLLOW_LINKS)) {
      stored = checkOther(child);
    }
    prepare(child, size);
    try (PartialFile part = PartialFile.create(child)) {
      content.writeTo(part.channel());
      part.finish(true, times);
    }
    made.add(stored);
    made.add(name);
  }

  @Override
  public void setTimes(FileTimes times) throws IOException {
    times.setBy(
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS));
  }

  /** Returns the name under which something is stored that was not made or merged before. */
  private String checkOther(Path child) throws IOException {
    String stored = child.toRealPath(LinkOption.NOFOLLOW_LINKS).getFileName().toString();
    if (made.contains(stored)) {
      throw new FileSystemException(
          child.toString(), null, "another of these files has this name there");
    }
    return stored;
  }

  /** Removes leftovers from a volume of ours, and refuses a file that it has no room for. */
  private void prepare(Path child, long size) throws IOException {
    FileStore volume = Files.getFileStore(path);
    long largest;
    try {
      largest = (Long) volume.getAttribute("largestFile");
    } catch (UnsupportedOperationException e) {
      return; // not a volume of ours
    }
    if (!clean) {
      // The volume is open for this command alone.
      PartialFile.deleteLeftovers(path);
      clean = true;
    }
    if (size > largest) {
      throw new FileSystemException(
          child.toString(),
          null,
          "has %d bytes, and no file of this volume can have more than %d"
              .formatted(size, largest));
    }
    // A file that is replaced stays until the new one is whole.
    long free = volume.getUsableSpace();
    if (size > free) {
      throw new FileSystemException(
          child.toString(), null, "has %d bytes, and only %d are free".formatted(size, free));
    }
  }

  @Override
  public void close() {}
}
