package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.PosixFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveStructSparse;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Reads tar archives: V7, ustar, GNU and pax, with holes. Each header is parsed from a stream of
 * its own, so that contents are passed over without being read and a header can claim no memory.
 */
final class TarReader implements ArchiveReader {

  private static final int BLOCK = TarConstants.DEFAULT_RCDSIZE;

  /** GNU's directories of incremental backups, which come with a list of what was there. */
  private static final byte DUMPED_DIRECTORY = 'D';

  private static final int BUFFER = 8 * BLOCK;

  private final ByteArrayOutputStream globals = new ByteArrayOutputStream();

  @Override
  public void read(BlockDevice archive, TreeBuilder tree) throws IOException {
    byte[] block = new byte[BLOCK];
    long position = 0;
    while (position <= archive.size() - BLOCK) {
      archive.read(position, block, 0, BLOCK);
      if (TarHeader.isZero(block)) {
        return;
      }
      position = member(archive, position, block, tree);
    }
    if (position > archive.size()) {
      throw cutOff(archive, "the contents of the last member lead");
    }
    // Some writers leave out the blocks of zeros.
  }

  private static CorruptFileSystemException cutOff(BlockDevice archive, String what) {
    return new CorruptFileSystemException(
        null, what + " beyond the end of the archive, byte " + archive.size());
  }

  /** Reads a member; returns where the next one begins. */
  private long member(BlockDevice archive, long position, byte[] block, TreeBuilder tree)
      throws IOException {
    if (!TarHeader.isSound(block)) {
      throw new CorruptFileSystemException(
          null, "the checksum of the tar header at byte " + position + " does not match");
    }
    if (block[TarHeader.TYPE] == TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER) {
      return keepGlobal(archive, position, block);
    }
    if (block[TarHeader.TYPE] == TarHeader.LABEL) {
      return position + BLOCK;
    }
    DeviceStream stream = new DeviceStream(archive, position, Bounds.HEADER_BYTES, BUFFER);
    String what = "the tar header at byte " + position;
    byte[] pax = pax(stream, block);
    PaxSparse sparse = PaxSparse.of(pax);
    TarArchiveEntry entry = Guarded.call(stream, what, () -> header(pax, stream));
    return sparse == null
        ? add(archive, entry, stream.position(), tree)
        : sparse.add(archive, entry, stream.position(), tree);
  }

  /** Returns the first header with its records if it is one of pax, else nothing. */
  private static byte[] pax(DeviceStream stream, byte[] block) throws IOException {
    long size = TarHeader.size(block);
    boolean isPax = block[TarHeader.TYPE] == TarConstants.LF_PAX_EXTENDED_HEADER_LC;
    return isPax && size >= 0 && size <= Bounds.HEADER_BYTES
        ? stream.readNBytes(BLOCK + (int) padded(size))
        : new byte[0];
  }

  private long keepGlobal(BlockDevice archive, long position, byte[] block) throws IOException {
    long size = TarHeader.size(block);
    if (size < 0 || size > Bounds.SHARED_BYTES - globals.size() - 2 * BLOCK) {
      throw new CorruptFileSystemException(
          null,
          "the global tar header at byte "
              + position
              + " has "
              + size
              + " bytes, more than allowed");
    }
    int length = BLOCK + (int) padded(size);
    if (length > archive.size() - position) {
      throw cutOff(archive, "a global tar header leads");
    }
    byte[] bytes = new byte[length];
    archive.read(position, bytes, 0, length);
    globals.write(bytes, 0, length);
    return position + length;
  }

  private TarArchiveEntry header(byte[] pax, DeviceStream stream) throws IOException {
    ByteArrayOutputStream before = new ByteArrayOutputStream();
    globals.writeTo(before);
    before.write(pax, 0, pax.length);
    InputStream in =
        new SequenceInputStream(new ByteArrayInputStream(before.toByteArray()), stream);
    // Closing it would close nothing.
    @SuppressWarnings("resource")
    TarArchiveInputStream tar =
        new TarArchiveInputStream(in, BLOCK, BLOCK, StandardCharsets.UTF_8.name(), true);
    TarArchiveEntry entry = tar.getNextEntry();
    if (entry == null) {
      throw new IOException("no member follows");
    } else if (!entry.isCheckSumOK()) {
      throw new IOException("the checksum of the header that belongs to it does not match");
    }
    return entry;
  }

  private static long add(BlockDevice archive, TarArchiveEntry entry, long data, TreeBuilder tree)
      throws IOException {
    NodeType type = type(entry);
    long size = entry.getSize();
    if (size < 0) {
      throw new CorruptFileSystemException(
          null, "the size of " + quoted(entry) + " is negative: " + size);
    }
    if (type == NodeType.FILE && !entry.isLink() && entry.isSparse()) {
      return sparse(archive, entry, data, tree);
    }
    boolean hasContents =
        (type == NodeType.FILE && !entry.isLink()) || entry.getLinkFlag() == DUMPED_DIRECTORY;
    long stored = hasContents || (size > 0 && !followsHeader(archive, data, size)) ? size : 0;
    if (entry.isLink() && stored == 0) {
      link(entry, tree);
    } else {
      StoredContents contents =
          type == NodeType.FILE ? new StoredContents(archive, data, stored) : null;
      tree.add(member(entry, entry.getName(), type, stored, contents));
    }
    return next(archive, data, stored);
  }

