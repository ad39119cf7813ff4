package dev.tcplay.serve.fuse;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes mounts away by the system's own tools, of which fusermount3 needs no rights: libfuse would
 * do so in a way that cuts off who has files open.
 */
final class Unmount {

  private Unmount() {}

  /**
   * Unmounts.
   *
   * @param lazily whether it is to vanish at once, and end when nobody uses it any more
   * @throws MountBusyException if somebody uses it
   * @throws IOException if the tools refuse, or there are none
   */
  static void of(Path mountPoint, boolean lazily) throws IOException {
    List<String> refusals = new ArrayList<>();
    for (List<String> tool :
        List.of(
            lazily ? List.of("fusermount3", "-u", "-z") : List.of("fusermount3", "-u"),
            lazily ? List.of("umount", "-l") : List.of("umount"))) {
      List<String> command = new ArrayList<>(tool);
      command.add(mountPoint.toString());
      String refusal = SystemTool.run(command);
      if (refusal.isEmpty() || (Host.isLinux() && MountTable.at(mountPoint).isEmpty())) {
        return;
      }
      if (refusal.contains("busy")) {
        throw new MountBusyException(mountPoint, MountUsers.of(mountPoint));
      }
      refusals.add(refusal);
    }
    throw new FileSystemException(
        mountPoint.toString(), null, "cannot be unmounted: " + String.join("; ", refusals));
  }
}
