package dev.tcplay.volume;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.model.KeySettings;
import dev.tcplay.model.Keys;
import dev.tcplay.model.WriteListener;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes volumes, in files of any provider and in devices: VeraCrypt's of the newest header version
 * with SHA-512 and AES unless told otherwise. Secrets are copied when a volume is made, and wiped
 * then. For one thread; makes any number of volumes, each with keys and salts of its own.
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

  private static final int SECTOR = 512;

  private static final String QUICK =
      "free space is not filled with noise: everyone sees how much is in use, and where a hidden"
          + " volume lies";

  private VolumeFormat format = VolumeFormat.VERACRYPT;
  private int version = TrueCryptHeader.NEWEST_VERSION;
  private @Nullable CipherMode mode;
  private long size;
  private @Nullable Filling filling;
  private @Nullable VolumeBuilder hidden;
  private @Nullable WriteListener progress;
  private Consumer<String> advice = sentence -> {};
  private boolean quick;
  private boolean replaceExisting;
  private boolean resume;
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
   * {@link VolumeSizes#MIN_SIZE} to {@link VolumeSizes#MAX_SIZE}. Up to header version 3 headers
   * take 512 bytes, and the least is {@link VolumeSizes#OLD_MIN_SIZE}. 0, the default: as much as
   * the contents need, or as the host has. Of a hidden volume: how much of the outer one it takes,
   * a multiple of 512 from {@link VolumeSizes#MIN_HIDDEN_SIZE} on.
   */
  public VolumeBuilder size(long bytes) {
    size = bytes;
    return this;
  }

  /**
   * Sets the file whose bytes the plaintext begins with, such as the image of a file system, in the
   * place of a filling.
   */
  public VolumeBuilder contents(Path image) {
    return filling(new VolumeContents(image));
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

  /** Sets who is told, before anything is written, what weakens the volume, a sentence each. */
  public VolumeBuilder advice(Consumer<String> listener) {
    advice = listener;
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

  /**
   * Sets whether to go on with what an earlier attempt has left beside the file, under its name
   * with {@code .part} behind it, and to leave that there if this attempt fails, too.
   */
  public VolumeBuilder resume(boolean value) {
    resume = value;
    return this;
  }

  /**
   * Sets a hidden volume that is made in the new one, of what that builder says of a volume: its
   * keys, format, size and filling.
   */
  public VolumeBuilder hidden(VolumeBuilder inside) {
    hidden = inside;
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
   * Makes the volume as a file. It is written beside its place and moved there when it is whole, so
   * that a failure leaves everything as it was.
   *
   * @throws IllegalArgumentException naming the setting that cannot be, and what is expected
   * @throws FileAlreadyExistsException if the file exists and is not to be replaced
   * @throws InterruptedIOException if the thread is interrupted while a key is derived; its flag
   *     stays set
   * @throws IOException if reading the contents or a keyfile, or writing fails
   * @throws IllegalStateException if the keys are closed
   */
  public void create(Path file) throws IOException {
    try (VolumeRecipe outer = normal(size, SECTOR);
        VolumeRecipe inner = inside(outer.volume())) {
      if (!replaceExisting && Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      write(outer, inner, file.toString(), writer -> writer.toFile(file, replaceExisting, resume));
    }
  }

  /**
   * Makes the volume in a host, from its first byte to its last. What was there is lost, and it
   * opens by no password until all is written.
   *
   * @param host stays open
   * @param name what exceptions call it
   * @param from where to go on with an earlier attempt, as its exception says, else 0
   * @throws IllegalArgumentException as {@link #create} says; nothing was written
   * @throws java.nio.file.FileSystemException if the host fails or the thread is interrupted; it
   *     says how to go on
   * @throws IOException as {@link #create} says; nothing was written
   */
  public void createInPlace(BlockDevice host, String name, long from) throws IOException {
    Arguments.demand(
        size == 0 || size == host.size(),
        "size: expected that of what is there, %d, not %d".formatted(host.size(), size));
    Arguments.demand(
        from >= 0 && from <= host.size(),
        "resumeAt: expected 0 to %d, not %d".formatted(host.size(), from));
    try (VolumeRecipe outer = normal(host.size(), host.sectorSize());
        VolumeRecipe inner = inside(outer.volume())) {
      write(outer, inner, name, writer -> writer.inPlace(host, name, from));
    }
  }

  /**
   * Makes a hidden volume at the end of a normal one. What is there must be free in it.
   *
   * @param host the container from its first byte to its last, with slots of both headers at both
   *     ends; stays open
   * @param name what exceptions call it
   * @param outer what opens the normal volume; stays the caller's
   * @throws IllegalArgumentException as {@link #create} says; nothing was written
   * @throws IOException as {@link #create} says; the outer volume is whole in any case
   */
  public void createHidden(BlockDevice host, String name, Keys outer) throws IOException {
    try (VolumeRecipe recipe = hidden(host.size(), host.sectorSize());
        Secrets around = Secrets.of(outer)) {
      recipe.checkDiffers(around);
      write(recipe, null, name, writer -> writer.intoFreeEnd(host, name));
    }
  }

  /** Returns how much of a file an attempt has left that can be resumed; 0 if there is none. */
  public static long partLength(Path file) throws IOException {
    Path part = UnfinishedFile.partOf(file);
    return Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS) ? Files.size(part) : 0;
  }

  /** Does the writing of volumes that have their keys. */
  private interface Writing {
    void by(VolumeWriter writer) throws IOException;
  }

  private void write(VolumeRecipe first, @Nullable VolumeRecipe inside, String name, Writing work)
      throws IOException {
    first.rehearse();
    first.advice().forEach(advice);
    if (inside != null) {
      inside.checkDiffers(first.secrets());
      inside.rehearse();
      inside.advice().forEach(text -> advice.accept("hidden volume: " + text));
    }
    if (quick) {
      advice.accept(QUICK);
    }
    try (SealedVolume outer = first.seal(random, name);
        SealedVolume inner = inside == null ? null : inside.seal(random, name)) {
      List<SealedVolume> volumes = inner == null ? List.of(outer) : List.of(outer, inner);
      work.by(new VolumeWriter(volumes, quick, random, progress));
    }
  }

  private @Nullable VolumeRecipe inside(NewVolume outer) throws IOException {
    if (hidden == null) {
      return null;
    }
    Arguments.demand(
        outer.hasSlots(), "headerVersion: expected 4 or 5 for an outer volume, not " + version);
    return hidden.hidden(outer.total(), outer.sectorSize());
  }

  private VolumeRecipe normal(long wanted, int sectorSize) throws IOException {
    long needed = filling instanceof VolumeContents contents ? contents.size() : 0;
    long total = VolumeSizes.total(version, wanted, needed);
    return recipe((family, suite) -> NewVolume.normal(family, suite, version, total, sectorSize));
  }

  private VolumeRecipe hidden(long total, int sectorSize) throws IOException {
    VolumeSizes.checkHidden(version, size, total, sectorSize);
    return recipe(
        (family, suite) -> NewVolume.hidden(family, suite, version, total, size, sectorSize));
  }

  /** Checks everything but sizes, and reads the password if a file holds it. */
  private VolumeRecipe recipe(VolumeRecipe.Place place) throws IOException {
    Keys keys = readKeys();
    Secrets secrets = null;
    try {
      secrets = Secrets.of(keys);
      return VolumeRecipe.of(
          format, version, NewVolume.mode(version, mode), keys, secrets, place, filling);
    } catch (IOException | RuntimeException e) {
      if (secrets != null) {
        secrets.close();
      }
      keys.close();
      throw e;
    }
  }

  @Override
  public String toString() {
    return "VolumeBuilder[%s]".formatted(format.displayName());
  }
}
