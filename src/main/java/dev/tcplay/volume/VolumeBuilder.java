package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.ZeroDevice;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.crypto.DataUnitCipher;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.KeySettings;
import dev.tcplay.model.Keys;
import dev.tcplay.model.WriteListener;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes normal volumes in files of any provider: VeraCrypt's of the newest header version with
 * SHA-512 and AES unless told otherwise. Secrets are copied when a volume is made, and wiped then.
 * For one thread; makes any number of volumes, each with keys and salts of its own.
 *
 * <p>The places of hidden headers hold noise, which is ciphertext under a key that nobody has.
 * VeraCrypt for Linux writes a header under a random key there, which comes to the same: neither
 * can be told from the other, nor from the header of a hidden volume.
 */
public final class VolumeBuilder extends KeySettings<VolumeBuilder> {

  /** Writes what a new volume is to hold. */
  @FunctionalInterface
  public interface Filling {

    /**
     * Writes into the plaintext of a volume, which is as long as its data area and stays open.
     *
     * @throws IllegalArgumentException if nothing that is wanted fits into it
     */
    void fill(BlockDevice plaintext) throws IOException;
  }

  /** The smallest volume that VeraCrypt makes, headers included, in bytes. */
  public static final long MIN_SIZE = 299_008;

  /** The smallest volume of header version 1 to 3, which TrueCrypt made, in bytes. */
  public static final long OLD_MIN_SIZE = 19_456;

  /** The largest volume, headers included, in bytes: 1 PiB, the bound of XTS. */
  public static final long MAX_SIZE = 1L << 50;

  private static final int UNIT = DataUnitCipher.DATA_UNIT;

  private VolumeFormat format = VolumeFormat.VERACRYPT;
  private int version = TrueCryptHeader.NEWEST_VERSION;
  private @Nullable CipherMode mode;
  private long size;
  private @Nullable Path contents;
  private @Nullable Filling filling;
  private @Nullable WriteListener progress;
  private boolean quick;
  private boolean replaceExisting;
  private SecureRandom random = new SecureRandom();

  /** Makes a builder without a password. */
  public VolumeBuilder() {}

  /** Sets the format of the volume. */
  public VolumeBuilder format(VolumeFormat value) {
    format = value;
    return this;
  }

  /** Sets the header version: of TrueCrypt 1 to 5, of VeraCrypt 4 or 5, which is the default. */
  public VolumeBuilder headerVersion(int value) {
    version = value;
    return this;
  }

  /**
   * Sets the mode: CBC for header version 1, LRW (the default) or CBC for 2, else XTS.
   *
   * @param value null for the default
   */
  public VolumeBuilder mode(@Nullable CipherMode value) {
    mode = value;
    return this;
  }

  /**
   * Sets the size of the whole file in bytes, of which 262144 are headers: a multiple of 512 from
   * {@link #MIN_SIZE} to {@link #MAX_SIZE}. Up to header version 3 headers take 512 bytes, and the
   * least is {@link #OLD_MIN_SIZE}. 0, the default: as much as the contents need.
   */
  public VolumeBuilder size(long bytes) {
    size = bytes;
    return this;
  }

  /** Sets the file whose bytes the plaintext begins with, such as the image of a file system. */
  public VolumeBuilder contents(Path image) {
    contents = image;
    return this;
  }

  /**
   * Sets who writes into the volume before it is moved into place, such as the formatter of a file
   * system. It is rehearsed first, on a device that forgets, so that what does not fit is refused
   * before anything is written.
   */
  public VolumeBuilder filling(Filling value) {
    filling = value;
    return this;
  }

  /** Sets who learns how far the writing has come. */
  public VolumeBuilder progress(WriteListener listener) {
    progress = listener;
    return this;
  }

  /**
   * Sets whether to leave what the contents do not fill as zeros, a hole where the host has holes.
   * Fast, but everyone sees how much of the volume is in use. By default it is filled with noise.
   */
  public VolumeBuilder quick(boolean value) {
    quick = value;
    return this;
  }

  /** Sets whether a file that exists is replaced. By default it is not. */
  public VolumeBuilder replaceExisting(boolean value) {
    replaceExisting = value;
    return this;
  }

