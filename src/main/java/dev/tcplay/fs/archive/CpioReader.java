package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.fs.PosixFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/**
 * Reads cpio archives, binary and ASCII, old and new. Each header is parsed from a stream of its
 * own, so that contents are passed over without being read.
 *
 * <p>Names of one inode are one file: in the new formats only one of them comes with contents, in
 * the old ones each, and then these must be equal.
 */
final class CpioReader implements ArchiveReader {

  private static final int BUFFER = 512;
  private static final int COMPARED = 1 << 13;
  private static final int LINK_COST = 128;

  private record Identity(long major, long minor, long inode) {}

  private final Map<Identity, Inode> linked = new HashMap<>();

  @Override
  public void read(BlockDevice archive, TreeBuilder tree) throws IOException {
    long position = 0;
    while (position < archive.size()) {
      String what = "the cpio header at byte " + position;
      DeviceStream stream = new DeviceStream(archive, position, Bounds.HEADER_BYTES, BUFFER);
      Optional<CpioArchiveEntry> header = Guarded.call(stream, what, () -> header(stream));
      if (header.isEmpty()) {
        return;
      }
      CpioArchiveEntry entry = header.get();
      long data = stream.position();
      add(archive, entry, data, tree);
      if (entry.getSize() > archive.size() - data) {
        throw new CorruptFileSystemException(
            null,
            "the contents of '%s' lead beyond the end of the archive, byte %d"
                .formatted(SafePath.start(entry.getName()), archive.size()));
      }
      position = data + entry.getSize() + entry.getDataPadCount();
    }
    throw new CorruptFileSystemException(null, "the cpio is cut off: it has no trailer");
  }

  /** Returns the entry, empty for the trailer. */
  private static Optional<CpioArchiveEntry> header(DeviceStream stream) throws IOException {
    // Closing it would close nothing.
    @SuppressWarnings("resource")
    CpioArchiveInputStream cpio =
        new CpioArchiveInputStream(stream, BUFFER, StandardCharsets.UTF_8.name());
    return Optional.ofNullable(cpio.getNextEntry());
  }

  private void add(BlockDevice archive, CpioArchiveEntry entry, long data, TreeBuilder tree)
      throws IOException {
    NodeType type = type(entry);
    boolean hasContents = type == NodeType.FILE || type == NodeType.SYMLINK;
    Contents contents = hasContents ? new StoredContents(archive, data, entry.getSize()) : null;
    NodeAttributes attributes =
        NodeAttributes.builder(type)
            .size(hasContents ? entry.getSize() : 0)
            .posix(PosixFacts.of((int) entry.getMode()).withOwner(entry.getUID(), entry.getGID()))
            .modified(FileTime.from(entry.getTime(), TimeUnit.SECONDS))
            .build();
    Member member = new Member(entry.getName(), attributes, contents, null);
    if (type == NodeType.FILE && entry.getNumberOfLinks() > 1) {
      addLinked(member, identity(entry), tree);
    } else {
      tree.add(member);
    }
  }

  private void addLinked(Member member, Identity identity, TreeBuilder tree) throws IOException {
    Inode first = linked.get(identity);
    if (first == null || !isSame(first, member)) {
      tree.charge(LINK_COST);
      linked.put(identity, tree.add(member).inode());
      return;
    }
    tree.addName(member.path(), first);
    if (member.attributes().size() > 0) {
      first.update(member);
    }
  }

  private static boolean isSame(Inode first, Member member) throws IOException {
    long size = first.attributes().size();
    return size == 0
        || member.attributes().size() == 0
        || (size == member.attributes().size()
            && isEqual(
                Objects.requireNonNull(first.contents()),
                Objects.requireNonNull(member.contents())));
  }

  private static boolean isEqual(Contents one, Contents other) throws IOException {
    byte[] here = new byte[COMPARED];
    byte[] there = new byte[COMPARED];
    try (OpenNode first = one.openNode();
        OpenNode second = other.openNode()) {
      for (long position = 0; position < one.size(); ) {
        int count = first.read(position, here, 0, COMPARED);
        if (count != second.read(position, there, 0, COMPARED)
            || !Arrays.equals(here, 0, count, there, 0, count)) {
          return false;
        }
        position += count;
      }
      return true;
    } catch (CorruptFileSystemException e) {
      return false;
    }
  }

  private static Identity identity(CpioArchiveEntry entry) {
    boolean isNew =
        entry.getFormat() == CpioConstants.FORMAT_NEW
            || entry.getFormat() == CpioConstants.FORMAT_NEW_CRC;
    return isNew
        ? new Identity(entry.getDeviceMaj(), entry.getDeviceMin(), entry.getInode())
        : new Identity(0, entry.getDevice(), entry.getInode());
  }

  private static NodeType type(CpioArchiveEntry entry) {
    if (entry.isDirectory()) {
      return NodeType.DIRECTORY;
    } else if (entry.isSymbolicLink()) {
      return NodeType.SYMLINK;
    }
    return entry.isRegularFile() ? NodeType.FILE : NodeType.OTHER;
  }
}
