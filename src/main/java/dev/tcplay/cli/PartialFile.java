package dev.tcplay.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that is written under a temporary name beside its place and renamed when it is whole, so
 * that nobody takes a part of it for the whole. What is not finished is deleted, also when the
 * process is asked to end.
 */
final class PartialFile implements Closeable {

  private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(PartialFile::deleteUnfinished));
  }

  private final Path target;
  private final Path temporary;
  private final WritableByteChannel channel;

  private PartialFile(Path target, Path temporary, WritableByteChannel channel) {
    this.target = target;
    this.temporary = temporary;
    this.channel = channel;
  }

  /**
   * Begins the file that shall be {@code target}, in a directory that exists.
   *
   * @throws FileSystemException if there can be none; it names the target
   */
  static PartialFile create(Path target) throws IOException {
    Path temporary = target.resolveSibling(".tcplay-" + UUID.randomUUID() + ".part");
    UNFINISHED.add(temporary);
    try {
      WritableByteChannel channel =
          Files.newByteChannel(
              temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
      return new PartialFile(target, temporary, channel);
    } catch (IOException e) {
      UNFINISHED.remove(temporary);
      FileSystemException named =
          new FileSystemException(target.toString(), null, "cannot be made: " + Failures.reason(e));
      named.initCause(e);
      throw named;
    }
  }

  /** Returns the channel to write to; {@link #close} closes it. */
  WritableByteChannel channel() {
    return channel;
  }

  /**
   * Gives the finished file its name.
   *
   * @param replace whether a file of that name is replaced
   * @throws FileAlreadyExistsException if there is one and it is not to be replaced
   */
  void finish(boolean replace) throws IOException {
    channel.close();
    if (replace) {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } else if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    } else {
      Files.move(temporary, target);
    }
    UNFINISHED.remove(temporary);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (UNFINISHED.contains(temporary)) {
      Files.deleteIfExists(temporary);
      UNFINISHED.remove(temporary);
    }
  }

  private static void deleteUnfinished() {
    for (Path path : UNFINISHED) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException ignored) {
        // The process ends; the file's name tells what it is.
      }
    }
  }
}