  /** Sets where keys, salts and noise come from. */
  public VolumeBuilder random(SecureRandom source) {
    random = source;
    return this;
  }

  /**
   * Makes the volume. It is written beside the file and moved into place when it is whole, so that
   * a failure leaves everything as it was.
   *
   * @throws IllegalArgumentException naming the setting that cannot be, and what is expected
   * @throws FileAlreadyExistsException if the file exists and is not to be replaced
   * @throws InterruptedIOException if the thread is interrupted while a key is derived; its flag
   *     stays set
   * @throws IOException if reading the contents or a keyfile, or writing fails
   * @throws IllegalStateException if the keys are closed
   */
  public void create(Path file) throws IOException {
    try (Keys keys = readKeys();
        Secrets secrets = Secrets.of(keys)) {
      create(file, keys, secrets);
    }
  }

  private void create(Path file, Keys keys, Secrets secrets) throws IOException {
    HeaderFamily family = NewVolume.family(format, version);
    CipherMode chosen = NewVolume.mode(version, mode);
    String cipher = keys.cipher().orElse("AES");
    CipherChain chain = Arguments.parse("cipher", cipher, CipherChain::parse);
    Prf usual = family.costs().prfs().get(0);
    Prf prf = keys.hash().map(name -> Arguments.parseHash(name, format)).orElse(usual);
    int pim = keys.pim().orElse(0);
    Arguments.demand(!secrets.isEmpty(), "password: expected at least one byte, or a keyfile");
    Arguments.checkFamilyHas(family, chosen, prf, chain, pim);
    Arguments.checkNamedMode(cipher, chosen);
    secrets.checkFit(format);
    CipherSuite suite = family.suite(chosen, chain);
    NewVolume volume = new NewVolume(family, suite, version, totalSize());
    if (!replaceExisting && Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    rehearse(volume.dataLength());
    byte[] keyArea = MasterKeys.create(suite, family.codec().keyAreaBytes(), random);
    try (DataUnitCipher data = suite.dataCipher(keyArea, 0);
        Noise noise = new Noise(random)) {
      HeaderSealer sealer =
          new HeaderSealer(family.costs().kdf(prf, pim), suite, family.codec().saltBytes(), random);
      List<byte[]> headers = seal(volume, sealer, secrets, keyArea, file);
      new VolumeWriter(volume, headers, data, noise, quick, progress)
          .write(file, contents, filling, replaceExisting);
    } finally {
      Arrays.fill(keyArea, (byte) 0);
    }
  }

  private void rehearse(long dataLength) throws IOException {
    if (filling != null) {
      try (BlockDevice forgetful = new ZeroDevice(dataLength)) {
        filling.fill(forgetful);
      }
    }
  }

  private long totalSize() throws IOException {
    Arguments.demand(
        contents == null || !Files.isDirectory(contents),
        "contents: expected a file, not a directory");
    long least = version < TrueCryptLayout.FIRST_VERSION_WITH_SLOTS ? OLD_MIN_SIZE : MIN_SIZE;
    long wanted = contents == null ? 0 : Files.size(contents);
    long needed = (wanted + UNIT - 1) / UNIT * UNIT + NewVolume.overhead(version);
    long total = size == 0 ? Math.max(needed, least) : size;
    Arguments.demand(
        total >= least && total <= MAX_SIZE && total % UNIT == 0,
        "size: expected a multiple of %d from %d to %d, not %d"
            .formatted(UNIT, least, MAX_SIZE, total));
    Arguments.demand(
        needed <= total,
        "size: expected at least %d for the contents, not %d".formatted(needed, total));
    return total;
  }

  /** Returns the header and its backup, if there is one: one plaintext, a salt for each. */
  private List<byte[]> seal(
      NewVolume volume, HeaderSealer sealer, Secrets secrets, byte[] keyArea, Path file)
      throws IOException {
    byte[] plaintext = volume.family().codec().encode(volume.fields(Instant.now()), keyArea);
    try {
      return sealer.seal(volume.headers(), plaintext, format, secrets, file.toString());
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "VolumeBuilder[%s]".formatted(format.displayName());
  }
}
