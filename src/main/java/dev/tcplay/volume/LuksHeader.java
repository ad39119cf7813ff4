package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The mark of a volume of LUKS, the encryption of Linux, which this library names but does not
 * open.
 */
public final class LuksHeader {

  private static final byte[] MAGIC = {'L', 'U', 'K', 'S', (byte) 0xBA, (byte) 0xBE};
  private static final int BYTES = MAGIC.length + 2;

  private LuksHeader() {}

  /**
   * Returns what a device that begins with a header of version 1 or 2 is, such as {@code a LUKS2
   * volume}; empty if it begins otherwise.
   *
   * @throws IOException if it cannot be read
   */
  static Optional<String> name(BlockDevice device) throws IOException {
    if (device.size() < BYTES) {
      return Optional.empty();
    }
    byte[] start = new byte[BYTES];
    device.read(0, start, 0, BYTES);
    int version = (start[BYTES - 2] & 0xFF) << 8 | (start[BYTES - 1] & 0xFF);
    boolean isLuks =
        Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
            && (version == 1 || version == 2);
    return isLuks ? Optional.of("a LUKS%d volume".formatted(version)) : Optional.empty();
  }

  /**
   * Returns what is said of an image that begins with a header of LUKS though it is to be taken as
   * it is; empty if it begins otherwise.
   *
   * @throws IOException if it cannot be read
   */
  public static Optional<String> warning(BlockDevice image) throws IOException {
    return name(image)
        .map(name -> "is " + name + ", so that what is in it is encrypted; cryptsetup opens it");
  }
}
