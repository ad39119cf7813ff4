package dev.tcplay.crypto.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Camellia (RFC 3713) with 256-bit keys and tables that join the substitution and the permutation
 * of a byte, four blocks side by side. The tables are looked up by secret data.
 *
 * <p>What was searched: words are cut by halves, and the tables lie in an array that the compiler
 * does not know to be constant, or it writes their address into each look-up; calls over nothing
 * take another array for that, which is worth a twentieth. Not kept: blocks in memory as in {@link
 * TwofishKernel}, which is no faster. To check a new JDK: {@code XtsBenchmark -p chain=Camellia -p
 * bytes=16384}, kernel auto to portable: 2.2 to 2.4 to 1.
 */
final class CamelliaKernel extends InterleavedKernel {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Two words before the rounds, then four times six round keys and two keys of a layer. */
  private static final int KEY_WORDS = 34;

  private static final byte[] SBOX1 =
      HexFormat.of()
          .parseHex(
              "70822cecb327c0e5e4855735ea0cae4123ef6b934519a521ed0e4f4e1d6592bd"
                  + "86b8af8f7ceb1fce3e30dc5f5ec50b1aa6e139cad5475d3dd9015ad651566c4d"
                  + "8b0d9a66fbccb02d74122b20f0b18499df4ccbc2347e76056db7a931d11704d7"
                  + "14583a61de1b111c320f9c165318f222fe44cfb2c3b57a912408e8a860fc6950"
                  + "aad0a07da1896297545b1e95e0ff64d210c40048a3f775db8a03e6da093fdd94"
                  + "875c8302cd4a90337367f6f39d7fbfe2529bd826c837c63b81966f4b13be632e"
                  + "e979a78c9f6ebc8e29f5f9b62ffdb4597898066ae74671bad425ab4288a28dfa"
                  + "7207b955f8eeac0a36492a683c38f1a44028d37bbbc943c115e3adf477c7809e");

  /** For each byte of the word, from the highest: which of the four S-boxes it passes ... */
  private static final int[] SBOX = {1, 2, 3, 4, 2, 3, 4, 1};

  /** ... and the bytes of the result, from the highest, that its image is added to. */
  private static final int[] SPREAD = {
    0b11101001, 0b01111100, 0b10110110, 0b11010011, 0b01110111, 0b10111011, 0b11011101, 0b11101110
  };

  /** Eight tables of 256 words, one after the other: the byte's place, then its value. */
  private static final long[] T = new long[8 * 256];

  static {
    for (int place = 0; place < 8; place++) {
      for (int x = 0; x < 256; x++) {
        long image = substitute(SBOX[place], x);
        for (int i = 0; i < 8; i++) {
          T[256 * place + x] |= (((SPREAD[place] >> (7 - i)) & 1) * image) << (56 - 8 * i);
        }
      }
    }
  }

  /**
   * As long as the tables, and taken for them in calls over nothing, which look nothing up. Because
   * of it the compiler knows the length of what is looked up, so that no index is checked, but not
   * its address, which it would else write, ten bytes of code, into every look-up.
   */
  private static final long[] NO_T = new long[T.length];

  private static final long[] SIGMA = {
    0xa09e667f3bcc908bL,
    0xb67ae8584caa73b2L,
    0xc6ef372fe94f82beL,
    0x54ff53a5f1d36f1cL,
    0x10e527fade682d1dL,
    0xb05688c2b3e6c1fdL
  };

  /** Which rotated word each pair of keys is: KL, KR, KA, KB by number, and the bits. */
  private static final int[][] SCHEDULE = {
    {0, 0}, {3, 0}, {1, 15}, {2, 15}, {1, 30}, {3, 30}, {0, 45}, {2, 45}, {0, 60}, {1, 60}, {3, 60},
    {0, 77}, {2, 77}, {1, 94}, {2, 94}, {0, 111}, {3, 111}
  };

  /** Encryption and decryption are the same method. */
  private static final IdleCalls CALLS = new IdleCalls();

