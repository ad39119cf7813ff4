package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.model.EncryptedScope;
import dev.tcplay.model.Encryption;
import dev.tcplay.testing.GenuineImages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Drives that VeraCrypt encrypted: MBR and GPT, a whole drive and single partitions. */
class GenuineSystemDrivesTest {

  private static Stream<Map<String, String>> table() {
    return GenuineImages.table(GenuineImages.folder("truecrypt").resolve("images.tsv")).stream()
        .filter(row -> row.get("kind").equals("system"));
  }

  @TestFactory
  Stream<DynamicTest> headerFactsAndPlaintextAreThoseOfTheTable() {
    return table().map(row -> dynamicTest(row.get("image"), () -> checkDisk(row)));
  }

  @TestFactory
  Stream<DynamicTest> aPartitionAloneOpensByTheHeaderOfItsDisk() {
    return table().map(row -> dynamicTest(row.get("image"), () -> checkPartition(row)));
  }

  private static BlockDevice host(Map<String, String> row) throws IOException {
    Path image = GenuineImages.folder("truecrypt").resolve(row.get("image"));
    return FileDevice.open(image, HostOpen.reading());
  }

  private static SystemDrive open(BlockDevice disk, Map<String, String> row) throws IOException {
    try (UnlockRequest request =
        UnlockRequest.builder()
            .password(row.get("password"))
            .hash(row.get("prf"))
            .system(true)
            .build()) {
      return SystemDrive.open(disk, row.get("image"), request);
    }
  }

  private static long number(Map<String, String> row, String column) {
    return Long.decode(row.get(column));
  }

  private static void checkDisk(Map<String, String> row) throws IOException {
    BlockDevice host = host(row);
    try (SystemDrive drive = open(host, row)) {
      assertFields(row, drive.header());
      assertEquals(
          new EncryptedScope(
              number(row, "scope_start"), number(row, "volume_size"), number(row, "volume_size")),
          drive.scope());
      OpenedVolume opened = drive.disk(host);
      Encryption encryption = opened.info().encryption().orElseThrow();
      assertEquals(row.get("prf"), encryption.prf());
      assertEquals(number(row, "iterations"), encryption.iterations());
      assertEquals(row.get("cipher"), encryption.cipher());
      try (BlockDevice disk = opened.plaintext();
          BlockDevice partition =
              LinearDevice.shared(disk, number(row, "data_offset"), number(row, "data_len"))) {
        assertPlaintext(row, partition);
      }
    }
  }

  private static void checkPartition(Map<String, String> row) throws IOException {
    long start = number(row, "data_offset");
    long length = number(row, "data_len");
    try (BlockDevice head = new LinearDevice(host(row), 0, 64 * 512);
        SystemDrive drive = open(head, row)) {
      OpenedVolume opened =
          drive.partition(new LinearDevice(host(row), start, length), start, length);
      try (BlockDevice partition = opened.plaintext()) {
        assertFalse(opened.warnings().stream().anyMatch(each -> each.contains("cut")));
        assertEquals(number(row, "first_unit"), opened.info().firstUnit());
        assertPlaintext(row, partition);
      }
    }
  }

  private static void assertPlaintext(Map<String, String> row, BlockDevice partition)
      throws IOException {
    assertEquals(row.get("sha256_sector0"), GenuineVolumes.sha256(partition, 512));
    assertEquals(row.get("sha256_data"), GenuineVolumes.sha256(partition, partition.size()));
  }

  private static void assertFields(Map<String, String> row, UnlockedHeader header) {
    VolumeHeader fields = header.fields();
    assertEquals(number(row, "hdr_offset"), header.slot().offset());
    assertEquals(number(row, "hdr_version"), fields.version());
    assertEquals(number(row, "min_version"), fields.minimumProgramVersion());
    assertEquals(number(row, "hdr_flags"), fields.flags());
    assertEquals(number(row, "sector_size"), fields.sectorSize());
    assertEquals(number(row, "scope_len"), fields.scopeLength());
    int keysCrc = ByteBuffer.wrap(header.plaintext()).getInt(72);
    assertEquals(row.get("keys_crc"), "%08x".formatted(keysCrc));
  }
}
