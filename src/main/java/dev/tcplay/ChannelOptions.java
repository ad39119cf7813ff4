package dev.tcplay;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.tcplay.container.Container;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

/** What the options of a channel on a plaintext ask for: it exists, and its size is fixed. */
final class ChannelOptions {

  private final Set<OpenOption> options;

  private ChannelOptions(Set<OpenOption> options) {
    this.options = options;
  }

  /**
   * Checks options.
   *
   * @throws UnsupportedOperationException if an option is not known
   * @throws IllegalArgumentException if options exclude each other
   */
  static ChannelOptions of(OpenOption... options) {
    Set<OpenOption> chosen = Set.copyOf(List.of(options));
    for (OpenOption option : chosen) {
      if (!(option instanceof StandardOpenOption) && !(option instanceof LinkOption)) {
        throw new UnsupportedOperationException("the option " + option + " is unknown");
      }
    }
    for (StandardOpenOption other : new StandardOpenOption[] {READ, TRUNCATE_EXISTING}) {
      if (chosen.contains(APPEND) && chosen.contains(other)) {
        throw new IllegalArgumentException("APPEND and " + other + " exclude each other");
      }
    }
    return new ChannelOptions(chosen);
  }

  boolean read() {
    return options.contains(READ) || !write();
  }

  boolean write() {
    return options.contains(WRITE) || append();
  }

  boolean append() {
    return options.contains(APPEND);
  }

  /** Returns whether every write is forced. */
  boolean sync() {
    return options.contains(SYNC) || options.contains(DSYNC);
  }

  /** Throws if a container cannot be opened so. */
  void checkFit(Container container) throws IOException {
    String name = container.place().toString();
    if (options.contains(DELETE_ON_CLOSE)) {
      throw new FileSystemException(name, null, "the plaintext of a container cannot be deleted");
    }
    if (!write()) {
      return;
    }
    container.checkWritable();
    if (options.contains(CREATE_NEW)) {
      throw new FileAlreadyExistsException(name);
    }
    if (options.contains(TRUNCATE_EXISTING)) {
      DeviceChannel.checkCut(container.device(), container.place(), 0);
    }
  }
}