  private final long[] encryptionKeys = new long[KEY_WORDS];
  private final long[] decryptionKeys = new long[KEY_WORDS];

  CamelliaKernel(byte[] key, int offset) {
    super(4, CALLS, CALLS);
    long[] words = new long[8]; // KL, KR, KA, KB
    for (int i = 0; i < 4; i++) {
      words[i] = (long) LONG.get(key, offset + 8 * i);
    }
    long a = words[0] ^ words[2];
    long b = words[1] ^ words[3];
    b ^= f(T, a ^ SIGMA[0]);
    a ^= f(T, b ^ SIGMA[1]) ^ words[0];
    b ^= words[1];
    b ^= f(T, a ^ SIGMA[2]);
    a ^= f(T, b ^ SIGMA[3]);
    words[4] = a;
    words[5] = b;
    a ^= words[2];
    b ^= words[3];
    b ^= f(T, a ^ SIGMA[4]);
    a ^= f(T, b ^ SIGMA[5]);
    words[6] = a;
    words[7] = b;
    for (int i = 0; i < SCHEDULE.length; i++) {
      int word = 2 * SCHEDULE[i][0];
      int bits = SCHEDULE[i][1];
      encryptionKeys[2 * i] = rotated(words[word], words[word + 1], bits);
      encryptionKeys[2 * i + 1] = rotated(words[word + 1], words[word], bits);
    }
    // Decryption takes all keys in reverse order, but the pairs outside the rounds keep theirs.
    int last = KEY_WORDS - 2;
    for (int i = 0; i < KEY_WORDS; i++) {
      int from = i < 2 || i >= last ? (i + last) % (2 * last) : KEY_WORDS - 1 - i;
      decryptionKeys[i] = encryptionKeys[from];
    }
    Arrays.fill(words, 0);
  }

  /** Returns the higher word of a pair rotated left by 0 to 127 bits. */
  private static long rotated(long high, long low, int bits) {
    long first = bits < 64 ? high : low;
    long second = bits < 64 ? low : high;
    return bits % 64 == 0 ? first : (first << bits) | (second >>> (64 - bits % 64));
  }

  private static int substitute(int sbox, int x) {
    int in = sbox == 4 ? ((x << 1) | (x >> 7)) & 0xff : x;
    int out = SBOX1[in] & 0xff;
    return switch (sbox) {
      case 2 -> ((out << 1) | (out >> 7)) & 0xff;
      case 3 -> ((out << 7) | (out >> 1)) & 0xff;
      default -> out;
    };
  }

  @Override
  void encryptWide(byte[] source, byte[] target, int length) {
    run(source, target, length, encryptionKeys);
  }

  @Override
  void decryptWide(byte[] source, byte[] target, int length) {
    run(source, target, length, decryptionKeys);
  }

