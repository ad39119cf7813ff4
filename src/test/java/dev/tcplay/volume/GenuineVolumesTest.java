package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.model.Encryption;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.testing.GenuineImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Volumes made by TrueCrypt 1 to 7 and VeraCrypt, against the tables of what is in them. */
class GenuineVolumesTest {

  private static final Map<String, String> TWEAKS =
      Map.of("xts", "plain64", "lrw", "benbi", "cbc", "tcw");

  @TestFactory
  Stream<DynamicTest> headerFactsAndPlaintextAreThoseOfTheTable() {
    return GenuineVolumes.trueCryptTable().stream()
        .filter(row -> !row.get("prf").equals("argon2id"))
        .map(row -> dynamicTest(row.get("image") + " " + row.get("kind"), () -> check(row)));
  }

  @TestFactory
  Stream<DynamicTest> backupHeadersOpenToEqualFacts() {
    return GenuineVolumes.trueCryptTable().stream()
        .filter(row -> row.get("backup_hdr").equals("same"))
        .filter(row -> Integer.parseInt(row.get("iterations").replaceAll("\\D", "")) <= 2000)
        .filter(row -> !row.get("prf").equals("argon2id"))
        .map(row -> dynamicTest(row.get("image") + " " + row.get("kind"), () -> checkBackup(row)));
  }

  @TestFactory
  Stream<DynamicTest> veraCryptVolumesOpenAsTheManifestSays() {
    Path folder = GenuineImages.folder("veracrypt");
    return GenuineImages.table(folder.resolve("manifest.tsv")).stream()
        .map(row -> dynamicTest(row.get("file") + " " + row.get("kind"), () -> check(folder, row)));
  }

  static void check(Map<String, String> row) throws IOException {
    try (BlockDevice host = FileDevice.open(GenuineVolumes.image(row), HostOpen.reading());
        UnlockRequest request = GenuineVolumes.hinted(row).build();
        UnlockedHeader header = Unlocker.unlock(host, row.get("image"), request)) {
      assertFields(row, header);
      assertEncodesToItself(header);
      OpenedVolume volume = Unlocker.mount(host, row.get("image"), header);
      try (BlockDevice plaintext = volume.plaintext()) {
        assertFacts(row, volume.info());
        assertEquals(Long.parseLong(row.get("data_len")), plaintext.size());
        if (!GenuineVolumes.isWiped(row)) {
          assertEquals(row.get("sha256_sector0"), GenuineVolumes.sha256(plaintext, 512));
          assertEquals(row.get("sha256_data"), GenuineVolumes.sha256(plaintext, plaintext.size()));
        }
      }
    }
  }

  private static void checkBackup(Map<String, String> row) throws IOException {
    try (BlockDevice host = FileDevice.open(GenuineVolumes.image(row), HostOpen.reading());
        UnlockRequest request = GenuineVolumes.hinted(row).build();
        UnlockRequest backupRequest = GenuineVolumes.hinted(row).backupHeader(true).build();
        UnlockedHeader header = Unlocker.unlock(host, row.get("image"), request);
        UnlockedHeader backup = Unlocker.unlock(host, row.get("image"), backupRequest)) {
      assertEqualApartFromSalt(header, backup);
      assertEquals(
          Unlocker.mount(host, row.get("image"), header).info(),
          Unlocker.mount(host, row.get("image"), backup).info());
    }
  }

  private static void check(Path folder, Map<String, String> row) throws IOException {
    String name = row.get("file");
    try (BlockDevice host = FileDevice.open(folder.resolve(name), HostOpen.reading());
        UnlockRequest request = manifestRequest(folder, row).build();
        UnlockRequest backupRequest = manifestRequest(folder, row).backupHeader(true).build();
        UnlockedHeader header = Unlocker.unlock(host, name, request);
        UnlockedHeader backup = Unlocker.unlock(host, name, backupRequest)) {
      assertEncodesToItself(header);
      assertEqualApartFromSalt(header, backup);
      VolumeInfo info = Unlocker.mount(host, name, header).info();
      assertEquals("VeraCrypt", info.format());
      assertEquals(row.get("encryption"), info.encryption().orElseThrow().cipher());
      assertEquals(row.get("kind"), info.kind());
      int pim = Integer.parseInt(row.get("pim"));
      assertEquals(
          pim == 0 ? 500_000 : 15_000 + 1000 * pim, info.encryption().orElseThrow().iterations());
      if (row.get("kind").equals("normal")) {
        assertEquals(131_072, info.dataOffset());
        assertEquals(host.size() - 262_144, info.dataLength());
      }
    }
  }

