package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A file whose bytes the plaintext of a volume begins with, filled up to a data unit with zeros.
 *
 * @param image the file
 */
record VolumeContents(Path image) implements VolumeBuilder.Filling {

  private static final int UNIT = NewVolume.UNIT;

  /**
   * Returns how many bytes it takes.
   *
   * @throws IllegalArgumentException if it is a directory
   */
  long size() throws IOException {
    Arguments.demand(!Files.isDirectory(image), "contents: expected a file, not a directory");
    return (Files.size(image) + UNIT - 1) / UNIT * UNIT;
  }

  @Override
  public void fill(BlockDevice plaintext) throws IOException {
    byte[] chunk = new byte[Noise.MAX_BYTES];
    try (InputStream bytes = FileDevice.newInputStream(image)) {
      long position = 0;
      int n;
      while ((n = bytes.readNBytes(chunk, 0, chunk.length)) > 0) {
        int units = (n + UNIT - 1) / UNIT * UNIT;
        if (units > plaintext.size() - position) {
          throw new FileSystemException(
              image.toString(), null, "has more bytes than when the size of the volume was set");
        }
        Arrays.fill(chunk, n, units, (byte) 0);
        plaintext.write(position, chunk, 0, units);
        position += units;
      }
    } finally {
      Arrays.fill(chunk, (byte) 0);
    }
  }
}
