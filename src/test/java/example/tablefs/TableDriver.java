package example.tablefs;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import java.io.IOException;

/**
 * A file system of one directory, the example of docs/driver-authors.md. It sees of the library no
 * more than any other driver does. {@link Layout} says how it is stored.
 */
public final class TableDriver implements FileSystemDriver {

  private static final int CHUNK = 1 << 16;

  /** Makes the driver; called by the service loader. */
  public TableDriver() {}

  @Override
  public String name() {
    return "table";
  }

  /** Only the magic counts, so that a damaged volume is reported and not taken for another. */
  @Override
  public int probe(BlockDevice volume) throws IOException {
    if (volume.size() < Layout.SECTOR) {
      return FileSystemDriver.NOT_MINE;
    }
    byte[] header = new byte[Layout.SECTOR];
    volume.read(0, header, 0, header.length);
    return Layout.hasMagic(header) ? FileSystemDriver.RECOGNISED : FileSystemDriver.NOT_MINE;
  }

  @Override
  public boolean canWrite(boolean named) {
    return true;
  }

  @Override
  public MountedVolume mount(BlockDevice volume, MountOptions options) throws IOException {
    return TableVolume.mount(volume, options.readOnly() || volume.isReadOnly());
  }

  /** The header comes last: what is half made is not recognised. */
  @Override
  public void format(BlockDevice volume, FormatOptions options) throws IOException {
    if (options.type().isPresent() || options.label().isPresent()) {
      throw new IllegalArgumentException("a table has neither types nor a label");
    }
    Layout layout = Layout.forSize(volume.size());
    byte[] zeros = new byte[CHUNK];
    long length = layout.firstData() * Layout.SECTOR;
    for (long done = 0; done < length; done += CHUNK) {
      volume.write(done, zeros, 0, (int) Math.min(CHUNK, length - done));
    }
    volume.flush();
    byte[] header = layout.header();
    volume.write(0, header, 0, header.length);
    volume.flush();
  }
}
