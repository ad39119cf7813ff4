package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.HmacKernel;
import dev.tcplay.crypto.kernel.Kernels;
import dev.tcplay.crypto.kernel.Prf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

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
    this(prf, Kernels.hmac(prf, password), salt, iterations);
  }

  Pbkdf2(Prf prf, HmacKernel hmac, byte[] salt, int iterations) {
    this.hmac = hmac;
    this.iterations = iterations;
    this.salt = salt.clone();
    digestBytes = prf.digestBytes();
    output = new byte[MAX_BYTES + digestBytes];
  }

  @Override
  byte[] output(int length) throws InterruptedException {
    checkOpen();
    while (available < length) {
      computeBlock(available / digestBytes, output, available);
      available += digestBytes;
    }
    return output;
  }

  @Override
  public void deriveBlock(int index, byte[] target, int offset) throws InterruptedException {
    checkOpen();
    Objects.checkIndex(index, output.length / digestBytes);
    Objects.checkFromIndexSize(offset, digestBytes, target.length);
    computeBlock(index, target, offset);
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("key derivation is closed");
    }
  }

  private void computeBlock(int index, byte[] target, int offset) throws InterruptedException {
    // Blocks are numbered from 1 in the RFC.
    byte[] message = ByteBuffer.allocate(salt.length + 4).put(salt).putInt(index + 1).array();
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
      System.arraycopy(sum, 0, target, offset, digestBytes);
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
