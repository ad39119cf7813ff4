package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.CryptDevice;
import dev.tcplay.block.KeptDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.crypto.DataUnitCipher;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A new volume that can be written: its headers are encrypted, and its cipher has keys. It is
 * filled once, after which its cipher is of no use. Closing wipes the keys.
 *
 * @param volume where it stands
 * @param headers the encrypted header, and the same under another salt for its backup
 * @param data encrypts the data
 * @param filling who writes into it, null for nobody
 */
record SealedVolume(
    NewVolume volume,
    List<byte[]> headers,
    DataUnitCipher data,
    VolumeBuilder.@Nullable Filling filling)
    implements AutoCloseable {

  /** Has the data area written to, in a host that stays open. */
  void fill(BlockDevice host) throws IOException {
    if (filling == null) {
      return;
    }
    try (BlockDevice area =
            new LinearDevice(new KeptDevice(host), volume.dataStart(), volume.dataLength());
        BlockDevice plaintext = new CryptDevice(area, data, volume.firstUnit())) {
      filling.fill(plaintext);
    }
  }

  /** Writes the backup of the header, then the header, each forced. What fills slots is there. */
  void writeHeaders(BlockDevice host) throws IOException {
    for (int i = headers.size() - 1; i >= 0; i--) {
      byte[] header = headers.get(i);
      host.write(volume.headers().get(i), header, 0, header.length);
      host.flush();
    }
  }

  @Override
  public void close() {
    data.close();
  }
}
