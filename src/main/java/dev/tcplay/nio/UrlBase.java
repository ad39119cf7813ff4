package dev.tcplay.nio;

import java.net.URL;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The URL to which another is relative.
 *
 * @param volume what comes before the path inside
 * @param inside the path inside, as it is written
 */
record UrlBase(String volume, String inside) {

  static UrlBase of(URL url) {
    String name = url.getAuthority();
    String path = url.getPath();
    if (name != null && !name.isEmpty()) {
      return new UrlBase("//" + name, path.isEmpty() ? "/" : path);
    }
    int boundary = path.lastIndexOf("!/");
    return boundary < 0
        ? new UrlBase(path + "!", "/")
        : new UrlBase(path.substring(0, boundary + 1), path.substring(boundary + 1));
  }

  /** Returns where a relative path leads, as it is written; never out of the volume. */
  String resolve(String relative) {
    String whole =
        relative.startsWith("/")
            ? relative
            : inside.substring(0, inside.lastIndexOf('/') + 1) + relative;
    Deque<String> kept = new ArrayDeque<>();
    String[] names = whole.substring(1).split("/", -1);
    for (int i = 0; i < names.length; i++) {
      boolean isUp = names[i].equals("..");
      if (isUp) {
        kept.pollLast();
      } else if (!names[i].equals(".")) {
        kept.addLast(names[i]);
        continue;
      }
      if (i == names.length - 1) {
        // What ends in dots is a directory.
        kept.addLast("");
      }
    }
    return volume + "/" + String.join("/", kept);
  }
}
