package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.crypto.kernel.BouncyCastleKernel;
import java.util.ArrayList;
import java.util.List;

/** Ciphers over single blocks by Bouncy Castle's engines, for the plain references of modes. */
final class ReferenceEcb {

  private final List<BouncyCastleKernel> kernels = new ArrayList<>();

  /** Keys ciphers, whose keys lie one after the other from an index on. */
  ReferenceEcb(List<BlockCipher> ciphers, byte[] keys, int offset) {
    int at = offset;
    for (BlockCipher cipher : ciphers) {
      kernels.add(new BouncyCastleKernel(cipher, keys, at));
      at += cipher.keyBytes();
    }
  }

  /** Returns a block that the ciphers have encrypted one after the other. */
  byte[] encrypt(byte[] block) {
    byte[] result = block;
    for (BouncyCastleKernel kernel : kernels) {
      byte[] next = new byte[block.length];
      kernel.encrypt(result, next, next.length);
      result = next;
    }
    return result;
  }

  /** Returns a block that the ciphers have decrypted, the last one first. */
  byte[] decrypt(byte[] block) {
    byte[] result = block;
    for (int i = kernels.size() - 1; i >= 0; i--) {
      byte[] next = new byte[block.length];
      kernels.get(i).decrypt(result, next, next.length);
      result = next;
    }
    return result;
  }

  /** Returns the sum of a block in an array and another block. */
  static byte[] xor(byte[] data, int at, byte[] other) {
    byte[] sum = other.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] ^= data[at + i];
    }
    return sum;
  }
}
