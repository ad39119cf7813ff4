package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.SpoolSpace;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.PosixFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;

/** Reads 7z archives. */
final class SevenZReader implements ArchiveReader {

  /** What the library keeps of an entry. */
  private static final int ENTRY_COST = 400;

  /** The list is in memory packed, unpacked and as texts. */
  private static final int LIST_SHARE = 8;

  private static final int HAS_MODE = 0x8000;
  private static final int TYPE_BITS = 0_170000;
  private static final int LINK = 0_120000;
  private static final int REGULAR = 0_100000;
  private static final int DIRECTORY = 0_040000;

  private final SpoolSpace space;

  SevenZReader(SpoolSpace space) {
    this.space = space;
  }

  @Override
  public void read(BlockDevice archive, TreeBuilder tree) throws IOException {
    SevenZHeader.check(archive, Bounds.treeBytes() / LIST_SHARE);
    DeviceChannel channel = new DeviceChannel(archive, archive.size());
    SevenZFile file =
        Guarded.call(
            channel,
            "the list of the 7z",
            () ->
                SevenZFile.builder()
                    .setSeekableByteChannel(channel)
                    .setMaxMemoryLimitKiB(Bounds.decoderKibibytes())
                    .setTryToRecoverBrokenArchives(false)
                    .get());
    List<SevenZArchiveEntry> entries = new ArrayList<>();
    file.getEntries().forEach(entries::add);
    tree.charge((long) ENTRY_COST * entries.size());
    SolidContents contents = new SolidContents(file, channel, entries, space);
    for (int i = 0; i < entries.size(); i++) {
      tree.add(member(entries.get(i), contents.member(i)));
    }
  }

  private static Member member(SevenZArchiveEntry entry, Contents contents) {
    NodeType type = type(entry);
    boolean hasContents = type == NodeType.FILE || type == NodeType.SYMLINK;
    int attributes = entry.getWindowsAttributes();
    int plain = type == NodeType.DIRECTORY ? 0_755 : 0_644;
    int mode = (attributes & HAS_MODE) != 0 ? attributes >>> 16 : plain;
    NodeAttributes.Builder builder =
        NodeAttributes.builder(type)
            .size(hasContents ? entry.getSize() : 0)
            .posix(PosixFacts.of(mode));
    if (entry.getHasLastModifiedDate()) {
      builder.modified(entry.getLastModifiedTime());
    }
    if (entry.getHasAccessDate()) {
      builder.accessed(entry.getAccessTime());
    }
    if (entry.getHasCreationDate()) {
      builder.created(entry.getCreationTime());
    }
    String name = entry.getName() == null ? SafePath.UNNAMED : entry.getName();
    return new Member(name, builder.build(), hasContents ? contents : null, null);
  }

  private static NodeType type(SevenZArchiveEntry entry) {
    if (entry.isDirectory()) {
      return NodeType.DIRECTORY;
    }
    boolean hasMode = (entry.getWindowsAttributes() & HAS_MODE) != 0;
    int type = hasMode ? entry.getWindowsAttributes() >>> 16 & TYPE_BITS : REGULAR;
    return switch (type) {
      case LINK -> NodeType.SYMLINK;
      case 0, REGULAR -> NodeType.FILE;
      case DIRECTORY -> entry.getSize() == 0 ? NodeType.DIRECTORY : NodeType.FILE;
      default -> entry.getSize() == 0 ? NodeType.OTHER : NodeType.FILE;
    };
  }
}
