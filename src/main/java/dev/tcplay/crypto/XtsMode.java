package dev.tcplay.crypto;

import dev.tcplay.crypto.KeyLayout.CipherKeys;
import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.crypto.kernel.XtsWorker;
import java.util.ArrayList;
import java.util.List;

/**
 * XTS: all primary keys in key order, then all tweak keys; units count from the host's start. In a
 * cascade each cipher is a complete XTS pass with a tweak key of its own and the same unit number.
 */
final class XtsMode implements CipherMode {

  @Override
  public String id() {
    return "xts";
  }

  @Override
  public String tweak() {
    return "plain64";
  }

  @Override
  public List<CipherChain> chains() {
    return CipherChain.all().stream()
        .filter(chain -> chain.hasBlocksOf(BlockCipher.BLOCK_BYTES))
        .toList();
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
    return new PooledCipher(
        keys, offset, 2 * chain.keyBytes(), copy -> new XtsWorker(chain.keyOrder(), copy));
  }

  @Override
  public void encryptHeader(CipherChain chain, byte[] key, byte[] header, int saltBytes) {
    HeaderUnits.encrypt(dataCipher(chain, key, 0), header, saltBytes);
  }

  @Override
  public void decryptHeader(CipherChain chain, byte[] key, byte[] header, int saltBytes) {
    HeaderUnits.decrypt(dataCipher(chain, key, 0), header, saltBytes);
  }
}
