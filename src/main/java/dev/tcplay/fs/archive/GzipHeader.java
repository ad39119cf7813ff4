package dev.tcplay.fs.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What can be told of the start of a gzip stream by itself: needs no library. */
final class GzipHeader {

  private static final int FIXED_BYTES = 10;
  private static final int HAS_SUM = 1 << 1;
  private static final int HAS_EXTRA = 1 << 2;
  private static final int HAS_NAME = 1 << 3;
  private static final int HAS_COMMENT = 1 << 4;
  private static final int RESERVED = 0xE0;
  private static final int LAST_SYSTEM = 13;
  private static final int UNKNOWN_SYSTEM = 255;

  private GzipHeader() {}

  /**
   * Returns whether a volume begins so. The magic is short, so that the other fields count too, and
   * the packed bytes as far as they are there must be lawful; one long field may leave none.
   */
  static boolean isAt(byte[] head) {
    if (head.length < FIXED_BYTES + 8 || !Format.startsWith(head, "\u001F\u008B\b")) {
      return false;
    }
    int flags = head[3];
    int extra = head[8];
    int system = head[9] & 0xFF;
    boolean isSystem = system <= LAST_SYSTEM || system == UNKNOWN_SYSTEM;
    if ((flags & RESERVED) != 0 || (extra != 0 && extra != 2 && extra != 4) || !isSystem) {
      return false;
    }
    int start = FIXED_BYTES;
    if ((flags & HAS_EXTRA) != 0) {
      start += 2 + (head[start] & 0xFF) + ((head[start + 1] & 0xFF) << 8);
    }
    start = behindText(head, start, (flags & HAS_NAME) != 0);
    start = behindText(head, start, (flags & HAS_COMMENT) != 0);
    start += (flags & HAS_SUM) != 0 ? 2 : 0;
    return start < head.length ? inflates(head, start) : isOneField(head);
  }

  /** Returns whether the extra bytes lead beyond the head and are one field, as dictzip has it. */
  private static boolean isOneField(byte[] head) {
    ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    int all = fields.getShort(FIXED_BYTES) & 0xFFFF;
    int one = fields.getShort(FIXED_BYTES + 4) & 0xFFFF;
    return (head[3] & HAS_EXTRA) != 0
        && head.length == Format.HEAD_BYTES
        && FIXED_BYTES + 2 + all >= head.length
        && one == all - 4;
  }

  private static int behindText(byte[] head, int start, boolean isThere) {
    int end = start;
    while (isThere && end < head.length && head[end] != 0) {
      end++;
    }
    return isThere ? end + 1 : end;
  }

  /** Where the packed bytes end within the head, their checksum and size must follow. */
  private static boolean inflates(byte[] head, int start) {
    Inflater inflater = new Inflater(true);
    CRC32 sum = new CRC32();
    byte[] target = new byte[1 << 12];
    try {
      inflater.setInput(head, start, head.length - start);
      int count = inflater.inflate(target);
      while (count > 0) {
        sum.update(target, 0, count);
        count = inflater.inflate(target);
      }
      if (!inflater.finished()) {
        return inflater.needsInput();
      }
      ByteBuffer rest = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
      int end = head.length - inflater.getRemaining();
      return inflater.getRemaining() < 2 * Integer.BYTES
          || (rest.getInt(end) == (int) sum.getValue()
              && rest.getInt(end + Integer.BYTES) == (int) inflater.getBytesWritten());
    } catch (DataFormatException e) {
      return false;
    } finally {
      inflater.end();
    }
  }

  /**
   * Checks that the texts of a header end, since the library keeps them as long as they are; the
   * stream is then where it was.
   *
   * @throws IOException if one does not within {@link Bounds#SHARED_BYTES}, or the device fails
   */
  static void check(DeviceStream packed) throws IOException {
    packed.mark(0);
    byte[] fixed = packed.readNBytes(FIXED_BYTES);
    if (fixed.length == FIXED_BYTES) {
      int flags = fixed[3];
      if ((flags & HAS_EXTRA) != 0) {
        int low = packed.read();
        packed.skip(Math.max(0, low | packed.read() << 8));
      }
      int texts = Integer.bitCount(flags & (HAS_NAME | HAS_COMMENT));
      for (int left = Bounds.SHARED_BYTES; texts > 0; left--) {
        int next = packed.read();
        if (next < 0 || left == 0) {
          throw new IOException("the name or the comment in the gzip header does not end");
        }
        texts -= next == 0 ? 1 : 0;
      }
    }
    packed.reset();
  }
}
