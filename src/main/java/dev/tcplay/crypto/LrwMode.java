package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.crypto.kernel.LrwWorker;
import java.util.List;

/**
 * LRW: a seed that begins with the tweak key, then the ciphers' keys in key order; units count from
 * the start of the volume's data. All ciphers of a chain have blocks of one size.
 */
final class LrwMode implements CipherMode {

  private static final int SHORT_BLOCK_BYTES = 8;

  @Override
  public String id() {
    return "lrw";
  }

  @Override
  public String tweak() {
    return "benbi";
  }

  @Override
  public List<CipherChain> chains() {
    return CipherChain.all().stream()
        .filter(CipherChain::isTrueCrypts)
        .filter(
            chain ->
                chain.hasBlocksOf(BlockCipher.BLOCK_BYTES) || chain.hasBlocksOf(SHORT_BLOCK_BYTES))
        .toList();
  }

  @Override
  public KeyLayout layout(CipherChain chain) {
    return KeyLayout.seeded(chain);
  }

  @Override
  public long firstUnit(long dataOffset) {
    return 0;
  }

  @Override
  public DataUnitCipher dataCipher(CipherChain chain, byte[] keys, int offset) {
    return new PooledCipher(
        keys,
        offset,
        layout(chain).bytes(),
        copy -> new LrwWorker(chain.keyOrder(), copy, KeyLayout.SEED_BYTES));
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