  private static UnlockRequest.Builder manifestRequest(Path folder, Map<String, String> row) {
    UnlockRequest.Builder request =
        UnlockRequest.builder()
            .password(GenuineVolumes.bytes(row.get("password")))
            .pim(Integer.parseInt(row.get("pim")))
            .hash(row.get("hash"))
            .hidden(row.get("kind").equals("hidden"));
    if (row.get("keyfiles").equals("2")) {
      request.keyfile(folder.resolve("key2.bin")).keyfile(folder.resolve("key1.bin"));
    }
    return request;
  }

  private static void assertFields(Map<String, String> row, UnlockedHeader header) {
    VolumeHeader fields = header.fields();
    assertEquals(Long.parseLong(row.get("hdr_offset")), header.slot().offset());
    assertEquals(Integer.parseInt(row.get("hdr_version")), fields.version());
    assertEquals(Integer.decode(row.get("min_version")), fields.minimumProgramVersion());
    assertEquals(Integer.parseInt(row.get("hdr_flags")), fields.flags());
    assertEquals(Integer.parseInt(row.get("sector_size")), fields.storedSectorSize());
    assertEquals(Long.parseLong(row.get("volume_size")), fields.volumeSize());
    assertEquals(Long.parseLong(row.get("hidden_size")), fields.hiddenVolumeSize());
    assertEquals(Long.parseLong(row.get("scope_start")), fields.scopeStart());
    assertEquals(Long.parseLong(row.get("scope_len")), fields.scopeLength());
    int keysCrc = ByteBuffer.wrap(header.plaintext()).getInt(72);
    assertEquals(row.get("keys_crc"), "%08x".formatted(keysCrc));
  }

  private static void assertFacts(Map<String, String> row, VolumeInfo info) {
    Encryption encryption = info.encryption().orElseThrow();
    int iterations = encryption.iterations();
    int memoryKiB = encryption.memoryKiB();
    String cost =
        memoryKiB == 0
            ? Integer.toString(iterations)
            : "t=%d,m=%dKiB,p=1".formatted(iterations, memoryKiB);
    VolumeInfo expected =
        new VolumeInfo(
            row.get("format"),
            Optional.of(
                new Encryption(
                    row.get("prf"),
                    iterations,
                    memoryKiB,
                    row.get("cipher"),
                    row.get("mode"),
                    TWEAKS.get(row.get("mode")))),
            row.get("kind"),
            Long.parseLong(row.get("data_offset")),
            Long.parseLong(row.get("data_len")),
            Long.parseLong(row.get("first_unit")),
            Math.max(512, Integer.parseInt(row.get("sector_size"))));
    assertEquals(expected, info);
    assertEquals(row.get("iterations"), cost);
  }

  private static void assertEncodesToItself(UnlockedHeader header) {
    byte[] plaintext = withoutSalt(header);
    byte[] keyArea = Arrays.copyOfRange(header.plaintext(), 256, 512);
    byte[] encoded = header.family().codec().encode(header.fields(), keyArea);
    assertArrayEquals(plaintext, Arrays.copyOfRange(encoded, 64, 512));
  }

  private static void assertEqualApartFromSalt(UnlockedHeader header, UnlockedHeader backup) {
    assertArrayEquals(withoutSalt(header), withoutSalt(backup));
  }

  private static byte[] withoutSalt(UnlockedHeader header) {
    return Arrays.copyOfRange(header.plaintext(), 64, 512);
  }
}
