package dev.tcplay.volume;

import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.DataUnitCipher;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.EncryptedScope;
import dev.tcplay.model.Encryption;
import dev.tcplay.model.VolumeInfo;
import java.util.Arrays;
import java.util.Optional;

/** A header that a key has opened, its CRCs checked. Owns the plaintext and wipes it. */
final class UnlockedHeader implements AutoCloseable {

  private final HeaderFamily family;
  private final HeaderSlot slot;
  private final CipherSuite suite;
  private final HeaderKdf kdf;
  private final VolumeHeader fields;
  private final byte[] plaintext;

  /** Takes over a plaintext that was judged intact. */
  UnlockedHeader(HeaderTrial.Candidate found, HeaderKdf kdf, byte[] plaintext) {
    this.family = found.family();
    this.slot = found.slot();
    this.suite = found.suite();
    this.kdf = kdf;
    this.plaintext = plaintext;
    this.fields = family.codec().decode(plaintext);
  }

  HeaderFamily family() {
    return family;
  }

  HeaderSlot slot() {
    return slot;
  }

  /** Returns mode and chain of header and data. */
  CipherSuite suite() {
    return suite;
  }

  /** Returns how the key that opened the header was derived. */
  HeaderKdf kdf() {
    return kdf;
  }

  VolumeFormat format() {
    return family.format();
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
    return suite.dataCipher(plaintext, family.codec().keyArea());
  }

  /** Returns the data area, once every field is found lawful; see {@link VolumeLayout#locate}. */
  DataArea locate(long hostSize, String hostName) throws CorruptHeaderException {
    return family.layout().locate(fields, slot, hostSize, hostName);
  }

  /** Returns the number of the first data unit of an area. */
  long firstUnit(DataArea area) {
    return suite.firstUnit(area.offset());
  }

  /** Returns the facts of the volume whose data lie in an area. */
  VolumeInfo info(DataArea area) {
    return info(
        fields.kind().id(), area.offset(), area.length(), firstUnit(area), Optional.empty());
  }

  /** Returns the facts of a volume whose data begin with a unit. */
  VolumeInfo info(
      String kind, long offset, long length, long firstUnit, Optional<EncryptedScope> scope) {
    return new VolumeInfo(
        family.format().displayName(),
        Optional.of(
            new Encryption(
                kdf.prf().id(),
                kdf.iterations(),
                kdf.memoryKiB(),
                suite.chain().veraCryptName(),
                suite.mode().id(),
                suite.mode().tweak())),
        kind,
        offset,
        length,
        firstUnit,
        fields.sectorSize(),
        scope,
        Optional.empty());
  }

  @Override
  public void close() {
    Arrays.fill(plaintext, (byte) 0);
  }
}
