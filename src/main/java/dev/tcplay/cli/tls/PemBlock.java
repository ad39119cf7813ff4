package dev.tcplay.cli.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What stands between two lines of a PEM file; the text around it means nothing.
 *
 * @param label what the lines call it
 * @param bytes what it is, which may be a secret
 */
@SuppressWarnings("ArrayRecordComponent") // a secret, which has to be wiped
record PemBlock(String label, byte[] bytes) {

  private static final int MOST_BYTES = 1 << 20;
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  /**
   * Reads the blocks of a file, at most 1 MiB.
   *
   * @throws FileSystemException if the file is longer, or a block has no end, is encrypted or is
   *     not base 64
   */
  static List<PemBlock> read(Path file) throws IOException {
    byte[] all;
    try (InputStream in = Files.newInputStream(file)) {
      all = in.readNBytes(MOST_BYTES + 1);
    }
    try {
      if (all.length > MOST_BYTES) {
        throw new FileSystemException(file.toString(), null, "is longer than 1 MiB");
      }
      return parse(all, file);
    } finally {
      Arrays.fill(all, (byte) 0);
    }
  }

  private static List<PemBlock> parse(byte[] all, Path file) throws IOException {
    List<PemBlock> blocks = new ArrayList<>();
    String label = null;
    int from = 0;
    for (int start = 0; start < all.length; ) {
      int end = start;
      while (end < all.length && all[end] != '\n') {
        end++;
      }
      String mark = mark(all, start, end);
      if (label == null && mark.startsWith(BEGIN)) {
        label = mark.substring(BEGIN.length(), mark.length() - DASHES.length());
        from = Math.min(end + 1, all.length);
      } else if (label != null && mark.equals(END + label + DASHES)) {
        blocks.add(new PemBlock(label, decode(all, from, start, file)));
        label = null;
      }
      start = end + 1;
    }
    if (label != null) {
      throw new FileSystemException(file.toString(), null, "its " + label + " has no end");
    }
    return blocks;
  }

  /** Returns the line that begins or ends a block, an empty one for any other. */
  private static String mark(byte[] all, int start, int end) {
    String dashes = new String(all, start, Math.min(end - start, 5), StandardCharsets.US_ASCII);
    if (!dashes.equals(DASHES)) {
      return "";
    }
    String line = new String(all, start, end - start, StandardCharsets.US_ASCII).stripTrailing();
    return line.length() > BEGIN.length() + DASHES.length() && line.endsWith(DASHES) ? line : "";
  }

  private static byte[] decode(byte[] all, int from, int to, Path file) throws IOException {
    byte[] digits = new byte[to - from];
    int count = 0;
    for (int i = from; i < to; i++) {
      if (all[i] == ':') {
        Arrays.fill(digits, (byte) 0);
        throw new FileSystemException(
            file.toString(), null, "is encrypted: a server needs its key without a passphrase");
      }
      if (all[i] > ' ') {
        digits[count++] = all[i];
      }
    }
    byte[] exact = Arrays.copyOf(digits, count);
    try {
      return Base64.getDecoder().decode(exact);
    } catch (IllegalArgumentException e) {
      throw new FileSystemException(file.toString(), null, "is not base 64 between its marks");
    } finally {
      Arrays.fill(digits, (byte) 0);
      Arrays.fill(exact, (byte) 0);
    }
  }

  /** Wipes a secret. */
  void wipe() {
    Arrays.fill(bytes, (byte) 0);
  }
}
