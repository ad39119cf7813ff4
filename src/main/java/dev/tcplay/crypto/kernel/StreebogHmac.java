package dev.tcplay.crypto.kernel;

import static dev.tcplay.crypto.kernel.CompressionFunction.BYTES;
import static dev.tcplay.crypto.kernel.Streebog.BLOCK_BITS;

import java.util.Arrays;

/** HMAC over Streebog-512. Its tables are looked up by secret data. */
final class StreebogHmac extends OwnHmac {

  /** A block of the message's end, when nothing of the message is left: a single one bit. */
  private static final byte[] PADDING = new byte[BYTES];

  /** The length of a MAC's two blocks, in bits. */
  private static final byte[] LENGTH = new byte[BYTES];

  static {
    PADDING[0] = 1;
    CompressionFunction.set(LENGTH, 0, 2 * BLOCK_BITS);
  }

  private final Streebog inner;
  private final Streebog outer;
  private final Streebog afterBlock = new Streebog();
  private final byte[] checksum = new byte[BYTES];

  StreebogHmac(byte[] password) {
    super(Prf.STREEBOG, password);
    inner = after(innerKey);
    outer = after(outerKey);
  }

  private static Streebog after(byte[] keyBlock) {
    byte[] state = new byte[BYTES];
    Streebog function = new Streebog();
    function.follow(state, 0);
    function.compress(keyBlock, state);
    function.follow(state, BLOCK_BITS);
    Arrays.fill(state, (byte) 0);
    return function;
  }

  @Override
  public void iterate(byte[] u, byte[] sum, int rounds) {
    for (int round = 0; round < rounds; round++) {
      hash(innerKey, inner, u);
      hash(outerKey, outer, u);
      CompressionFunction.add(sum, u, sum);
    }
  }

  /** Replaces a block by the hash of the key block and itself. */
  private void hash(byte[] keyBlock, Streebog afterKey, byte[] block) {
    long padding = PADDING[0]; // all of the third block that is not zero
    Streebog.sum(keyBlock, block, padding, checksum);
    afterKey.compress(block, block);
    afterBlock.follow(block, 2 * BLOCK_BITS);
    afterBlock.compress(PADDING, block);
    afterBlock.follow(block, 0);
    afterBlock.compress(LENGTH, block);
    afterBlock.follow(block, 0);
    afterBlock.compress(checksum, block);
  }

  @Override
  public void wipe() {
    super.wipe();
    Arrays.fill(checksum, (byte) 0);
    inner.wipe();
    outer.wipe();
    afterBlock.wipe();
  }
}
