package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import java.io.IOException;
import java.security.SecureRandom;

/**
 * Writes headers into slots so that little is left of those before, whatever the storage keeps of
 * what it overwrites: whole slots, three times, each flushed. Only the last time is for good; the
 * others are noise. What no header fills is noise too.
 *
 * @param host what holds the slots
 * @param random where noise comes from
 */
record SlotWriter(BlockDevice host, SecureRandom random) {

  /** How often a slot is written, the last time included. */
  static final int ROUNDS = 3;

  private static final byte[] NO_HEADER = {};

  /** Writes an encrypted header; afterwards it is on the storage. */
  void write(HeaderSlot slot, byte[] header) throws IOException {
    write(slot.offset(), header);
  }

  /** Overwrites a slot with noise alone. */
  void wipe(long offset) throws IOException {
    write(offset, NO_HEADER);
  }

  private void write(long offset, byte[] header) throws IOException {
    byte[] bytes = new byte[TrueCryptLayout.SLOT];
    for (int round = 1; round <= ROUNDS; round++) {
      try (Noise noise = new Noise(random)) {
        noise.fill(0, bytes, bytes.length);
      }
      if (round == ROUNDS) {
        System.arraycopy(header, 0, bytes, 0, header.length);
      }
      host.write(offset, bytes, 0, bytes.length);
      host.flush();
    }
  }
}
