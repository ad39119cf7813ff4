package dev.tcplay.nio;

import java.nio.file.LinkOption;
import java.util.Objects;

/** What becomes of a symbolic link at the end of a path. */
final class LinkOptions {

  private LinkOptions() {}

  /** Returns whether it is followed. */
  static boolean follow(LinkOption... options) {
    boolean follow = true;
    for (LinkOption option : options) {
      follow &= Objects.requireNonNull(option, "option") != LinkOption.NOFOLLOW_LINKS;
    }
    return follow;
  }
}
