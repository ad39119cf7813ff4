package dev.tcplay.volume;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Mixes keyfiles into a password, as TrueCrypt and VeraCrypt do: the running CRC-32 of each file is
 * added, four bytes for every byte read, around a pool that holds the password. The order of the
 * files does not matter; a file given twice counts twice. For one thread.
 */
final class KeyfilePool implements AutoCloseable {

  /** How much of a keyfile counts. */
  static final int COUNTED_BYTES = 1 << 20;

  private static final int SHORT_POOL = 64;
  private static final int LONG_POOL = 128;
  private static final int CHUNK = 8192;

  private final byte[] pool;

  /** Starts a pool with a password of at most 128 bytes; more than 64 make it a long pool. */
  KeyfilePool(byte[] password) {
    pool = Arrays.copyOf(password, password.length > SHORT_POOL ? LONG_POOL : SHORT_POOL);
  }

  /** Mixes one keyfile in and returns whether it had any bytes; without them it changes nothing. */
  boolean mix(InputStream keyfile) throws IOException {
    byte[] chunk = new byte[CHUNK];
    CRC32 crc = new CRC32();
    int total = 0;
    int position = 0;
    try {
      int n;
      while ((n = keyfile.readNBytes(chunk, 0, Math.min(CHUNK, COUNTED_BYTES - total))) > 0) {
        for (int i = 0; i < n; i++) {
          crc.update(chunk[i]);
          position = add(~(int) crc.getValue(), position);
        }
        total += n;
      }
    } finally {
      Arrays.fill(chunk, (byte) 0);
    }
    return total > 0;
  }

  /** Adds the bytes of a CRC register, the most significant first; returns the next position. */
  private int add(int register, int position) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      pool[position] += (byte) (register >>> shift);
      position = (position + 1) % pool.length;
    }
    return position;
  }

  /** Returns a copy of the whole pool, the password of the key derivation; the caller wipes it. */
  byte[] toPassword() {
    return pool.clone();
  }

  /** Wipes the pool. */
  @Override
  public void close() {
    Arrays.fill(pool, (byte) 0);
  }
}
