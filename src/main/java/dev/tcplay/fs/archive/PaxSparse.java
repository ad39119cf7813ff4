package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.NodeType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;

/**
 * A member of a tar with holes, in one of GNU's three forms for pax, that has more bytes than the
 * library can count: it takes the size for an int. The library gets the records without those of
 * holes, and so the member as it is stored.
 */
final class PaxSparse {

  private static final String PREFIX = "GNU.sparse.";
  private static final int MOST_DIGITS = 18;

  private final Map<String, String> records;
  private final long size;

  /** The map of the first form, in which each piece has two records. */
  private final String pieces;

  private PaxSparse(Map<String, String> records, long size, String pieces) {
    this.records = records;
    this.size = size;
    this.pieces = pieces;
  }

  /**
   * Takes the records of holes out of a header.
   *
   * @param header with the records behind; changed if the library could not read it
   * @return what they say, null if the library can be left to it
   */
  static @Nullable PaxSparse of(byte[] header) {
    Map<String, String> records = new HashMap<>();
    List<Integer> prefixes = new ArrayList<>();
    StringJoiner pieces = new StringJoiner(",");
    int end;
    for (int at = TarHeader.BLOCK; (end = end(header, at)) > 0; at = end) {
      String record = new String(header, at, end - 1 - at, StandardCharsets.UTF_8);
      int blank = record.indexOf(' ');
      int equals = record.indexOf('=');
      if (equals > blank && record.startsWith(PREFIX, blank + 1)) {
        String key = record.substring(blank + 1 + PREFIX.length(), equals);
        records.put(key, record.substring(equals + 1));
        prefixes.add(at + blank + 1);
        if (key.equals("offset") || key.equals("numbytes")) {
          pieces.add(record.substring(equals + 1));
        }
      }
    }
    long size = number(records.getOrDefault("realsize", records.getOrDefault("size", "")));
    if (size <= Integer.MAX_VALUE) {
      return null;
    }
    // A key that nobody knows.
    prefixes.forEach(prefix -> header[prefix] = 'X');
    return new PaxSparse(records, size, pieces.toString());
  }

  /** Returns where a record ends, which its first digits say; -1 if none is there. */
  private static int end(byte[] header, int at) {
    int length = 0;
    int digit = at;
    while (digit < header.length && header[digit] >= '0' && header[digit] <= '9') {
      length = Math.min(header.length, 10 * length + header[digit] - '0');
      digit++;
    }
    boolean isRecord = length > digit - at && length <= header.length - at && header[digit] == ' ';
    return isRecord ? at + length : -1;
  }

  private static long number(String text) {
    boolean isNumber = !text.isEmpty() && text.length() <= MOST_DIGITS;
    for (int i = 0; i < text.length(); i++) {
      isNumber &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return isNumber ? Long.parseLong(text) : -1;
  }

  /**
   * Adds the member.
   *
   * @param entry as it is stored
   * @param data where that begins
   * @return where the next header is
   */
  long add(BlockDevice archive, TarArchiveEntry entry, long data, TreeBuilder tree)
      throws IOException {
    String path = records.getOrDefault("name", entry.getName());
    String what = "'" + SafePath.start(path) + "'";
    String map = records.getOrDefault("map", pieces);
    long start = data;
    List<Long> numbers = new ArrayList<>();
    if (records.containsKey("major")) {
      DeviceStream stream =
          new DeviceStream(
              archive, data, Math.min(entry.getSize(), Bounds.HEADER_BYTES), TarHeader.BLOCK);
      long count = line(stream, what);
      for (long i = 0; i < 2 * count; i++) {
        numbers.add(line(stream, what));
      }
      start = data + TarReader.padded(stream.position() - data);
    } else if (!map.isEmpty()) {
      for (String text : map.split(",", -1)) {
        numbers.add(checked(number(text), what));
      }
    }
    long[] starts = new long[numbers.size() / 2];
    long[] lengths = new long[starts.length];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = numbers.get(2 * i);
      lengths[i] = numbers.get(2 * i + 1);
    }
    SparseContents contents = SparseContents.of(archive, start, what, starts, lengths, size);
    tree.charge(3L * Long.BYTES * starts.length);
    tree.add(TarReader.member(entry, path, NodeType.FILE, size, contents));
    return TarReader.next(archive, data, entry.getSize());
  }

  /** Reads a number that ends with its line. */
  private static long line(DeviceStream stream, String what) throws IOException {
    StringBuilder text = new StringBuilder();
    int next;
    while ((next = stream.read()) >= 0 && next != '\n' && text.length() <= MOST_DIGITS) {
      text.append((char) next);
    }
    return checked(next == '\n' ? number(text.toString()) : -1, what);
  }

  private static long checked(long number, String what) throws CorruptFileSystemException {
    if (number < 0) {
      throw new CorruptFileSystemException(null, "the map of holes of " + what + " is damaged");
    }
    return number;
  }
}
