package dev.tcplay.container;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.KeptDevice;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.model.ParsedOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Measures how much of the end of a volume its file system leaves free. */
final class FreeEnd {

  private static final int SECTOR = 512;

  private FreeEnd() {}

  /**
   * Returns the bytes behind which all that the volume holds ends; empty if no driver can tell.
   *
   * @param plaintext stays open
   * @throws IOException if the device fails
   */
  static OptionalLong of(BlockDevice plaintext, ParsedOptions options) throws IOException {
    Drivers drivers = Drivers.named(Optional.empty());
    if (!drivers.recognise(plaintext)) {
      return OptionalLong.empty();
    }
    try (MountedVolume volume =
        drivers.mount(
            new KeptDevice(plaintext), MountedContainer.mountOptions(true, drivers, options))) {
      OptionalLong used = volume.usedEnd();
      return used.isEmpty()
          ? used
          : OptionalLong.of(Math.max(0, plaintext.size() - used.getAsLong()) & -SECTOR);
    }
  }
}
