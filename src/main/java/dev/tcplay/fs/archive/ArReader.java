package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.PosixFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Reads ar archives with the long names of GNU and of BSD; tables of symbols and of names are not
 * shown. By itself: the library would read all contents to come to the next header, and takes names
 * for ASCII.
 */
final class ArReader implements ArchiveReader {

  private static final int MAGIC_BYTES = 8;
  private static final int HEADER_BYTES = 60;
  private static final int NAME_BYTES = 16;
  private static final String BSD_NAME = "#1/";
  private static final int MOST_NAME = 4096;

  /** Tables of symbols by their names: of GNU and others, of 64 bits, of BSD. */
  private static final Set<String> SYMBOLS =
      Set.of(
          "/", "/SYM64/", "__.SYMDEF", "__.SYMDEF SORTED", "__.SYMDEF_64", "__.SYMDEF_64 SORTED");

  private byte[] names = new byte[0];

  @Override
  public void read(BlockDevice archive, TreeBuilder tree) throws IOException {
    byte[] header = new byte[HEADER_BYTES];
    long position = MAGIC_BYTES;
    while (position < archive.size()) {
      if (archive.size() - position < HEADER_BYTES) {
        requireZeros(archive, position, (int) (archive.size() - position));
        return;
      }
      archive.read(position, header, 0, HEADER_BYTES);
      if (header[0] == 0) {
        requireZeros(archive, position, HEADER_BYTES);
        return;
      }
      if (header[58] != '`' || header[59] != '\n') {
        throw damaged(position, "does not end as it must");
      }
      long size = number(header, position, "size", 48, 58, 10);
      long data = position + HEADER_BYTES;
      member(archive, header, position, size, tree);
      if (size > archive.size() - data) {
        throw damaged(position, "has contents that lead beyond the end of the archive");
      }
      position = data + size + (size & 1);
    }
  }

  /** Behind the archive there may be zeros, as in a volume that is larger. */
  private static void requireZeros(BlockDevice archive, long position, int length)
      throws IOException {
    byte[] rest = new byte[length];
    archive.read(position, rest, 0, length);
    for (byte value : rest) {
      if (value != 0 && value != '\n') {
        throw damaged(position, "is none");
      }
    }
  }

  private static CorruptFileSystemException damaged(long position, String how) {
    return new CorruptFileSystemException(null, "the ar header at byte " + position + " " + how);
  }

  private void member(
      BlockDevice archive, byte[] header, long position, long size, TreeBuilder tree)
      throws IOException {
    long data = position + HEADER_BYTES;
    String name = new String(header, 0, NAME_BYTES, StandardCharsets.UTF_8).stripTrailing();
    if (name.equals("//")) {
      names = bytes(archive, position, data, size, Bounds.SHARED_BYTES);
      return;
    }
    if (name.startsWith(BSD_NAME)) {
      long length = number(header, position, "length of the name", BSD_NAME.length(), 16, 10);
      if (length > size) {
        throw damaged(position, "has a name that is longer than the member");
      }
      byte[] bytes = bytes(archive, position, data, length, MOST_NAME);
      name = new String(bytes, StandardCharsets.UTF_8).replaceFirst("\0+$", "");
      data += length;
      size -= length;
    } else if (name.matches("/\\d+")) {
      name = longName(position, number(header, position, "name", 1, NAME_BYTES, 10));
    } else if (name.endsWith("/") && !SYMBOLS.contains(name)) {
      name = name.substring(0, name.length() - 1);
    }
    if (SYMBOLS.contains(name)) {
      return;
    }
    PosixFacts posix =
        PosixFacts.of((int) number(header, position, "mode", 40, 48, 8))
            .withOwner(
                number(header, position, "owner", 28, 34, 10),
                number(header, position, "group", 34, 40, 10));
    NodeAttributes attributes =
        NodeAttributes.builder(NodeType.FILE)
            .size(size)
            .posix(posix)
            .modified(FileTime.from(number(header, position, "time", 16, 28, 10), TimeUnit.SECONDS))
            .build();
    tree.add(new Member(name, attributes, new StoredContents(archive, data, size), null));
  }

  private static byte[] bytes(BlockDevice archive, long position, long data, long length, int most)
      throws IOException {
    if (length > most || length > archive.size() - data) {
      throw damaged(position, "has a name or a table of names of " + length + " bytes");
    }
    byte[] bytes = new byte[(int) length];
    archive.read(data, bytes, 0, bytes.length);
    return bytes;
  }

  private String longName(long position, long offset) throws IOException {
    if (offset >= names.length) {
      throw damaged(position, "has a name at " + offset + " of a table of " + names.length);
    }
    int end = (int) offset;
    while (end < names.length && names[end] != '\n' && names[end] != 0) {
      end++;
    }
    String name = new String(names, (int) offset, end - (int) offset, StandardCharsets.UTF_8);
    return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }

  /** Returns a number of ASCII digits, 0 for blanks. */
  private static long number(
      byte[] header, long position, String field, int from, int to, int radix) throws IOException {
    String text = new String(header, from, to - from, StandardCharsets.ISO_8859_1).strip();
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = Character.digit(text.charAt(i), radix);
      if (digit < 0) {
        throw damaged(position, "has a " + field + " that is no number: '" + text + "'");
      }
      value = value * radix + digit;
    }
    return value;
  }
}
