package dev.tcplay.volume;

import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.DataUnitCipher;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.EncryptedScope;
import dev.tcplay.model.Encryption;
import dev.tcplay.model.VolumeInfo;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A header that a key has opened, its CRCs checked, unless the request says to ignore them. Owns
 * the plaintext and wipes it.
 */
final class UnlockedHeader implements AutoCloseable {

  private final HeaderFamily family;
  private final HeaderSlot slot;
  private final CipherSuite suite;
  private final HeaderKdf kdf;
  private final UnlockRequest request;
  private final HeaderCodec.Verdict verdict;
  private final VolumeHeader fields;
  private final byte[] plaintext;

  /** What is amiss with the header whose backup this is; null unless it stands in for that. */
  private final @Nullable String standsInFor;

  /** Takes over a plaintext of a family's header. */
  UnlockedHeader(
      HeaderTrial.Candidate found,
      HeaderKdf kdf,
      UnlockRequest request,
      HeaderCodec.Verdict verdict,
      byte[] plaintext) {
    this(found, kdf, request, verdict, plaintext, null);
  }

  private UnlockedHeader(
      HeaderTrial.Candidate found,
      HeaderKdf kdf,
      UnlockRequest request,
      HeaderCodec.Verdict verdict,
      byte[] plaintext,
      @Nullable String standsInFor) {
    this.family = found.family();
    this.slot = found.slot();
    this.suite = found.suite();
    this.kdf = kdf;
    this.request = request;
    this.verdict = verdict;
    this.plaintext = plaintext;
    this.standsInFor = standsInFor;
    this.fields = family.codec().decode(plaintext);
  }

  /**
   * Returns the same header with a warning that it is the backup of another. It takes the place of
   * this one, which is neither used nor closed any more.
   *
   * @param failure what became of the other one
   */
  UnlockedHeader standingInFor(FileSystemException failure) {
    return new UnlockedHeader(
        new HeaderTrial.Candidate(family, slot, suite),
        kdf,
        request,
        verdict,
        plaintext,
        failure instanceof CorruptHeaderException ? "is damaged" : "does not open");
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

  /** Returns the request with the secrets that opened the header. */
  UnlockRequest request() {
    return request;
  }

  /** Returns whether a checksum is wrong, so that nothing may be written. */
  boolean isDamaged() {
    return verdict.isDamaged();
  }

  /** Returns what is amiss though the header opened, a sentence each. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (standsInFor != null) {
      warnings.add(
          "opened by its backup header, as the header %s; 'header restore' (Tcplay.headers) writes it anew"
              .formatted(standsInFor));
    }
    if (isDamaged()) {
      warnings.add(
          "the CRC over the %s of the %s is wrong and was ignored: %s; the volume is read-only"
              .formatted(verdict.part(), slot.name(), verdict.meaning()));
    }
    if (suite.mode() == CipherMode.XTS) {
      String weak = MasterKeys.weakCiphers(suite, plaintext, family.codec().keyArea());
      if (!weak.isEmpty()) {
        warnings.add(
            "weak keys: of %s the key of the data equals the key of the tweaks, by which XTS does"
                    .formatted(weak)
                + " not protect as it should; move the files to a new volume");
      }
    }
    if (!request.takesPassword(format())) {
      warnings.add("opened by " + UnlockFailure.firstBytes(format()));
    }
    if (request.isLatin1()) {
      warnings.add("opened by the password in ISO-8859-1, not in UTF-8");
    }
    return warnings;
  }

  /** Returns the plaintext itself, salt included: secret, and wiped by {@link #close}. */
  byte[] plaintext() {
    return plaintext;
  }

  /**
   * Returns the plaintext that is written in place of the header, with any salt: as it was read, or
   * with checksums made right, or as a header of another family. The caller wipes it.
   */
  byte[] plaintextIn(HeaderFamily wanted) {
    if (wanted.equals(family) && !isDamaged()) {
      return plaintext.clone();
    }
    HeaderCodec codec = family.codec();
    byte[] keyArea =
        Arrays.copyOfRange(plaintext, codec.keyArea(), codec.keyArea() + codec.keyAreaBytes());
    try {
      VolumeHeader written =
          wanted.equals(family)
              ? fields
              : fields.in(wanted.format(), wanted.minimumProgramVersion());
      return wanted.codec().encode(written, keyArea);
    } finally {
      Arrays.fill(keyArea, (byte) 0);
    }
  }

  /** Returns a copy of the keys of the data, as they lie in the header; the caller wipes it. */
  byte[] masterKey() {
    int start = family.codec().keyArea();
    return Arrays.copyOfRange(plaintext, start, start + suite.keyBytes());
  }

  /** Returns the checksum over the area of keys, as it stands in the header. */
  int keyAreaCrc() {
    return family.codec().keyAreaCrc(plaintext);
  }

  /**
   * Returns this header for another length of the data, with the same keys; each is closed by
   * itself. Not for a damaged one.
   */
  UnlockedHeader resized(long length) {
    HeaderCodec codec = family.codec();
    byte[] keyArea =
        Arrays.copyOfRange(plaintext, codec.keyArea(), codec.keyArea() + codec.keyAreaBytes());
    try {
      return new UnlockedHeader(
          new HeaderTrial.Candidate(family, slot, suite),
          kdf,
          request,
          verdict,
          codec.encode(fields.resized(length), keyArea));
    } finally {
      Arrays.fill(keyArea, (byte) 0);
    }
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

  /**
   * Returns the facts of the volume, of a system drive those of the whole disk.
   *
   * @throws CorruptHeaderException naming the field that cannot be
   */
  VolumeInfo info(long hostSize, String hostName) throws CorruptHeaderException {
    return request.hints().system()
        ? SystemDrive.of(this, hostName).info(hostSize)
        : info(locate(hostSize, hostName));
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
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public void close() {
    Arrays.fill(plaintext, (byte) 0);
  }
}
