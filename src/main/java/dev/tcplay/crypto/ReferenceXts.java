package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.crypto.kernel.BlockKernel;
import dev.tcplay.crypto.kernel.BouncyCastleKernel;
import java.math.BigInteger;
import java.util.List;

/** XTS by the letter of IEEE 1619, one block after the other, over Bouncy Castle's engines. */
final class ReferenceXts {

  private static final int BLOCK = 16;
  private static final BigInteger POLYNOMIAL =
      BigInteger.ONE.shiftLeft(128).add(BigInteger.valueOf(0x87));

  private ReferenceXts() {}

  static byte[] encrypt(CipherChain chain, byte[] keys, long firstUnit, byte[] data) {
    byte[] result = data;
    for (int i = 0; i < chain.keyOrder().size(); i++) {
      result = pass(chain, i, keys, firstUnit, result, true);
    }
    return result;
  }

  static byte[] decrypt(CipherChain chain, byte[] keys, long firstUnit, byte[] data) {
    byte[] result = data;
    for (int i = chain.keyOrder().size() - 1; i >= 0; i--) {
      result = pass(chain, i, keys, firstUnit, result, false);
    }
    return result;
  }

  private static byte[] pass(
      CipherChain chain, int index, byte[] keys, long firstUnit, byte[] data, boolean encrypt) {
    List<BlockCipher> ciphers = chain.keyOrder();
    BlockKernel primary = new BouncyCastleKernel(ciphers.get(index), keys, 32 * index);
    BlockKernel secondary =
        new BouncyCastleKernel(ciphers.get(index), keys, chain.keyBytes() + 32 * index);
    byte[] result = new byte[data.length];
    for (int unit = 0; unit < data.length / 512; unit++) {
      byte[] seed = new byte[BLOCK];
      secondary.encrypt(
          littleEndian(unsigned(firstUnit).add(BigInteger.valueOf(unit))), seed, BLOCK);
      BigInteger tweak = unsigned(seed);
      for (int at = 512 * unit; at < 512 * (unit + 1); at += BLOCK) {
        byte[] mask = littleEndian(tweak);
        byte[] in = new byte[BLOCK];
        byte[] out = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
          in[i] = (byte) (data[at + i] ^ mask[i]);
        }
        if (encrypt) {
          primary.encrypt(in, out, BLOCK);
        } else {
          primary.decrypt(in, out, BLOCK);
        }
        for (int i = 0; i < BLOCK; i++) {
          result[at + i] = (byte) (out[i] ^ mask[i]);
        }
        tweak = tweak.shiftLeft(1);
        if (tweak.testBit(128)) {
          tweak = tweak.xor(POLYNOMIAL);
        }
      }
    }
    return result;
  }

  private static BigInteger unsigned(long value) {
    return new BigInteger(Long.toUnsignedString(value));
  }

  private static BigInteger unsigned(byte[] littleEndian) {
    byte[] reversed = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      reversed[i] = littleEndian[BLOCK - 1 - i];
    }
    return new BigInteger(1, reversed);
  }

  private static byte[] littleEndian(BigInteger value) {
    byte[] block = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      block[i] = value.shiftRight(8 * i).byteValue();
    }
    return block;
  }
}
