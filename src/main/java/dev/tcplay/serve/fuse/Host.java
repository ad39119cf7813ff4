package dev.tcplay.serve.fuse;

/** Which system this is. */
final class Host {

  private static final String NAME = System.getProperty("os.name");

  private Host() {}

  static boolean isLinux() {
    return NAME.equals("Linux");
  }

  static boolean isWindows() {
    return NAME.startsWith("Windows");
  }
}
