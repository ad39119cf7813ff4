package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.block.host.SpoolSpace;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.PosixFacts;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.zip.X000A_NTFS;
import org.apache.commons.compress.archivers.zip.X5455_ExtendedTimestamp;
import org.apache.commons.compress.archivers.zip.X7875_NewUnix;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipShort;
import org.jspecify.annotations.Nullable;

/** Reads zips by their central directory; the headers of members are read when these are opened. */
final class ZipReader implements ArchiveReader {

  /** The field of owner and group, of which the library keeps the number to itself. */
  private static final ZipShort OWNER = new ZipShort(0x7875);

  private static final int TYPE_BITS = 0_170000;
  private static final int DIRECTORY = 0_040000;
  private static final int REGULAR = 0_100000;
  private static final int LINK = 0_120000;

  private final MountOptions options;
  private final SpoolSpace space;

  ZipReader(MountOptions options, SpoolSpace space) {
    this.options = options;
    this.space = space;
  }

  @Override
  public void read(BlockDevice volume, TreeBuilder tree) throws IOException {
    ZipEnd end = ZipEnd.find(volume);
    BlockDevice archive =
        end.end() == volume.size() ? volume : LinearDevice.readOnly(volume, 0, end.end());
    ZipDirectory directory = ZipDirectory.find(archive, end);
    directory.charge(archive, tree);
    DeviceChannel channel = new DeviceChannel(archive, archive.size());
    ZipFile zip =
        Guarded.call(
            channel,
            "the central directory of the zip",
            () ->
                ZipFile.builder()
                    .setSeekableByteChannel(channel)
                    .setCharset(ZipName.UNDECODED)
                    .setIgnoreLocalFileHeader(true)
                    .get());
    List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
    for (ZipArchiveEntry entry : entries) {
      Member member =
          Guarded.call(null, "an entry of the zip", () -> member(archive, channel, zip, entry));
      tree.add(member);
    }
    if (!directory.has(entries.size())) {
      throw new CorruptFileSystemException(
          null,
          "the central directory of the zip breaks off after "
              + entries.size()
              + " of "
              + directory.entries()
              + " entries");
    }
  }

  private Member member(
      BlockDevice archive, DeviceChannel channel, ZipFile zip, ZipArchiveEntry entry) {
    String path = ZipName.of(entry, options.codePage());
    NodeType type = type(entry);
    boolean hasContents = type == NodeType.FILE || type == NodeType.SYMLINK;
    Contents contents =
        hasContents ? new ZipContents(archive, channel, zip, entry, path, space) : null;
    NodeAttributes.Builder attributes =
        NodeAttributes.builder(type)
            .size(hasContents ? entry.getSize() : 0)
            .posix(posix(entry, type))
            .modified(modified(entry, options.zone()));
    if (entry.getExtraField(X000A_NTFS.HEADER_ID) instanceof X000A_NTFS times) {
      setTime(times.getAccessFileTime(), attributes::accessed);
      setTime(times.getCreateFileTime(), attributes::created);
    }
    return new Member(path, attributes.build(), contents, null);
  }

  private static void setTime(@Nullable FileTime time, Consumer<FileTime> target) {
    if (time != null) {
      target.accept(time);
    }
  }

  private static NodeType type(ZipArchiveEntry entry) {
    if (entry.isDirectory()) {
      return NodeType.DIRECTORY;
    }
    int type = entry.getUnixMode() & TYPE_BITS;
    return switch (type) {
      case 0, REGULAR -> NodeType.FILE;
      case DIRECTORY -> entry.getSize() == 0 ? NodeType.DIRECTORY : NodeType.FILE;
      case LINK -> NodeType.SYMLINK;
      default -> entry.getSize() == 0 ? NodeType.OTHER : NodeType.FILE;
    };
  }

  private static PosixFacts posix(ZipArchiveEntry entry, NodeType type) {
    int mode = entry.getUnixMode();
    PosixFacts facts = PosixFacts.of(mode != 0 ? mode : type == NodeType.DIRECTORY ? 0_755 : 0_644);
    return entry.getExtraField(OWNER) instanceof X7875_NewUnix owner
        ? facts.withOwner(owner.getUID(), owner.getGID())
        : facts;
  }

  /** Returns the time in UTC that a field beside the entry has, else the one that has no zone. */
  private static FileTime modified(ZipArchiveEntry entry, ZoneId zone) {
    if (entry.getExtraField(X5455_ExtendedTimestamp.HEADER_ID)
            instanceof X5455_ExtendedTimestamp unix
        && unix.getModifyFileTime() != null) {
      return unix.getModifyFileTime();
    } else if (entry.getExtraField(X000A_NTFS.HEADER_ID) instanceof X000A_NTFS windows
        && windows.getModifyFileTime() != null) {
      return windows.getModifyFileTime();
    }
    // The library takes the time for one of the zone of this machine.
    LocalDateTime local =
        LocalDateTime.ofInstant(Instant.ofEpochMilli(entry.getTime()), ZoneId.systemDefault());
    return FileTime.from(local.atZone(zone).toInstant());
  }
}
