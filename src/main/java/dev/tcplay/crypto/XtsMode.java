package dev.tcplay.crypto;

import dev.tcplay.crypto.KeyLayout.CipherKeys;
import dev.tcplay.crypto.kernel.BlockCipher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** XTS: all primary keys in key order, then all tweak keys; units count from the host's start. */
final class XtsMode implements CipherMode {

  @Override
  public String id() {
    return "xts";
  }

  @Override
  public List<CipherChain> chains() {
    return CipherChain.all();
  }

  @Override
  public KeyLayout layout(CipherChain chain) {
    List<CipherKeys> keys = new ArrayList<>();
    int at = 0;
    for (BlockCipher cipher : chain.keyOrder()) {
      keys.add(new CipherKeys(cipher, at, chain.keyBytes() + at));
      at += cipher.keyBytes();
    }
    return new KeyLayout(2 * chain.keyBytes(), keys);
  }

  @Override
  public long firstUnit(long dataOffset) {
    return dataOffset / DataUnitCipher.DATA_UNIT;
  }

  @Override
  public DataUnitCipher dataCipher(CipherChain chain, byte[] keys, int offset) {
    return Xts.create(chain, keys, offset);
  }

  @Override
  public void encryptHeader(CipherChain chain, byte[] key, byte[] header, int saltBytes) {
    crypt(chain, key, header, saltBytes, true);
  }

  @Override
  public void decryptHeader(CipherChain chain, byte[] key, byte[] header, int saltBytes) {
    crypt(chain, key, header, saltBytes, false);
  }

  /**
   * All behind the salt is counted from data unit 0. The last unit is shorter than others; as no
   * block depends on the ones after it, the missing bytes may be any.
   */
  private static void crypt(
      CipherChain chain, byte[] key, byte[] header, int saltBytes, boolean encrypt) {
    int length = header.length - saltBytes;
    if (length % BlockCipher.BLOCK_BYTES != 0) {
      throw new IllegalArgumentException(length + " bytes of a header are no whole blocks");
    }
    int unit = DataUnitCipher.DATA_UNIT;
    byte[] units = new byte[(length + unit - 1) / unit * unit];
    System.arraycopy(header, saltBytes, units, 0, length);
    try (DataUnitCipher cipher = Xts.create(chain, key, 0)) {
      if (encrypt) {
        cipher.encrypt(0, units, 0, units, 0, units.length);
      } else {
        cipher.decrypt(0, units, 0, units, 0, units.length);
      }
      System.arraycopy(units, 0, header, saltBytes, length);
    } finally {
      Arrays.fill(units, (byte) 0);
    }
  }
}
