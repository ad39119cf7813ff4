package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.bouncycastle.crypto.digests.GOST3411_2012_512Digest;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.digests.WhirlpoolDigest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.engines.GOST3412_2015Engine;
import org.bouncycastle.crypto.engines.SerpentEngine;
import org.bouncycastle.crypto.engines.TwofishEngine;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Opens VeraCrypt's volumes by Bouncy Castle and the description of the format alone, without any
 * code of the library: what there is no other program for that Debian has.
 *
 * @param hash by VeraCrypt's functions: sha512, sha256, blake2s, whirlpool, ripemd160, streebog or
 *     argon2id
 * @param pim 0 for the default
 * @param chain VeraCrypt's name, which puts the cipher first that encrypts last
 */
record Reference(String hash, int pim, String chain) {

  private static final int SALT = 64;
  private static final int HEADER = 512;
  private static final int KEYS = 256;
  private static final int UNIT = 512;
  private static final int BLOCK = 16;
  private static final int KEY = 32;
  private static final int MOST_KEYS = 192;

  /**
   * Returns the plaintext of a volume's data area.
   *
   * @param volume the whole container
   * @param slot where the header stands
   * @param password what the key is derived from
   */
  byte[] open(byte[] volume, int slot, byte[] password) {
    byte[] header = Arrays.copyOfRange(volume, slot, slot + HEADER);
    byte[] key = derive(password, Arrays.copyOf(header, SALT));
    decrypt(key, header, SALT, HEADER, HEADER - SALT, 0);
    ByteBuffer fields = ByteBuffer.wrap(header);
    assertEquals(0x56455241, fields.getInt(64), "VERA");
    assertEquals(crc(header, KEYS, HEADER), fields.getInt(72));
    assertEquals(crc(header, SALT, 252), fields.getInt(252));
    int start = (int) fields.getLong(108);
    int length = (int) fields.getLong(116);
    byte[] data = Arrays.copyOfRange(volume, start, start + length);
    byte[] keys = Arrays.copyOfRange(header, KEYS, HEADER);
    decrypt(keys, data, 0, length, UNIT, start / UNIT);
    return data;
  }

  private static int crc(byte[] bytes, int from, int to) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }

  private byte[] derive(byte[] password, byte[] salt) {
    if (hash.equals("argon2id")) {
      int asked = pim == 0 ? 12 : pim;
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withParallelism(1)
              .withMemoryAsKB(1024 * Math.min(1024, 64 + 32 * (asked - 1)))
              .withIterations(asked <= 31 ? 3 + (asked - 1) / 3 : 13 + asked - 31)
              .withSalt(salt)
              .build());
      byte[] key = new byte[MOST_KEYS];
      generator.generateBytes(password, key);
      return key;
    }
    int usual = hash.equals("ripemd160") ? 655_331 : 500_000;
    PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(digest());
    generator.init(password, salt, pim == 0 ? usual : 15_000 + 1000 * pim);
    return ((KeyParameter) generator.generateDerivedMacParameters(MOST_KEYS * 8)).getKey();
  }

  private Digest digest() {
    return switch (hash) {
      case "sha512" -> new SHA512Digest();
      case "sha256" -> new SHA256Digest();
      case "blake2s" -> new Blake2sDigest(256);
      case "whirlpool" -> new WhirlpoolDigest();
      case "ripemd160" -> new RIPEMD160Digest();
      case "streebog" -> new GOST3411_2012_512Digest();
      default -> throw new IllegalArgumentException(hash);
    };
  }

  private static BlockCipher engine(String name, boolean encrypt, byte[] keys, int number) {
    BlockCipher engine =
        switch (name) {
          case "AES" -> AESEngine.newInstance();
          case "Serpent" -> new SerpentEngine();
          case "Twofish" -> new TwofishEngine();
          case "Camellia" -> new CamelliaEngine();
          case "Kuznyechik" -> new GOST3412_2015Engine();
          default -> throw new IllegalArgumentException(name);
        };
    engine.init(encrypt, new KeyParameter(keys, number * KEY, KEY));
    return engine;
  }

  /** Decrypts units in place: each cipher in XTS over the whole unit, the last one first. */
  private void decrypt(byte[] keys, byte[] bytes, int from, int to, int unitBytes, long first) {
    String[] names = chain.split("-", -1);
    for (int i = 0; i < names.length; i++) {
      int number = names.length - 1 - i;
      BlockCipher data = engine(names[i], false, keys, number);
      BlockCipher tweaks = engine(names[i], true, keys, names.length + number);
      byte[] tweak = new byte[BLOCK];
      for (int at = from; at < to; at += BLOCK) {
        if ((at - from) % unitBytes == 0) {
          long unit = first + (at - from) / unitBytes;
          ByteBuffer.wrap(tweak).order(ByteOrder.LITTLE_ENDIAN).putLong(unit).putLong(0);
          tweaks.processBlock(tweak, 0, tweak, 0);
        }
        xor(bytes, at, tweak);
        data.processBlock(bytes, at, bytes, at);
        xor(bytes, at, tweak);
        twice(tweak);
      }
    }
  }

  private static void xor(byte[] bytes, int at, byte[] tweak) {
    for (int i = 0; i < BLOCK; i++) {
      bytes[at + i] ^= tweak[i];
    }
  }

  /** Multiplies by x modulo x^128 + x^7 + x^2 + x + 1, byte 0 being the lowest. */
  private static void twice(byte[] tweak) {
    int carry = 0;
    for (int i = 0; i < BLOCK; i++) {
      int shifted = (tweak[i] & 0xFF) << 1 | carry;
      tweak[i] = (byte) shifted;
      carry = shifted >> 8;
    }
    tweak[0] ^= (byte) (carry * 0x87);
  }
}
