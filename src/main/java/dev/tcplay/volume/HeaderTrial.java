package dev.tcplay.volume;

import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.InsufficientMemoryException;
import dev.tcplay.crypto.KeyDerivation;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One header against one key derivation, under every chain in question. Chains that need few key
 * bytes come first, and no more bytes are derived than the next chain needs.
 */
final class HeaderTrial {

  private final HeaderSlot slot;
  private final byte[] encrypted;
  private final HeaderKdf kdf;
  private final List<CipherChain> chains;
  private volatile boolean damaged;

  /**
   * Makes a trial that has computed nothing.
   *
   * @param encrypted the bytes in the slot; not changed
   */
  HeaderTrial(HeaderSlot slot, byte[] encrypted, HeaderKdf kdf, List<CipherChain> chains) {
    this.slot = slot;
    this.encrypted = encrypted;
    this.kdf = kdf;
    this.chains = chains;
  }

  HeaderSlot slot() {
    return slot;
  }

  HeaderKdf kdf() {
    return kdf;
  }

  /** Returns whether the trial met a header with the right signature and a wrong CRC. */
  boolean metDamage() {
    return damaged;
  }

  /**
   * Returns the header if the password opens it, else null.
   *
   * @param password input of the key derivation; not changed
   * @throws InterruptedException if the thread is interrupted; everything is then wiped
   */
  @Nullable UnlockedHeader run(byte[] password)
      throws InterruptedException, InsufficientMemoryException {
    byte[] salt = Arrays.copyOf(encrypted, HeaderCodec.SALT_BYTES);
    byte[] key = new byte[KeyDerivation.MAX_BYTES];
    try (KeyDerivation derivation = kdf.start(password, salt)) {
      for (CipherChain chain : chains) {
        derivation.derive(Mode.XTS.keyBytes(chain), key, 0);
        UnlockedHeader header = open(chain, Mode.XTS, key);
        if (header != null) {
          return header;
        }
      }
      return null;
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private @Nullable UnlockedHeader open(CipherChain chain, Mode mode, byte[] key) {
    byte[] plaintext = mode.decryptHeader(chain, key, encrypted);
    HeaderCodec.Verdict verdict = HeaderCodec.judge(plaintext, kdf.format());
    if (verdict == HeaderCodec.Verdict.INTACT) {
      return new UnlockedHeader(slot, kdf, chain, mode, plaintext);
    }
    if (verdict == HeaderCodec.Verdict.DAMAGED) {
      damaged = true;
    }
    Arrays.fill(plaintext, (byte) 0);
    return null;
  }
}
