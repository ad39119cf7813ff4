package dev.tcplay.cli;

import dev.tcplay.serve.TreeServer;
import dev.tcplay.serve.fuse.FuseMount;
import dev.tcplay.serve.fuse.MountBusyException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One way in which a process serves a tree of files.
 *
 * @param kind the name of the fact that says where clients come, such as {@code sftp}
 * @param credentials what its clients are to be told once, a line each; nobody else is
 */
record TreePart(String kind, TreeServer server, List<String> credentials) {

  static TreePart of(String kind, TreeServer server, String... credentials) {
    return new TreePart(kind, server, List.of(credentials));
  }

  TreePart withoutCredentials() {
    return new TreePart(kind, server, List.of());
  }

  /** Returns where the tree is mounted, if that is how it is served. */
  Optional<Path> point() {
    return server instanceof FuseMount mount ? Optional.of(mount.mountPoint()) : Optional.empty();
  }

  /**
   * Tells whether it was mounted and is no longer, and serves yet those who have files open in it.
   */
  boolean isDetached() {
    try {
      return server instanceof FuseMount mount && mount.isDetached();
    } catch (IOException e) {
      // Nobody knows; it goes by what was done with it.
      return false;
    }
  }

  /** Returns the scheme of its URLs; a path has none. */
  String scheme() {
    String first = server.addresses().get(0);
    return first.substring(0, Math.max(0, first.indexOf("://")));
  }

  /**
   * Returns what the command prints of it, a line each.
   *
   * @param named whether its URLs alone would not say of what kind they are
   */
  Stream<String> announcement(boolean named) {
    Stream<String> addresses =
        server.addresses().stream().map(each -> named ? kind + ": " + each : each);
    return Stream.concat(addresses, credentials.stream());
  }

  /** Ends it even if programs use a mount: they keep the files that they have open, for a while. */
  void end() throws IOException {
    if (isDetached()) {
      endDetached();
      return;
    }
    try {
      server.close();
    } catch (MountBusyException e) {
      ((FuseMount) server).detach();
      endDetached();
    }
  }

  private void endDetached() throws IOException {
    try {
      server.close();
    } catch (MountBusyException e) {
      // Its advice would come too late.
      throw new FileSystemException(
          e.getFile(), null, "programs had files open there, from which they are cut off now");
    }
  }
}
