package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A place where a header may stand.
 *
 * @param name what error texts call it
 * @param device the host, or a file of headers
 * @param offset where in the device the header begins, in bytes
 * @param kind what a header there must describe, null for either
 * @param oldest the lowest header version whose layout has this place
 * @param newest the highest such version
 */
record HeaderSlot(
    String name,
    BlockDevice device,
    long offset,
    @Nullable VolumeKind kind,
    int oldest,
    int newest) {

  /** Returns the encrypted header, so many bytes. */
  byte[] read(int size) throws IOException {
    byte[] header = new byte[size];
    device.read(offset, header, 0, header.length);
    return header;
  }

  /** Returns the place for a header that must describe a kind; null changes nothing. */
  HeaderSlot demanding(@Nullable VolumeKind wanted) {
    return wanted == null ? this : new HeaderSlot(name, device, offset, wanted, oldest, newest);
  }

  /** Returns whether a volume of a kind has its header here; null stands for any kind. */
  boolean suits(@Nullable VolumeKind wanted) {
    return wanted == null || kind == null || kind == wanted;
  }
}
