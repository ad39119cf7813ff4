package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.SpoolSpace;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import java.io.IOException;

/**
 * Shows archives as trees that can be read. The formats are those of Apache Commons Compress, which
 * is to be on the class path; without it there is no such driver.
 */
public final class ArchiveDriver implements FileSystemDriver {

  /**
   * Makes the driver; called by the service loader.
   *
   * @throws UnsupportedOperationException if the library that knows the formats is missing
   */
  public ArchiveDriver() {
    Libraries.require();
  }

  @Override
  public String name() {
    return "archive";
  }

  @Override
  public int probe(BlockDevice volume) throws IOException {
    byte[] head = head(volume);
    Format format = Format.of(head);
    if (format != null) {
      return format.rank(head);
    }
    return Packing.of(head) == null ? NOT_MINE : RECOGNISED;
  }

  @Override
  public MountedVolume mount(BlockDevice volume, MountOptions options) throws IOException {
    SpoolSpace space = new SpoolSpace();
    try {
      return new Mounting(volume, options, space, Bounds.treeBytes()).mount();
    } catch (IOException | RuntimeException | Error e) {
      space.close();
      throw e;
    }
  }

  /** Returns the first bytes of a volume. */
  static byte[] head(BlockDevice volume) throws IOException {
    byte[] head = new byte[(int) Math.min(Format.HEAD_BYTES, volume.size())];
    volume.read(0, head, 0, head.length);
    return head;
  }
}
