package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.BlockCipher;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** TrueCrypt's CBC, one block after the other, over Bouncy Castle's engines. */
final class ReferenceCbc {

  private ReferenceCbc() {}

  static byte[] encrypt(CipherChain chain, byte[] keys, long firstUnit, byte[] data) {
    byte[] result = data;
    int keyAt = 32;
    for (List<BlockCipher> pass : passes(chain)) {
      result = pass(pass, keys, keyAt, firstUnit, result, true);
      keyAt += pass.get(0).keyBytes();
    }
    return result;
  }

  static byte[] decrypt(CipherChain chain, byte[] keys, long firstUnit, byte[] data) {
    byte[] result = data;
    int keyAt = 32 + chain.keyBytes();
    for (int i = passes(chain).size() - 1; i >= 0; i--) {
      List<BlockCipher> pass = passes(chain).get(i);
      keyAt -= pass.stream().mapToInt(BlockCipher::keyBytes).sum();
      result = pass(pass, keys, keyAt, firstUnit, result, false);
    }
    return result;
  }

  /** Ciphers with blocks of 16 bytes share a pass; else each is a pass. */
  private static List<List<BlockCipher>> passes(CipherChain chain) {
    List<BlockCipher> ciphers = chain.keyOrder();
    return ciphers.stream().allMatch(cipher -> cipher.blockBytes() == 16)
        ? List.of(ciphers)
        : ciphers.stream().map(List::of).toList();
  }

  private static byte[] pass(
      List<BlockCipher> pass,
      byte[] keys,
      int keyAt,
      long firstUnit,
      byte[] data,
      boolean encrypt) {
    ReferenceEcb ciphers = new ReferenceEcb(pass, keys, keyAt);
    int size = pass.get(0).blockBytes();
    byte[] result = new byte[data.length];
    for (int unitAt = 0; unitAt < data.length; unitAt += 512) {
      byte[] number = number(firstUnit + unitAt / 512);
      byte[] previous = ReferenceEcb.xor(keys, 0, Arrays.copyOf(number, size));
      byte[] whitening = whitening(ReferenceEcb.xor(keys, size, number), size);
      for (int at = unitAt; at < unitAt + 512; at += size) {
        if (encrypt) {
          previous = ciphers.encrypt(ReferenceEcb.xor(data, at, previous));
          System.arraycopy(ReferenceEcb.xor(previous, 0, whitening), 0, result, at, size);
        } else {
          byte[] block = ReferenceEcb.xor(data, at, whitening);
          byte[] plain = ReferenceEcb.xor(ciphers.decrypt(block), 0, previous);
          System.arraycopy(plain, 0, result, at, size);
          previous = block;
        }
      }
    }
    return result;
  }

  /** Returns the little-endian number of a unit, twice. */
  private static byte[] number(long unit) {
    byte[] number = new byte[16];
    for (int i = 0; i < 16; i++) {
      number[i] = (byte) (unit >>> (8 * (i % 8)));
    }
    return number;
  }

  /** Returns a block's length of whitening, which is eight bytes again and again. */
  private static byte[] whitening(byte[] words, int size) {
    long low = crc(words, 0) ^ crc(words, 12);
    long high = crc(words, 4) ^ crc(words, 8);
    byte[] whitening = new byte[size];
    for (int i = 0; i < size; i++) {
      whitening[i] = (byte) ((i % 8 < 4 ? low : high) >>> (8 * (i % 4)));
    }
    return whitening;
  }

  private static long crc(byte[] words, int at) {
    CRC32 crc = new CRC32();
    crc.update(words, at, 4);
    return crc.getValue();
  }
}
