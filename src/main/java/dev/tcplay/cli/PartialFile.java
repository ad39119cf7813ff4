package dev.tcplay.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A file that is written under a temporary name beside its place and renamed when it is whole, so
 * that nobody takes a part of it for the whole. Until then it is its owner's alone; of the file
 * that it replaces it takes over the permissions. What is not finished is deleted, also when the
 * command is asked to stop.
 */
final class PartialFile implements Closeable {

  private static final Pattern NAME =
      Pattern.compile("\\.tcplay-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part");

  private final Path target;
  private final Path temporary;
  private final WritableByteChannel channel;
  private final RunningCommand.Unfinished unfinished;
  private boolean finished;

  private PartialFile(
      Path target,
      Path temporary,
      WritableByteChannel channel,
      RunningCommand.Unfinished unfinished) {
    this.target = target;
    this.temporary = temporary;
    this.channel = channel;
    this.unfinished = unfinished;
  }

  /** Returns a name that nothing has, by which {@link #deleteLeftovers} knows what was left. */
  static String temporaryName() {
    return ".tcplay-" + UUID.randomUUID() + ".part";
  }

  /**
   * Begins the file that shall be {@code target}, in a directory that exists.
   *
   * @throws FileSystemException if there can be none; it names the target
   */
  static PartialFile create(Path target) throws IOException {
    Path temporary = target.resolveSibling(temporaryName());
    RunningCommand.Unfinished unfinished = RunningCommand.begin();
    try {
      WritableByteChannel channel =
          Files.newByteChannel(
              temporary,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              OwnerOnly.file(temporary));
      return new PartialFile(target, temporary, channel, unfinished);
    } catch (IOException e) {
      unfinished.close();
      FileSystemException named =
          new FileSystemException(target.toString(), null, "cannot be made: " + Failures.reason(e));
      named.initCause(e);
      throw named;
    }
  }

  /**
   * Deletes what a command left in a directory that was ended, or whose volume refused to be
   * written further. For a volume that nobody else can write to: there none of these files is in
   * use.
   */
  static void deleteLeftovers(Path directory) throws IOException {
    List<Path> left = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(
            directory, entry -> NAME.matcher(entry.getFileName().toString()).matches())) {
      entries.forEach(left::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    for (Path each : left) {
      if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(each);
      }
    }
  }

  /** Nobody may read the new contents who may not read what they replace. */
  private void takePermissions() throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
    if (view != null && Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
      view.setPermissions(Files.getPosixFilePermissions(target));
    }
  }

  /** Returns the channel to write to; {@link #close} closes it. */
  WritableByteChannel channel() {
    return channel;
  }

  /**
   * Gives the finished file its name, once it is on the host's storage.
   *
   * @param replace whether a file of that name is replaced
   * @throws FileAlreadyExistsException if there is one and it is not to be replaced
   */
  void finish(boolean replace) throws IOException {
    finish(replace, Optional.empty());
  }

  /** Gives the finished file its name, as {@link #finish(boolean)} does, and its times before. */
  void finish(boolean replace, Optional<FileTimes> times) throws IOException {
    if (channel instanceof FileChannel file) {
      file.force(true);
    }
    channel.close();
    if (times.isPresent()) {
      times.get().setBy(Files.getFileAttributeView(temporary, BasicFileAttributeView.class));
    }
    if (replace) {
      takePermissions();
      Files.move(
          temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } else if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    } else {
      Files.move(temporary, target);
    }
    finished = true;
  }

  @Override
  public void close() throws IOException {
    try (unfinished) {
      try {
        channel.close();
      } finally {
        if (!finished) {
          Files.deleteIfExists(temporary);
        }
      }
    }
  }
}
