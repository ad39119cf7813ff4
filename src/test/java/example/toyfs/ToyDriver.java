package example.toyfs;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A file system that has all that a driver can offer but DOS attributes, and forgets it when it is
 * closed: only a magic number is on the disk.
 */
public final class ToyDriver implements FileSystemDriver {

  private static final byte[] MAGIC = "toy file system".getBytes(StandardCharsets.US_ASCII);

  /** Makes the driver; called by the service loader. */
  public ToyDriver() {}

  @Override
  public String name() {
    return "toy";
  }

  /** So many bytes of magic weigh more than the marks of others. */
  @Override
  public int probe(BlockDevice volume) throws IOException {
    if (volume.size() < MAGIC.length) {
      return NOT_MINE;
    }
    byte[] head = new byte[MAGIC.length];
    volume.read(0, head, 0, head.length);
    return Arrays.equals(head, MAGIC) ? RECOGNISED + 1 : NOT_MINE;
  }

  @Override
  public boolean canWrite(boolean named) {
    return true;
  }

  @Override
  public MountedVolume mount(BlockDevice volume, MountOptions options) {
    return new ToyVolume(volume, options.readOnly() || volume.isReadOnly());
  }

  @Override
  public void format(BlockDevice volume, FormatOptions options) throws IOException {
    if (options.type().isPresent() || options.label().isPresent()) {
      throw new IllegalArgumentException("a toy has neither types nor a label");
    }
    volume.write(0, MAGIC, 0, MAGIC.length);
    volume.flush();
  }
}
