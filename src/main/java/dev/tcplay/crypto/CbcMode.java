package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.crypto.kernel.CbcWorker;
import dev.tcplay.crypto.kernel.UnitWorker;
import dev.tcplay.crypto.kernel.WorkerCascade;
import java.util.ArrayList;
import java.util.List;

/**
 * CBC with whitening: a seed of initialization vectors and whitening, then the ciphers' keys in key
 * order; units count from 1 at the start of the volume's data.
 *
 * <p>Ciphers of 16-byte blocks share one chain of blocks, TrueCrypt's outer CBC. In a cascade with
 * blocks of two sizes each cipher is a complete pass, with whitening of its own: its inner CBC.
 */
final class CbcMode implements CipherMode {

  /** Keys a pass of some ciphers, whose keys begin at an index. */
  @FunctionalInterface
  private interface Pass {
    CbcWorker key(List<BlockCipher> ciphers, int keysAt);
  }

  @Override
  public String id() {
    return "cbc";
  }

  @Override
  public List<CipherChain> chains() {
    return CipherChain.all().stream().filter(CipherChain::isTrueCrypts).toList();
  }

  @Override
  public KeyLayout layout(CipherChain chain) {
    return KeyLayout.seeded(chain);
  }

  @Override
  public long firstUnit(long dataOffset) {
    return 1;
  }

  @Override
  public DataUnitCipher dataCipher(CipherChain chain, byte[] keys, int offset) {
    return new PooledCipher(
        keys,
        offset,
        layout(chain).bytes(),
        copy -> worker(chain, (ciphers, at) -> CbcWorker.ofUnits(ciphers, copy, at)));
  }

  private static UnitWorker worker(CipherChain chain, Pass pass) {
    List<BlockCipher> ciphers = chain.keyOrder();
    if (ciphers.size() == 1 || chain.hasBlocksOf(BlockCipher.BLOCK_BYTES)) {
      return pass.key(ciphers, KeyLayout.SEED_BYTES);
    }
    List<UnitWorker> passes = new ArrayList<>();
    int at = KeyLayout.SEED_BYTES;
    for (BlockCipher cipher : ciphers) {
      passes.add(pass.key(List.of(cipher), at));
      at += cipher.keyBytes();
    }
    return new WorkerCascade(passes);
  }

  @Override
  public void encryptHeader(CipherChain chain, byte[] key, byte[] header, int saltBytes) {
    UnitWorker worker = headerWorker(chain, key, header, saltBytes);
    try {
      worker.encrypt(0, header, saltBytes, header, saltBytes, header.length - saltBytes);
    } finally {
      worker.wipe();
    }
  }

  @Override
  public void decryptHeader(CipherChain chain, byte[] key, byte[] header, int saltBytes) {
    UnitWorker worker = headerWorker(chain, key, header, saltBytes);
    try {
      worker.decrypt(0, header, saltBytes, header, saltBytes, header.length - saltBytes);
    } finally {
      worker.wipe();
    }
  }

  private static UnitWorker headerWorker(
      CipherChain chain, byte[] key, byte[] header, int saltBytes) {
    int length = HeaderUnits.checkedLength(header, saltBytes);
    return worker(chain, (ciphers, at) -> CbcWorker.ofHeader(ciphers, key, at, length));
  }
}
