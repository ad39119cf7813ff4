package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;

/** Short ways to mount, walk and read in tests. */
final class Volumes {

  static final MountOptions OPTIONS =
      MountOptions.DEFAULT.withReadOnly(true).withCodePage(Charset.forName("IBM437"));

  private Volumes() {}

  static int probe(BlockDevice device) throws IOException {
    return new FatDriver().probe(device);
  }

  static MountedVolume mount(Path image) throws IOException {
    return new FatDriver().mount(FileDevice.open(image, HostOpen.reading()), OPTIONS);
  }

  static MountedVolume mount(BlockDevice device) throws IOException {
    return new FatDriver().mount(device, OPTIONS);
  }
}
