package dev.tcplay.nbd;

import dev.tcplay.block.BlockDevice;

/**
 * What a server offers. It is read-only where its device is.
 *
 * @param name how clients may ask for it; an empty name means it, too
 * @param description what clients are told of it
 * @param device which the owner closes after the server
 * @param discards whether a client may say that bytes are of no further use
 */
public record NbdExport(String name, String description, BlockDevice device, boolean discards) {

  /** The most bytes that a client may read or write by one request. */
  static final int MOST_BYTES = 32 << 20;

  /** The size that suits the device best: a page of its cache. */
  static final int PREFERRED_BYTES = 4096;

  /** Returns the transmission flags, for a client that may have chosen structured replies. */
  int flags(boolean structured) {
    int flags =
        Protocol.HAS_FLAGS
            | Protocol.SEND_FLUSH
            | Protocol.SEND_FUA
            | Protocol.SEND_CACHE
            | Protocol.CAN_MULTI_CONN;
    if (structured) {
      flags |= Protocol.SEND_DF;
    }
    if (device.isReadOnly()) {
      return flags | Protocol.READ_ONLY;
    }
    return flags | Protocol.SEND_WRITE_ZEROES | (discards ? Protocol.SEND_TRIM : 0);
  }
}
