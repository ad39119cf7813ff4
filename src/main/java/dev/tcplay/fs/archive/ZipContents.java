package dev.tcplay.fs.archive;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.SpoolSpace;
import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.OpenNode;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/** The contents of a member of a zip: where it is stored they are read in place. */
final class ZipContents implements Contents, SpooledContents.Source {

  private final BlockDevice archive;
  private final DeviceChannel channel;
  private final ZipFile zip;
  private final ZipArchiveEntry entry;
  private final String path;
  private final SpooledContents spooled;

  ZipContents(
      BlockDevice archive,
      DeviceChannel channel,
      ZipFile zip,
      ZipArchiveEntry entry,
      String path,
      SpoolSpace space) {
    this.archive = archive;
    this.channel = channel;
    this.zip = zip;
    this.entry = entry;
    this.path = path;
    this.spooled =
        new SpooledContents(SafePath.start(path), entry.getSize(), entry.getCrc(), this, space);
  }

  @Override
  public long size() {
    return entry.getSize();
  }

  @Override
  public OpenNode openNode() throws IOException {
    boolean isPlain = !entry.getGeneralPurposeBit().usesEncryption();
    return entry.getMethod() == ZipMethod.STORED.getCode() && isPlain
        ? stored()
        : spooled.openNode();
  }

  private OpenNode stored() throws IOException {
    String what = "'" + SafePath.start(path) + "'";
    if (entry.getCompressedSize() != entry.getSize()) {
      throw new CorruptFileSystemException(
          null,
          "%s is stored in %d bytes and has %d"
              .formatted(what, entry.getCompressedSize(), entry.getSize()));
    }
    long data =
        Guarded.call(
            channel,
            what,
            () -> {
              synchronized (channel) {
                // Finding the data is what this is called for.
                zip.getRawInputStream(entry).close();
                return entry.getDataOffset();
              }
            });
    return new StoredContents(archive, data, entry.getSize());
  }

  /** The library moves the channel to find the data; what it reads then locks the channel. */
  @Override
  public InputStream open() throws IOException {
    synchronized (channel) {
      return unpacked();
    }
  }

  private InputStream unpacked() throws IOException {
    boolean isXz = entry.getMethod() == ZipMethod.XZ.getCode();
    return isXz && !entry.getGeneralPurposeBit().usesEncryption()
        ? Packing.xz(zip.getRawInputStream(entry))
        : zip.getInputStream(entry);
  }

  @Override
  public void checkDevice() throws IOException {
    channel.checkDevice();
  }
}
