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

  /** Returns whether a format has headers there; VeraCrypt begins with the layout of version 4. */
  boolean suits(VolumeFormat format) {
    return format == VolumeFormat.TRUECRYPT || newest >= Layout.FIRST_VERSION_WITH_SLOTS;
  }

  /** Returns the encrypted header. */
  byte[] read() throws IOException {
    byte[] header = new byte[HeaderCodec.SIZE];
    device.read(offset, header, 0, header.length);
    return header;
  }
}
