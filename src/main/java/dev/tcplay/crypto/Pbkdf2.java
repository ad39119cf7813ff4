package dev.tcplay.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** PBKDF2 with HMAC (RFC 8018, section 5.2), its output blocks computed one by one when wanted. */
final class Pbkdf2 extends KeyDerivation {

  /** Rounds between two looks at the interrupt flag: a few milliseconds under the slowest hash. */
  private static final int ROUNDS_PER_CHECK = 1000;

  private final int iterations;
  private final int digestBytes;
  private final byte[] salt;
  private final byte[] output;
  private final HmacKernel hmac;
  private int available;
  private boolean closed;

  Pbkdf2(Prf prf, byte[] password, byte[] salt, int iterations) {
    this.iterations = iterations;
    this.salt = salt.clone();
    digestBytes = prf.digestBytes();
    output = new byte[MAX_BYTES + digestBytes];
    hmac = Kernels.hmac(prf, password);
  }

  @Override
  byte[] output(int length) throws InterruptedException {
    if (closed) {
      throw new IllegalStateException("key derivation is closed");
    }
    while (available < length) {
      computeBlock(available / digestBytes + 1);
    }
    return output;
  }

  private void computeBlock(int index) throws InterruptedException {
    byte[] message = ByteBuffer.allocate(salt.length + 4).put(salt).putInt(index).array();
    byte[] u = new byte[digestBytes];
    byte[] sum = new byte[digestBytes];
    try {
      checkInterrupt();
      hmac.mac(message, u);
      System.arraycopy(u, 0, sum, 0, digestBytes);
      for (int done = 1; done < iterations; done += ROUNDS_PER_CHECK) {
        checkInterrupt();
        hmac.iterate(u, sum, Math.min(ROUNDS_PER_CHECK, iterations - done));
      }
      System.arraycopy(sum, 0, output, available, digestBytes);
      available += digestBytes;
    } finally {
      Arrays.fill(u, (byte) 0);
      Arrays.fill(sum, (byte) 0);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      hmac.wipe();
      Arrays.fill(salt, (byte) 0);
      Arrays.fill(output, (byte) 0);
    }
  }
}
