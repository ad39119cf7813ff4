package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.VolumeInfo;
import java.io.IOException;
import java.util.Arrays;

/** The master key of a volume, which {@link #close} wipes, and the facts of the volume. */
public final class VolumeKey implements AutoCloseable {

  private final VolumeInfo info;
  private final byte[] bytes;

  private VolumeKey(VolumeInfo info, byte[] bytes) {
    this.info = info;
    this.bytes = bytes;
  }

  /**
   * Takes the key out of the header that a request opens.
   *
   * @throws IOException as {@link Unlocker#open} says
   */
  public static VolumeKey read(BlockDevice host, String hostName, UnlockRequest request)
      throws IOException {
    try (UnlockedHeader header = Unlocker.unlock(host, hostName, request)) {
      return new VolumeKey(header.info(host.size(), hostName), header.masterKey());
    }
  }

  /** Returns the facts of the volume. */
  public VolumeInfo info() {
    return info;
  }

  /** Returns the bytes themselves; {@link dev.tcplay.model.VolumeKeyUser} says in which order. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
  }
}
