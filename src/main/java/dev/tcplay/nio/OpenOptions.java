package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;

/**
 * What options to open a file with ask for. CREATE, CREATE_NEW, TRUNCATE_EXISTING, SPARSE and the
 * two kinds of SYNC count only for those who write.
 */
final class OpenOptions {

  private final Set<? extends OpenOption> options;

  private OpenOptions(Set<? extends OpenOption> options) {
    this.options = options;
  }

  /**
   * Checks options.
   *
   * @throws UnsupportedOperationException if an option is not known
   * @throws IllegalArgumentException if options exclude each other
   */
  static OpenOptions of(Set<? extends OpenOption> options) {
    for (OpenOption option : options) {
      Objects.requireNonNull(option, "option");
      if (!(option instanceof StandardOpenOption) && !(option instanceof LinkOption)) {
        throw new UnsupportedOperationException("the option " + option + " is unknown");
      }
    }
    if (options.contains(APPEND)) {
      exclude(options, READ);
      exclude(options, TRUNCATE_EXISTING);
    }
    // A copy: what the caller does to the set later is not meant for this channel.
    return new OpenOptions(Set.copyOf(options));
  }

  private static void exclude(Set<? extends OpenOption> options, StandardOpenOption other) {
    if (options.contains(other)) {
      throw new IllegalArgumentException("APPEND and " + other + " exclude each other");
    }
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

  boolean truncate() {
    return write() && options.contains(TRUNCATE_EXISTING);
  }

  boolean createNew() {
    return write() && options.contains(CREATE_NEW);
  }

  /** Returns whether a file is made where there is none. */
  boolean create() {
    return createNew() || (write() && options.contains(CREATE));
  }

  /** Returns whether a link is followed: not where a name is to be made, or to be deleted. */
  boolean follow() {
    return !options.contains(LinkOption.NOFOLLOW_LINKS) && !createNew() && !deleteOnClose();
  }

  boolean deleteOnClose() {
    return options.contains(DELETE_ON_CLOSE);
  }

  /** Returns whether every write is forced. */
  boolean sync() {
    return write() && (options.contains(SYNC) || options.contains(DSYNC));
  }
}
