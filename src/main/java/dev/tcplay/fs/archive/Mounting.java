package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.SpoolSpace;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.PosixFacts;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Mounts a volume that is an archive, or packed: what is unpacked is an archive in turn, or shown
 * as one file.
 *
 * @param volume its bytes
 * @param options for times and names that are not told in full
 * @param space for what is unpacked; the volume closes it
 * @param treeBytes the most memory for the tree
 */
record Mounting(BlockDevice volume, MountOptions options, SpoolSpace space, long treeBytes) {

  /** The name of a packed file that has none. */
  private static final String CONTENTS = "contents";

  /**
   * Mounts the volume.
   *
   * @throws CorruptFileSystemException if it is no archive, or nothing of it can be read
   * @throws IOException if the device fails, or the archive is beyond its bounds
   */
  ArchiveVolume mount() throws IOException {
    byte[] head = ArchiveDriver.head(volume);
    Format format = Format.of(head);
    Packing packing = format == null ? Packing.of(head) : null;
    TreeBuilder tree = new TreeBuilder(treeBytes);
    if (format != null) {
      return volume(format.type(), read(format, volume, tree));
    } else if (packing != null) {
      return unpack(packing, tree);
    }
    throw new CorruptFileSystemException(null, "the first bytes are those of no archive");
  }

  private ArchiveVolume unpack(Packing packing, TreeBuilder tree) throws IOException {
    Unpacked unpacked = Unpacked.of(volume, packing, space);
    BlockDevice bytes = unpacked.spool().device();
    Format format = Format.of(ArchiveDriver.head(bytes));
    if (unpacked.damage() != null) {
      tree.damaged(unpacked.damage());
    }
    if (format == null) {
      tree.add(file(unpacked.name(), bytes));
      return volume(packing.suffix(), tree);
    }
    return volume(format.type() + "." + packing.suffix(), read(format, bytes, tree));
  }

  private TreeBuilder read(Format format, BlockDevice archive, TreeBuilder tree)
      throws IOException {
    try {
      format.reader(options, space).read(archive, tree);
    } catch (CorruptFileSystemException e) {
      if (tree.isEmpty()) {
        throw e;
      }
      tree.damaged(e.getReason());
    }
    return tree;
  }

  /** Of a name only the last part counts, as for gzip. */
  private static Member file(@Nullable String name, BlockDevice bytes) throws IOException {
    String last = name == null ? "" : name.substring(name.lastIndexOf('/') + 1);
    NodeAttributes attributes =
        NodeAttributes.builder(NodeType.FILE)
            .size(bytes.size())
            .posix(PosixFacts.of(0_644))
            .build();
    return new Member(
        SafePath.parts(last).isEmpty() ? CONTENTS : last,
        attributes,
        new StoredContents(bytes, 0, bytes.size()),
        null);
  }

  private ArchiveVolume volume(String type, TreeBuilder tree) {
    return new ArchiveVolume(volume, space, type, tree);
  }
}
