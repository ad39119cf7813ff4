package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.HeaderInfo;
import dev.tcplay.model.Keys;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Genuine volumes, normal and hidden, that become those of the other format and back again. */
class FormatChangeTest {

  private static final String OUTER = "tc_5-sha512-xts-serpent-twofish-aes-hidden";

  @TempDir private Path folder;

  private static void change(BlockDevice host, UnlockRequest.Builder from, String format, int pim)
      throws IOException {
    try (UnlockRequest request = from.build();
        HeaderStore store = HeaderStore.open(host, "host", request, StoredHeaders.RANDOM);
        Keys same = keys(from).pim(pim).build()) {
      store.reseal(same, Optional.of(format), Optional.empty(), advice -> {});
    }
  }

  /** The password of all genuine volumes follows from their kind. */
  private static Keys.Builder keys(UnlockRequest.Builder from) throws IOException {
    try (UnlockRequest request = from.build()) {
      return Keys.builder().password(request.secrets().derivationInput(VolumeFormat.TRUECRYPT));
    }
  }

  private static UnlockRequest.Builder by(Map<String, String> row, String format, int pim) {
    UnlockRequest.Builder builder = GenuineVolumes.hinted(row).format(format);
    return pim == 0 ? builder : builder.pim(pim);
  }

  private static byte[] image(Map<String, String> row) throws IOException {
    return Files.readAllBytes(GenuineVolumes.image(row));
  }

  @ParameterizedTest
  @CsvSource({
    "tc_4-sha512-xts-aes, normal",
    "tc_5-sha512-xts-serpent-twofish-aes-hidden, normal",
    "tc_5-sha512-xts-serpent-twofish-aes-hidden, hidden",
    "vc_1-sha512-xts-aes, normal"
  })
  void theDataAreTheSameInBothFormats(String image, String kind) throws IOException {
    Map<String, String> row = GenuineVolumes.row(image, kind);
    String first = row.get("format");
    String second = first.equals("TrueCrypt") ? "VeraCrypt" : "TrueCrypt";
    int pim = second.equals("VeraCrypt") ? 1 : 0; // a quick derivation, where there is a choice
    byte[] before = image(row);
    byte[] data = StoredHeaders.plaintext(before, by(row, first, 0));
    try (BlockDevice host = StoredHeaders.device(before)) {
      change(host, by(row, first, 0), second, pim);
      byte[] changed = StoredHeaders.bytes(host);
      for (boolean backup : new boolean[] {false, true}) {
        assertArrayEquals(
            data, StoredHeaders.plaintext(changed, by(row, second, pim).backupHeader(backup)));
        assertEquals(
            null, StoredHeaders.plaintext(changed, by(row, first, 0).backupHeader(backup)));
      }
      StoredHeaders.with(
          host,
          by(row, second, pim),
          store -> {
            HeaderInfo info = store.headerInfo();
            assertEquals(HeaderInfo.Copy.EQUAL, info.backup());
            assertEquals(5, info.version());
            int program = second.equals("VeraCrypt") ? 0x010b : 0x0700;
            assertEquals(program, info.minimumProgramVersion());
          });
      change(host, by(row, second, pim), first, 0);
      assertArrayEquals(
          data, StoredHeaders.plaintext(StoredHeaders.bytes(host), by(row, first, 0)));
    }
  }

  /** Whichever header a cut leaves, it opens by itself in the one format or in the other. */
  @ParameterizedTest
  @CsvSource({"normal", "hidden"})
  void whereverTheChangeIsCutTheVolumeOpens(String kind) throws IOException {
    Map<String, String> row = GenuineVolumes.row(OUTER, kind);
    Map<String, String> other =
        GenuineVolumes.row(OUTER, kind.equals("hidden") ? "normal" : "hidden");
    byte[] before = image(row);
    byte[] data = StoredHeaders.plaintext(before, by(row, "TrueCrypt", 0));
    byte[] otherData = StoredHeaders.plaintext(before, by(other, "TrueCrypt", 0));
    int changed = 0;
    try (UnforcedDevice host =
        new UnforcedDevice(StoredHeaders.device(before), Seeds.of("FormatChangeTest"), 2)) {
      try (UnlockRequest request = by(row, "TrueCrypt", 0).build();
          HeaderStore store = HeaderStore.open(host, "host", request, StoredHeaders.RANDOM);
          Keys quick = keys(by(row, "TrueCrypt", 0)).pim(1).build()) {
        store.reseal(quick, Optional.of("VeraCrypt"), Optional.empty(), advice -> {});
      }
      assertEquals(2 * SlotWriter.ROUNDS * 3, host.moments().size());
      for (byte[] image : host.moments()) {
        byte[] found = StoredHeaders.plaintext(image, by(row, "VeraCrypt", 1));
        changed += found == null ? 0 : 1;
        assertArrayEquals(
            data, found == null ? StoredHeaders.plaintext(image, by(row, "TrueCrypt", 0)) : found);
        assertArrayEquals(otherData, StoredHeaders.plaintext(image, by(other, "TrueCrypt", 0)));
      }
    }
    assertTrue(changed > 2 * 3, changed + " moments open in the new format");
  }

  /** What is restored from the backup and from a file, others open, in both places. */
  @Test
  void cryptsetupOpensRestoredHeaders() throws Exception {
    Judge.run("cryptsetup", "--version"); // skips the test where there is none
    Path made = folder.resolve("made.hc");
    Path headers = folder.resolve("headers");
    Keys keys = StoredHeaders.keys("a password");
    new VolumeBuilder().keys(keys).size(VolumeSizes.MIN_SIZE).create(made);
    UnlockRequest.Builder request = StoredHeaders.by(keys);
    byte[] image = Files.readAllBytes(made);
    try (BlockDevice host = StoredHeaders.device(image)) {
      StoredHeaders.with(host, request, store -> store.backUp(headers, false));
      host.write(0, new byte[65_536], 0, 65_536);
      StoredHeaders.with(host, request.backupHeader(true), HeaderStore::restore);
      assertCryptsetupOpens(StoredHeaders.bytes(host));
      host.write(0, new byte[65_536], 0, 65_536);
      host.write(image.length - 131_072, new byte[65_536], 0, 65_536);
      StoredHeaders.with(host, StoredHeaders.by(keys).headerFile(headers), HeaderStore::restore);
      assertCryptsetupOpens(StoredHeaders.bytes(host));
    }
    keys.close();
  }

  private void assertCryptsetupOpens(byte[] image) throws Exception {
    Path restored = Files.write(folder.resolve("restored.hc"), image);
    for (String backup : new String[] {"", "--tcrypt-backup"}) {
      Judge.Verdict verdict =
          Judge.run(
              "sh",
              "-c",
              "printf 'a password' | cryptsetup tcryptDump -q -c aes -h sha512 --veracrypt"
                  + " --veracrypt-pim 1 %s '%s'".formatted(backup, restored));
      assertEquals(0, verdict.status(), verdict.output());
      assertTrue(verdict.output().contains("MK offset:"), verdict.output());
    }
  }
}