  /** Encrypts or decrypts; the two differ only in the order of the keys. */
  private static void run(byte[] source, byte[] target, int length, long[] k) {
    long[] t = length == 0 ? NO_T : T;
    for (int i = 0; i < length; i += 4 * BlockCipher.BLOCK_BYTES) {
      long a0 = (long) LONG.get(source, i) ^ k[0];
      long b0 = (long) LONG.get(source, i + 8) ^ k[1];
      long a1 = (long) LONG.get(source, i + 16) ^ k[0];
      long b1 = (long) LONG.get(source, i + 24) ^ k[1];
      long a2 = (long) LONG.get(source, i + 32) ^ k[0];
      long b2 = (long) LONG.get(source, i + 40) ^ k[1];
      long a3 = (long) LONG.get(source, i + 48) ^ k[0];
      long b3 = (long) LONG.get(source, i + 56) ^ k[1];
      for (int g = 2; g < KEY_WORDS; g += 8) {
        b0 ^= f(t, a0 ^ k[g]);
        b1 ^= f(t, a1 ^ k[g]);
        b2 ^= f(t, a2 ^ k[g]);
        b3 ^= f(t, a3 ^ k[g]);
        a0 ^= f(t, b0 ^ k[g + 1]);
        a1 ^= f(t, b1 ^ k[g + 1]);
        a2 ^= f(t, b2 ^ k[g + 1]);
        a3 ^= f(t, b3 ^ k[g + 1]);
        b0 ^= f(t, a0 ^ k[g + 2]);
        b1 ^= f(t, a1 ^ k[g + 2]);
        b2 ^= f(t, a2 ^ k[g + 2]);
        b3 ^= f(t, a3 ^ k[g + 2]);
        a0 ^= f(t, b0 ^ k[g + 3]);
        a1 ^= f(t, b1 ^ k[g + 3]);
        a2 ^= f(t, b2 ^ k[g + 3]);
        a3 ^= f(t, b3 ^ k[g + 3]);
        b0 ^= f(t, a0 ^ k[g + 4]);
        b1 ^= f(t, a1 ^ k[g + 4]);
        b2 ^= f(t, a2 ^ k[g + 4]);
        b3 ^= f(t, a3 ^ k[g + 4]);
        a0 ^= f(t, b0 ^ k[g + 5]);
        a1 ^= f(t, b1 ^ k[g + 5]);
        a2 ^= f(t, b2 ^ k[g + 5]);
        a3 ^= f(t, b3 ^ k[g + 5]);
        if (g + 8 < KEY_WORDS) {
          a0 = layer(a0, k[g + 6]);
          b0 = inverseLayer(b0, k[g + 7]);
          a1 = layer(a1, k[g + 6]);
          b1 = inverseLayer(b1, k[g + 7]);
          a2 = layer(a2, k[g + 6]);
          b2 = inverseLayer(b2, k[g + 7]);
          a3 = layer(a3, k[g + 6]);
          b3 = inverseLayer(b3, k[g + 7]);
        }
      }
      LONG.set(target, i, b0 ^ k[KEY_WORDS - 2]);
      LONG.set(target, i + 8, a0 ^ k[KEY_WORDS - 1]);
      LONG.set(target, i + 16, b1 ^ k[KEY_WORDS - 2]);
      LONG.set(target, i + 24, a1 ^ k[KEY_WORDS - 1]);
      LONG.set(target, i + 32, b2 ^ k[KEY_WORDS - 2]);
      LONG.set(target, i + 40, a2 ^ k[KEY_WORDS - 1]);
      LONG.set(target, i + 48, b3 ^ k[KEY_WORDS - 2]);
      LONG.set(target, i + 56, a3 ^ k[KEY_WORDS - 1]);
    }
  }

  /** The F-function, after the key is added; in halves, since those are shifted and cut faster. */
  private static long f(long[] t, long x) {
    int high = (int) (x >>> 32);
    int low = (int) x;
    return ((t[high >>> 24] ^ t[256 + ((high >>> 16) & 0xff)])
            ^ (t[512 + ((high >>> 8) & 0xff)] ^ t[768 + (high & 0xff)]))
        ^ ((t[1024 + (low >>> 24)] ^ t[1280 + ((low >>> 16) & 0xff)])
            ^ (t[1536 + ((low >>> 8) & 0xff)] ^ t[1792 + (low & 0xff)]));
  }

  /** The FL-function. */
  private static long layer(long x, long key) {
    int high = (int) (x >>> 32);
    int low = (int) x ^ Integer.rotateLeft(high & (int) (key >>> 32), 1);
    high ^= low | (int) key;
    return ((long) high << 32) | (low & 0xffffffffL);
  }

  private static long inverseLayer(long x, long key) {
    int low = (int) x;
    int high = (int) (x >>> 32) ^ (low | (int) key);
    low ^= Integer.rotateLeft(high & (int) (key >>> 32), 1);
    return ((long) high << 32) | (low & 0xffffffffL);
  }

  @Override
  public void wipe() {
    super.wipe();
    Arrays.fill(encryptionKeys, 0);
    Arrays.fill(decryptionKeys, 0);
  }
}
