package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.EncryptedScope;
import dev.tcplay.model.Keys;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** Volumes of each kind that has one header only. */
abstract class SingleHeaders {

  static final String OLD = SystemDrives.PASSWORD;
  static final String NEW = "new password";
  private static final int SCOPE = 65_536;

  @TempDir Path folder;

  /** A volume, or a drive. */
  static final class Sample {

    private final String name;
    private final byte[] image;
    private final int place;
    private final Keys hints;
    private final boolean system;
    private final boolean hidden;

    /**
     * Describes one.
     *
     * @param image the whole container
     * @param place where its header stands
     * @param hints what makes it quick to open
     */
    Sample(String name, byte[] image, int place, Keys hints, boolean system, boolean hidden) {
      this.name = name;
      this.image = image;
      this.place = place;
      this.hints = hints;
      this.system = system;
      this.hidden = hidden;
    }

    String name() {
      return name;
    }

    byte[] image() {
      return image;
    }

    int place() {
      return place;
    }

    boolean system() {
      return system;
    }

    boolean hidden() {
      return hidden;
    }

    UnlockRequest.Builder by(String password) {
      UnlockRequest.Builder builder =
          UnlockRequest.builder().keys(builder(password).build()).system(system);
      return system ? builder : builder.hidden(hidden);
    }

    /** Returns a builder of keys that open it. */
    Keys.Builder builder(String password) {
      Keys.Builder builder = Keys.builder().password(password);
      hints.hash().ifPresent(builder::hash);
      hints.cipher().ifPresent(builder::cipher);
      return builder;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Returns a sample of each header version, mode and kind. */
  List<Sample> old() throws Exception {
    List<Sample> all = new ArrayList<>();
    for (HiddenVolume hidden :
        List.of(
            HiddenVolume.aes(CipherMode.CBC, 1),
            HiddenVolume.aes(CipherMode.CBC, 2),
            HiddenVolume.aes(CipherMode.LRW, 2),
            HiddenVolume.aes(CipherMode.XTS, 3))) {
      for (boolean isHidden : new boolean[] {false, true}) {
        all.add(old(hidden, isHidden));
      }
    }
    return all;
  }

  private Sample old(HiddenVolume hidden, boolean isHidden) throws Exception {
    String name = hidden.suite().mode().id() + hidden.version() + (isHidden ? " hidden" : "");
    Path file = folder.resolve(name);
    new VolumeBuilder()
        .format(VolumeFormat.TRUECRYPT)
        .headerVersion(hidden.version())
        .mode(hidden.suite().mode())
        .hash(hidden.prf().id())
        .password(isHidden ? "outer" : OLD)
        .size(40_960)
        .create(file);
    byte[] image = Files.readAllBytes(file);
    if (isHidden) {
      try (BlockDevice host = StoredHeaders.device(image)) {
        byte[] plaintext = new byte[8192];
        new Random(name.hashCode()).nextBytes(plaintext);
        hidden.put(host, OLD.getBytes(StandardCharsets.UTF_8), plaintext);
        image = StoredHeaders.bytes(host);
      }
    }
    Keys hints = Keys.builder().hash(hidden.prf().id()).cipher("AES").build();
    return new Sample(name, image, isHidden ? image.length - 1536 : 0, hints, false, isHidden);
  }

  /** Returns a drive of each format, in whose scope an NTFS volume seems to begin. */
  static List<Sample> systems() {
    List<Sample> all = new ArrayList<>();
    for (HeaderFamily family : HeaderFamily.system()) {
      Prf prf = family.equals(HeaderFamily.TRUECRYPT_SYSTEM) ? Prf.RIPEMD160 : Prf.SHA256;
      byte[] disk = new byte[1 << 18];
      new Random(Seeds.of("SingleHeaders")).nextBytes(disk);
      byte[] mark = "NTFS    ".getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(mark, 0, disk, SCOPE + 3, mark.length);
      EncryptedScope scope = new EncryptedScope(SCOPE, SCOPE, SCOPE);
      SystemDrives.encrypt(disk, family, prf, "AES", scope);
      Keys hints = Keys.builder().hash(prf.id()).cipher("AES").build();
      all.add(
          new Sample("system " + family.format(), disk, SystemLayout.HEADER, hints, true, false));
    }
    return all;
  }

  static void assertOnlyOneSectorDiffers(Sample sample, byte[] after) {
    byte[] before = sample.image().clone();
    assertTrue(Arrays.mismatch(before, after) >= sample.place());
    System.arraycopy(after, sample.place(), before, sample.place(), 512);
    assertArrayEquals(before, after);
  }

  /** Returns the start of what is encrypted, null if nothing opens. */
  static byte @Nullable [] plaintext(Sample sample, byte[] image, UnlockRequest.Builder builder)
      throws IOException {
    if (!sample.system()) {
      return StoredHeaders.plaintext(image, builder);
    }
    try (BlockDevice host = StoredHeaders.device(image);
        UnlockRequest request = builder.build();
        BlockDevice disk = Unlocker.open(host, "disk", request).plaintext()) {
      byte[] first = new byte[4096];
      disk.read(SCOPE, first, 0, first.length);
      return first;
    } catch (WrongPasswordException | CorruptHeaderException e) {
      return null; // half a header is none
    }
  }
}
