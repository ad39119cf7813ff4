package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.model.Keys;
import dev.tcplay.testing.GenuineImages;
import dev.tcplay.testing.SeededRandom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No byte of an outer header says whether there is a hidden volume. */
class HiddenFieldsTest {

  private static final int SIZE = 1 << 20;

  @TempDir private Path folder;

  private static Keys keys(String password) {
    return Keys.builder().password(password).hash("sha512").cipher("AES").build();
  }

  /** The same seed gives the same container, with and without. */
  @ParameterizedTest
  @ValueSource(strings = {"TrueCrypt", "VeraCrypt"})
  void ofContainersThatWeMake(String format) throws IOException {
    Path with = create("with", format);
    Path without = create("without", format);
    HiddenVolumes.create(
        with, format, keys("outer"), keys("hidden"), SIZE / 2, new SeededRandom(22));
    for (boolean backup : List.of(false, true)) {
      UnlockRequest.Builder outer =
          UnlockRequest.builder().keys(keys("outer")).format(format).backupHeader(backup);
      byte[] plaintext = plaintext(with, outer);
      assertArrayEquals(plaintext(without, outer), plaintext);
      assertHeaderIsOfANormalVolume(with, outer);
    }
    byte[] one = Files.readAllBytes(with);
    byte[] other = Files.readAllBytes(without);
    int slot = TrueCryptLayout.SLOT;
    int end = SIZE - TrueCryptLayout.SLOTS;
    assertArrayEquals(Arrays.copyOf(other, slot), Arrays.copyOf(one, slot));
    assertArrayEquals(
        Arrays.copyOfRange(other, end, end + slot), Arrays.copyOfRange(one, end, end + slot));
    assertNotEquals(-1, Arrays.mismatch(one, slot, 2 * slot, other, slot, 2 * slot));
  }

  /** Made in one call, it draws its keys from the same source. */
  @ParameterizedTest
  @ValueSource(strings = {"TrueCrypt", "VeraCrypt"})
  void ofContainersThatWeMakeTogetherWithTheirHiddenVolume(String format) throws IOException {
    Path file = folder.resolve("both");
    Tcplay.create(file)
        .format(format)
        .size(SIZE)
        .keys(keys("outer"))
        .withHidden(SIZE / 2, keys("hidden"))
        .create();
    for (boolean backup : List.of(false, true)) {
      UnlockRequest.Builder outer = UnlockRequest.builder().keys(keys("outer")).format(format);
      assertHeaderIsOfANormalVolume(file, outer.backupHeader(backup));
    }
  }

  private Path create(String name, String format) throws IOException {
    Path file = folder.resolve(name);
    SeededRandom random = new SeededRandom(21);
    Tcplay.create(file).format(format).size(SIZE).keys(keys("outer")).random(random).create();
    return file;
  }

  /** What stands in the header of a normal volume follows from its size, in all of the images. */
  @Test
  void ofContainersThatTrueCryptAndVeraCryptMade() throws IOException {
    List<Map<String, String>> rows = GenuineVolumes.trueCryptTable();
    Set<String> withHidden = new HashSet<>();
    rows.stream().filter(HiddenFieldsTest::isHidden).forEach(r -> withHidden.add(r.get("image")));
    int[] seen = new int[2];
    for (Map<String, String> row : rows) {
      if (!isHidden(row) && !row.get("prf").equals("argon2id")) {
        UnlockRequest.Builder request = GenuineVolumes.hinted(row).hidden(false);
        assertHeaderIsOfANormalVolume(GenuineVolumes.image(row), request);
        seen[withHidden.contains(row.get("image")) ? 1 : 0]++;
      }
    }
    assertTrue(seen[0] > 40 && seen[1] == 5, () -> Arrays.toString(seen));
  }

  private static boolean isHidden(Map<String, String> row) {
    return row.get("kind").equals("hidden");
  }

  @Test
  void ofTheContainersThatVeraCryptOfTodayMade() throws IOException {
    Path images = GenuineImages.folder("veracrypt");
    for (Map<String, String> row : GenuineImages.table(images.resolve("manifest.tsv"))) {
      if (!isHidden(row) && row.get("keyfiles").equals("0")) {
        assertHeaderIsOfANormalVolume(
            images.resolve(row.get("file")),
            UnlockRequest.builder()
                .password(GenuineVolumes.bytes(row.get("password")))
                .pim(Integer.parseInt(row.get("pim")))
                .hash(row.get("hash").toLowerCase(Locale.ROOT).replace("-", ""))
                .hidden(false));
      }
    }
  }

  private static void assertHeaderIsOfANormalVolume(Path file, UnlockRequest.Builder request)
      throws IOException {
    assertArrayEquals(
        expected(file, request), behindSalt(plaintext(file, request)), file.toString());
  }

  private static UnlockedHeader unlock(Path file, UnlockRequest.Builder builder)
      throws IOException {
    try (BlockDevice host = FileDevice.open(file, HostOpen.reading());
        UnlockRequest request = builder.build()) {
      return Unlocker.unlock(host, file.toString(), request);
    }
  }

  private static byte[] plaintext(Path file, UnlockRequest.Builder request) throws IOException {
    try (UnlockedHeader header = unlock(file, request)) {
      return header.plaintext().clone();
    }
  }

  private static byte[] behindSalt(byte[] plaintext) {
    return Arrays.copyOfRange(plaintext, TrueCryptHeader.SALT_BYTES, plaintext.length);
  }

  /** Returns the header that a normal volume of the same size, version, program and keys has. */
  private static byte[] expected(Path file, UnlockRequest.Builder request) throws IOException {
    try (UnlockedHeader header = unlock(file, request)) {
      VolumeHeader fields = header.fields();
      boolean slots = fields.version() >= TrueCryptLayout.FIRST_VERSION_WITH_SLOTS;
      long size =
          fields.version() < TrueCryptLayout.FIRST_VERSION_WITH_SIZES
              ? 0
              : Files.size(file) - NewVolume.overhead(fields.version());
      VolumeHeader normal =
          new VolumeHeader(
              fields.format(),
              fields.version(),
              fields.minimumProgramVersion(),
              fields.volumeCreationTime(),
              fields.headerCreationTime(),
              0,
              size,
              slots ? TrueCryptLayout.SLOTS : 0,
              size,
              0,
              fields.storedSectorSize());
      byte[] plaintext = header.plaintext();
      byte[] keyArea = Arrays.copyOfRange(plaintext, TrueCryptHeader.KEYS, TrueCryptHeader.SIZE);
      return behindSalt(header.family().codec().encode(normal, keyArea));
    }
  }
}
