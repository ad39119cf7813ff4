package dev.tcplay.serve.fuse;

import dev.tcplay.serve.TreeServer;
import dev.tcplay.serve.fuse.tree.FuseLibrary;
import dev.tcplay.serve.fuse.tree.FuseTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A tree of any file system of Java, mounted on a directory for all programs by FUSE. Needs Java 22
 * or later, jfuse on the class path or the jar of the command, and libfuse 3 (Linux), macFUSE or
 * WinFsp.
 *
 * <pre>{@code
 * try (FuseMount mount = FuseMount.of(tree).readOnly(true).mount(Path.of("/mnt/volume"))) {
 *   mount.awaitEnd();
 * }
 * }</pre>
 *
 * <p>It ends by {@link #close}, or by {@code fusermount3 -u}. What programs have written is in the
 * file system then, which its owner closes. Safe for several threads.
 */
public final class FuseMount implements TreeServer {

  /** What the kernel shows as the type, behind {@code fuse.}. */
  static final String TYPE = "tcplay";

  private static final int TRIES = 10;
  private static final long PAUSE = 100;
  private static final long LAST_REQUESTS_MILLIS = 10_000;

  private final MountPoint mountPoint;
  private final FuseTree tree;
  private final FuseLibrary.Session session;

  /** Of the mount in the kernel's table, where there is one. */
  private final Optional<String> id;

  private final Object lock = new Object();
  private boolean released;

  private FuseMount(MountPoint mountPoint, FuseTree tree, FuseLibrary.Session session) {
    this.mountPoint = mountPoint;
    this.tree = tree;
    this.session = session;
    this.id = id(mountPoint);
  }

  /** It is mounted already, and has to have an owner who can take it away again. */
  private static Optional<String> id(MountPoint mountPoint) {
    try {
      return mountPoint.id();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Begins with a directory of any file system, whose entries are to be seen. */
  public static FuseMountBuilder of(Path tree) {
    return new FuseMountBuilder(tree);
  }

  /**
   * Frees a mount point that a killed process of this user has left: it answers "Transport endpoint
   * is not connected".
   *
   * @return whether there was such a one
   * @throws IOException if it cannot be freed
   */
  public static boolean freeIfDead(Path mountPoint) throws IOException {
    return MountPoint.of(mountPoint).freeIfDead();
  }

  /**
   * Checks that a tree could be mounted on a directory, as {@link FuseMountBuilder#mount} does, and
   * frees what a killed process has left there.
   *
   * @throws FuseUnavailableException if Java, jfuse, libfuse or the kernel's device is missing
   * @throws IOException if it is no empty directory
   */
  public static void check(Path mountPoint) throws IOException {
    checkLibraries();
    MountPoint.of(mountPoint).prepare();
  }

  private static void checkLibraries() throws FuseUnavailableException {
    JfuseLoader.load();
    FuseDevice.check();
    LibFuse.find();
  }

  /**
   * Returns the path without links by which a mount on a directory names it. What is mounted there
   * is not asked.
   *
   * @throws IOException if there is no way to it
   */
  public static Path place(Path mountPoint) throws IOException {
    return MountPoint.of(mountPoint).path();
  }

  static FuseMount mount(FuseMountBuilder builder, Path directory) throws IOException {
    FuseLibrary library = JfuseLoader.load();
    FuseDevice.check();
    Path libfuse = LibFuse.find();
    MountPoint mountPoint = MountPoint.of(directory);
    mountPoint.prepare(builder.tree());
    FuseTree tree = FuseTree.of(builder.tree(), builder.options());
    try {
      return new FuseMount(
          mountPoint,
          tree,
          library.mount(tree, libfuse, mountPoint.path(), options(builder, tree)));
    } catch (LinkageError e) {
      throw new FuseUnavailableException("libfuse 3 cannot be loaded: " + e.getMessage(), e);
    }
  }

  /**
   * Returns what the kernel and libfuse are told. The kernel checks the permissions that are shown.
   * It keeps names and attributes for a second, since another server may change the same tree, and
   * contents as long as size and time of change are what they were when a file is opened.
   */
  private static List<String> options(FuseMountBuilder builder, FuseTree tree) {
    List<String> options = new ArrayList<>();
    if (Host.isLinux()) {
      options.add("fsname=" + builder.name());
      options.add("subtype=" + TYPE);
      options.add("default_permissions");
      options.add("auto_cache");
      options.add("entry_timeout=1");
      options.add("attr_timeout=1");
    }
    if (tree.isReadOnly()) {
      options.add("ro");
    }
    if (!builder.isExecutable()) {
      options.add("noexec");
    }
    if (builder.isForOthers()) {
      options.add("allow_other");
    }
    return options;
  }

  /** Returns the directory, without links. */
  public Path mountPoint() {
    return mountPoint.path();
  }

  /** Returns the path of the directory. */
  @Override
  public List<String> addresses() {
    return List.of(mountPoint.toString());
  }

  /** Returns how many files programs have open in it. */
  @Override
  public int clients() {
    return tree.openFiles();
  }

  /**
   * Waits until it was unmounted, by {@link #close} or from outside, and nobody has a file open in
   * it any more.
   */
  @Override
  public void awaitEnd() throws IOException, InterruptedException {
    while (!session.awaitEnd(1, TimeUnit.DAYS)) {
      // Still mounted.
    }
    release();
  }

  /**
   * Unmounts. Does nothing if that has been done.
   *
   * @throws MountBusyException if programs use it for longer than a second, and it stays mounted;
   *     or if it was detached, and programs have files open in it for longer than ten seconds
   * @throws IOException if the system refuses, or if something that was written could not be kept
   */
  @Override
  public void close() throws IOException {
    try {
      if (!session.awaitEnd(0, TimeUnit.MILLISECONDS)) {
        if (Host.isWindows()) {
          session.unmount();
        } else if (!isDetached()) {
          unmount();
        }
        if (!session.awaitEnd(LAST_REQUESTS_MILLIS, TimeUnit.MILLISECONDS)) {
          // It was taken out of the tree lazily before.
          throw new MountBusyException(mountPoint.path(), MountUsers.of(mountPoint.path()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + mountPoint + " is unmounted", e);
    }
    release();
  }

  /**
   * A file manager looks at what is new for a moment, so the first refusal is not the last word.
   */
  private void unmount() throws IOException, InterruptedException {
    for (int i = 1; ; i++) {
      try {
        mountPoint.unmount();
        return;
      } catch (MountBusyException e) {
        if (i == TRIES) {
          throw e;
        }
        Thread.sleep(PAUSE);
      }
    }
  }

  /**
   * Takes the mount out of the tree at once, although programs may use it: they keep the files they
   * have open, until they close them or this program ends. {@link #awaitEnd} waits for them.
   *
   * @throws IOException if the system refuses
   */
  public void detach() throws IOException {
    if (id.isEmpty() ? mountPoint.isMounted() : MountTable.has(id.get())) {
      mountPoint.detach();
    }
  }

  /**
   * Tells whether it is in the tree of the system no longer, though programs may have files open in
   * it: by {@link #detach}, or by {@code fusermount3 -uz}. Only Linux knows; elsewhere it is false.
   *
   * @throws IOException if the kernel's table cannot be read
   */
  public boolean isDetached() throws IOException {
    return id.isPresent() && !MountTable.has(id.get());
  }

  private void release() throws IOException {
    synchronized (lock) {
      if (!released) {
        released = true;
        try {
          session.release();
        } finally {
          tree.close();
        }
      }
    }
  }
}
