package dev.tcplay.nio;

import java.net.URI;
import java.util.Optional;

/**
 * A URI that names an entry of the crypttab: {@code tcplay://NAME/path}.
 *
 * @param name what the entry is called
 * @param inside the path inside, {@code /} if there is none
 */
record NamedUri(String name, String inside) implements Location {

  /**
   * Reads a URI of ours, with a name or without one.
   *
   * @return empty if it names a container instead
   * @throws IllegalArgumentException if it has a query, a fragment or user information
   */
  static Optional<NamedUri> of(URI uri) {
    String specific = TcplayUri.specificPart(uri);
    if (!specific.startsWith("//") || specific.startsWith("///")) {
      return Optional.empty();
    }
    int slash = specific.indexOf('/', 2);
    int end = slash < 0 ? specific.length() : slash;
    String name = PercentCode.decode(specific.substring(2, end));
    String inside = slash < 0 ? "/" : PercentCode.decode(specific.substring(slash));
    return Optional.of(new NamedUri(name, inside));
  }

  @Override
  public URI inside(String path) {
    // What would be a user or a port.
    String host = PercentCode.encode(name).replace("@", "%40").replace(":", "%3A");
    return URI.create(TcplayUri.SCHEME + "://" + host + PercentCode.encode(path));
  }
}
