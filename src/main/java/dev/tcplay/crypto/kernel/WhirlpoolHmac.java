package dev.tcplay.crypto.kernel;

import static dev.tcplay.crypto.kernel.CompressionFunction.BYTES;

import java.util.Arrays;

/** HMAC over Whirlpool. Its tables are looked up by secret data. */
final class WhirlpoolHmac extends OwnHmac {

  /** A one bit, zeros and the length of 128 bytes in bits: what follows every MAC's two blocks. */
  private static final byte[] PADDING = new byte[BYTES];

  static {
    PADDING[0] = (byte) 0x80;
    PADDING[BYTES - 2] = 1024 >> 8;
  }

  private final Whirlpool inner;
  private final Whirlpool outer;
  private final Whirlpool afterBlock = new Whirlpool();

  WhirlpoolHmac(byte[] password) {
    super(Prf.WHIRLPOOL, password);
    inner = after(innerKey);
    outer = after(outerKey);
  }

  private static Whirlpool after(byte[] keyBlock) {
    byte[] state = new byte[BYTES];
    Whirlpool function = new Whirlpool();
    function.follow(state);
    function.compress(keyBlock, state);
    function.follow(state);
    Arrays.fill(state, (byte) 0);
    return function;
  }

  @Override
  public void iterate(byte[] u, byte[] sum, int rounds) {
    for (int round = 0; round < rounds; round++) {
      hash(inner, u);
      hash(outer, u);
      CompressionFunction.add(sum, u, sum);
    }
  }

  /** Replaces a block by the hash of the key block and itself. */
  private void hash(Whirlpool afterKey, byte[] block) {
    afterKey.compress(block, block);
    afterBlock.follow(block);
    afterBlock.compress(PADDING, block);
  }

  @Override
  public void wipe() {
    super.wipe();
    inner.wipe();
    outer.wipe();
    afterBlock.wipe();
  }
}
