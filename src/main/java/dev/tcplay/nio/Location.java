package dev.tcplay.nio;

import java.net.URI;

/** Where a file system is found by URI. */
interface Location {

  /** Returns the URI of a path inside. */
  URI inside(String path);
}
