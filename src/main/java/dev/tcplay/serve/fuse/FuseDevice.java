package dev.tcplay.serve.fuse;

import java.nio.file.Files;
import java.nio.file.Path;

/** The device of the kernel through which libfuse works on Linux. */
final class FuseDevice {

  private static final Path DEVICE = Path.of("/dev/fuse");

  private FuseDevice() {}

  /**
   * Checks that it is there and may be used.
   *
   * @throws FuseUnavailableException if not
   */
  static void check() throws FuseUnavailableException {
    check(DEVICE);
  }

  static void check(Path device) throws FuseUnavailableException {
    if (!Host.isLinux()) {
      return;
    }
    if (!Files.exists(device)) {
      throw new FuseUnavailableException(
          "there is no "
              + device
              + ": `modprobe fuse` loads the kernel's module, and a container needs `--device "
              + device
              + " --cap-add SYS_ADMIN`");
    }
    if (!Files.isReadable(device) || !Files.isWritable(device)) {
      throw new FuseUnavailableException(
          "this user may not use " + device + ": usually everybody may read and write it");
    }
  }
}
