package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.SpoolSpace;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

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
    return format == null ? NOT_MINE : format.rank(head);
  }

  private static byte[] head(BlockDevice volume) throws IOException {
    byte[] head = new byte[(int) Math.min(Format.HEAD_BYTES, volume.size())];
    volume.read(0, head, 0, head.length);
    return head;
  }

  @Override
  public MountedVolume mount(BlockDevice volume, MountOptions options) throws IOException {
    @Nullable Format format = Format.of(head(volume));
    if (format == null) {
      throw new CorruptFileSystemException(null, "the first bytes are those of no archive");
    }
    TreeBuilder tree = new TreeBuilder(Bounds.treeBytes());
    SpoolSpace space = new SpoolSpace();
    try {
      format.reader(options, space).read(volume, tree);
    } catch (CorruptFileSystemException e) {
      if (tree.isEmpty()) {
        throw e;
      }
      tree.damaged(e.getReason());
    }
    return new ArchiveVolume(volume, space, format.type(), tree);
  }
}
