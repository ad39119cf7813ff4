package dev.tcplay.volume;

import dev.tcplay.VolumeInfo;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.DataUnitCipher;
import java.util.Arrays;

/** A header that a key has opened, its CRCs checked. Owns the plaintext and wipes it. */
final class UnlockedHeader implements AutoCloseable {

  private final HeaderSlot slot;
  private final HeaderKdf kdf;
  private final CipherChain chain;
  private final Mode mode;
  private final VolumeHeader fields;
  private final byte[] plaintext;

  /** Takes over a plaintext that was judged intact. */
  UnlockedHeader(HeaderSlot slot, HeaderKdf kdf, CipherChain chain, Mode mode, byte[] plaintext) {
    this.slot = slot;
    this.kdf = kdf;
    this.chain = chain;
    this.mode = mode;
    this.plaintext = plaintext;
    this.fields = HeaderCodec.decode(plaintext, kdf.format());
  }

  HeaderSlot slot() {
    return slot;
  }

  VolumeFormat format() {
    return kdf.format();
  }

  VolumeHeader fields() {
    return fields;
  }

  /** Returns the plaintext itself, salt included: secret, and wiped by {@link #close}. */
  byte[] plaintext() {
    return plaintext;
  }

  /** Returns the cipher of the data area, with keys of its own. */
  DataUnitCipher dataCipher() {
    return mode.dataCipher(chain, plaintext, HeaderCodec.KEYS);
  }

  /** Returns the facts of the volume whose data lie in an area. */
  VolumeInfo info(DataArea area) {
    return new VolumeInfo(
        kdf.format().displayName(),
        kdf.prf().id(),
        kdf.iterations(),
        kdf.memoryKiB(),
        chain.veraCryptName(),
        mode.id(),
        fields.kind().id(),
        area.offset(),
        area.length(),
        area.firstUnit(),
        fields.sectorSize());
  }

  @Override
  public void close() {
    Arrays.fill(plaintext, (byte) 0);
  }
}