  /** Returns where the next header is, behind the end of the archive if the contents lead there. */
  static long next(BlockDevice archive, long data, long stored) {
    return stored > archive.size() - data ? Long.MAX_VALUE : data + padded(stored);
  }

  /**
   * Some writers give links and directories a size without contents behind. A block of zeros is the
   * end of the archive, unless a header follows where the contents would end.
   */
  private static boolean followsHeader(BlockDevice archive, long data, long size)
      throws IOException {
    byte[] block = new byte[BLOCK];
    if (!isBlock(archive, data, block)) {
      return true;
    } else if (!TarHeader.isZero(block)) {
      return TarHeader.isSound(block);
    }
    return !isBlock(archive, next(archive, data, size), block) || !TarHeader.isSound(block);
  }

  /** Reads a block; false if there is none. */
  private static boolean isBlock(BlockDevice archive, long position, byte[] block)
      throws IOException {
    boolean isThere = position <= archive.size() - BLOCK;
    if (isThere) {
      archive.read(position, block, 0, BLOCK);
    }
    return isThere;
  }

  private static long sparse(
      BlockDevice archive, TarArchiveEntry entry, long data, TreeBuilder tree) throws IOException {
    List<TarArchiveStructSparse> pieces =
        Guarded.call(null, "the map of holes of " + quoted(entry), entry::getOrderedSparseHeaders);
    long[] starts = new long[pieces.size()];
    long[] lengths = new long[pieces.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = pieces.get(i).getOffset();
      lengths[i] = pieces.get(i).getNumbytes();
    }
    long size = entry.getRealSize();
    SparseContents contents =
        SparseContents.of(archive, data, quoted(entry), starts, lengths, size);
    tree.charge(3L * Long.BYTES * starts.length);
    tree.add(member(entry, entry.getName(), NodeType.FILE, size, contents));
    // The map of the newest form is part of the size that the header says, and was read already.
    return next(archive, data, entry.isPaxGNU1XSparse() ? contents.stored() : entry.getSize());
  }

  private static void link(TarArchiveEntry entry, TreeBuilder tree) throws IOException {
    ArchiveNode first = tree.file(entry.getLinkName());
    if (first != null) {
      tree.addName(entry.getName(), first.inode());
      return;
    }
    Contents missing = new MissingContents("the hard link leads to no member before it");
    tree.add(member(entry, entry.getName(), NodeType.FILE, 0, missing));
  }

  static Member member(
      TarArchiveEntry entry, String path, NodeType type, long size, @Nullable Contents contents) {
    String target = type == NodeType.SYMLINK ? entry.getLinkName() : null;
    NodeAttributes.Builder attributes =
        NodeAttributes.builder(type)
            .size(target == null ? size : target.getBytes(StandardCharsets.UTF_8).length)
            .posix(
                PosixFacts.of(entry.getMode())
                    .withOwner(entry.getLongUserId(), entry.getLongGroupId())
                    .withNames(name(entry.getUserName()), name(entry.getGroupName())));
    time(entry.getLastModifiedTime()).ifPresent(attributes::modified);
    time(entry.getLastAccessTime()).ifPresent(attributes::accessed);
    time(entry.getCreationTime()).ifPresent(attributes::created);
    time(entry.getStatusChangeTime()).ifPresent(attributes::changed);
    return new Member(path, attributes.build(), contents, target);
  }

  private static Optional<FileTime> time(@Nullable FileTime time) {
    return Optional.ofNullable(time);
  }

  private static Optional<String> name(@Nullable String name) {
    return Optional.ofNullable(name).filter(text -> !text.isEmpty());
  }

  /**
   * A slash at the end of a name makes a directory of what would be a file: V7 had no other mark.
   */
  private static NodeType type(TarArchiveEntry entry) {
    if (entry.isSymbolicLink()) {
      return NodeType.SYMLINK;
    } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
      return NodeType.OTHER;
    }
    byte flag = entry.getLinkFlag();
    boolean isMarked = flag == TarConstants.LF_DIR || flag == DUMPED_DIRECTORY;
    boolean isNamed = entry.isDirectory() && !entry.isLink() && entry.getSize() == 0;
    return isMarked || isNamed ? NodeType.DIRECTORY : NodeType.FILE;
  }

  private static String quoted(TarArchiveEntry entry) {
    return "'" + SafePath.start(entry.getName()) + "'";
  }

  /** Returns a number of bytes with what fills up the last block. */
  static long padded(long size) {
    return size > Long.MAX_VALUE - BLOCK ? size : (size + BLOCK - 1) / BLOCK * BLOCK;
  }
}
