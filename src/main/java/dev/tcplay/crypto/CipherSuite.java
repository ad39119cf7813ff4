package dev.tcplay.crypto;

import dev.tcplay.crypto.kernel.Kernels;
import java.util.Locale;
import java.util.Optional;

/**
 * A cipher chain in a mode: all that is needed, beside keys, to decrypt a header and its data.
 *
 * @param mode the mode
 * @param chain one of its chains
 */
public record CipherSuite(CipherMode mode, CipherChain chain) {

  /** Returns how many bytes of a key area, and of a derived key, the suite uses. */
  public int keyBytes() {
    return mode.layout(chain).bytes();
  }

  /** Returns the number of the first data unit of a data area; see {@link CipherMode#firstUnit}. */
  public long firstUnit(long dataOffset) {
    return mode.firstUnit(dataOffset);
  }

  /** Returns the cipher of a data area; see {@link CipherMode#dataCipher}. */
  public DataUnitCipher dataCipher(byte[] keys, int offset) {
    return mode.dataCipher(chain, keys, offset);
  }

  /** Returns what is to be said of a cipher that a missing library has; empty if all are here. */
  public Optional<String> missing() {
    return chain.keyOrder().stream().flatMap(cipher -> Kernels.missing(cipher).stream()).findAny();
  }

  /**
   * Returns an encrypted copy of a header whose salt is in place.
   *
   * @param key begins with {@link #keyBytes} bytes of derived key
   */
  public byte[] encryptedHeader(byte[] key, byte[] header, int saltBytes) {
    byte[] result = header.clone();
    mode.encryptHeader(chain, key, result, saltBytes);
    return result;
  }

  /** Returns a decrypted copy of a header, which the caller wipes. */
  public byte[] decryptedHeader(byte[] key, byte[] header, int saltBytes) {
    byte[] result = header.clone();
    mode.decryptHeader(chain, key, result, saltBytes);
    return result;
  }

  @Override
  public String toString() {
    return chain.veraCryptName() + " in " + mode.id().toUpperCase(Locale.ROOT);
  }
}
