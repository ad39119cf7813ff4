package dev.tcplay.volume;

import dev.tcplay.crypto.CipherChain;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One header against one key derivation, under every chain in question. */
final class HeaderTrial {

  private final HeaderSlot slot;
  private final byte[] encrypted;
  private final HeaderKdf kdf;
  private final List<CipherChain> chains;
  private boolean damaged;

  /**
   * Makes a trial that has tried nothing.
   *
   * @param encrypted the bytes in the slot; not changed
   * @param chains at least one, those that need few key bytes first
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

  List<CipherChain> chains() {
    return chains;
  }

  /** Returns a copy of the header's salt. */
  byte[] salt() {
    return Arrays.copyOf(encrypted, HeaderCodec.SALT_BYTES);
  }

  /** Returns whether the trial met a header with the right signature and a wrong CRC. */
  boolean metDamage() {
    return damaged;
  }

  /**
   * Has the platform load what the first chain needs. In a fresh process that takes as long as a
   * short derivation.
   */
  void prepare() {
    CipherChain first = chains.get(0);
    Mode.XTS.decryptHeader(first, new byte[Mode.XTS.keyBytes(first)], encrypted);
  }

  /**
   * Returns the header if a key opens it under a chain, else null.
   *
   * @param key begins with the bytes that the chain needs; not changed
   */
  @Nullable UnlockedHeader open(CipherChain chain, Mode mode, byte[] key) {
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
