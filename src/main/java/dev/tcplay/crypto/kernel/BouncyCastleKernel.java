package dev.tcplay.crypto.kernel;

import java.util.Arrays;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.CAST5Engine;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.engines.GOST3412_2015Engine;
import org.bouncycastle.crypto.engines.SerpentEngine;
import org.bouncycastle.crypto.engines.TwofishEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The portable kernel, and the reference of all others: Bouncy Castle's engine, block by block. It
 * is the only kernel of the ciphers with 8-byte blocks.
 */
public final class BouncyCastleKernel implements BlockKernel {

  private final BlockCipher cipher;
  private final org.bouncycastle.crypto.BlockCipher encryptor;
  private final org.bouncycastle.crypto.BlockCipher decryptor;

  public BouncyCastleKernel(BlockCipher cipher, byte[] keys, int offset) {
    this.cipher = cipher;
    encryptor = engine(cipher);
    decryptor = engine(cipher);
    key(keys, offset);
  }

  private static org.bouncycastle.crypto.BlockCipher engine(BlockCipher cipher) {
    return switch (cipher) {
      case AES -> AESEngine.newInstance();
      case SERPENT -> new SerpentEngine();
      case TWOFISH -> new TwofishEngine();
      case CAMELLIA -> new CamelliaEngine();
      case KUZNYECHIK -> new GOST3412_2015Engine();
      case BLOWFISH -> new LittleEndianBlowfish();
      case CAST5 -> new CAST5Engine();
      case TRIPLE_DES -> new DESedeEngine();
    };
  }

  private void key(byte[] keys, int offset) {
    KeyParameter key = new KeyParameter(keys, offset, cipher.keyBytes());
    try {
      encryptor.init(true, key);
      decryptor.init(false, key);
    } finally {
      Arrays.fill(key.getKey(), (byte) 0);
    }
  }

  @Override
  public void encrypt(byte[] source, byte[] target, int length) {
    process(encryptor, source, target, length);
  }

  @Override
  public void decrypt(byte[] source, byte[] target, int length) {
    process(decryptor, source, target, length);
  }

  private void process(
      org.bouncycastle.crypto.BlockCipher engine, byte[] source, byte[] target, int length) {
    for (int i = 0; i < length; i += cipher.blockBytes()) {
      engine.processBlock(source, i, target, i);
    }
  }

  /** Keys the engines anew, so that they let go of the old schedule; they offer no way to it. */
  @Override
  public void wipe() {
    key(new byte[cipher.keyBytes()], 0);
  }
}
