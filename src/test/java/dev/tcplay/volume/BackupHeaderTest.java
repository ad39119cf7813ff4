package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.HeaderInfo.Copy;
import dev.tcplay.model.Keys;
import dev.tcplay.model.UnlockProgress;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a header does not open or is damaged, its backup opens the volume by itself. */
class BackupHeaderTest extends StoredHeaders {

  private static final String GENUINE = "tc_5-sha512-xts-serpent-twofish-aes-hidden";
  private static final String WARNING =
      "opened by its backup header, as the header %s; 'header restore' (Tcplay.headers) writes it"
          + " anew";

  /** A request that leaves open where the header is. */
  private static UnlockRequest.Builder anywhere(Keys keys) {
    return by(keys).backupHeader(null);
  }

  private static List<String> warnings(byte[] image, UnlockRequest.Builder builder)
      throws IOException {
    try (BlockDevice host = device(image);
        UnlockRequest request = builder.build()) {
      return Unlocker.open(host, "host", request).warnings();
    }
  }

  private static byte[] damaged(byte[] image, int header, String how) {
    byte[] result = image.clone();
    switch (how) {
      case "noise" -> {
        byte[] noise = new byte[65_536];
        new Random(Seeds.of("BackupHeaderTest")).nextBytes(noise);
        System.arraycopy(noise, 0, result, header, noise.length);
      }
      case "zeros" -> Arrays.fill(result, header, header + 512, (byte) 0);
      case "bit of the salt" -> result[header + 63] ^= 1;
      case "bit of the fields" -> result[header + 200] ^= 1;
      case "bit of the keys" -> result[header + 400] ^= 1;
      default -> throw new IllegalArgumentException(how);
    }
    return result;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"noise", "zeros", "bit of the salt", "bit of the fields", "bit of the keys"})
  void aDamagedHeaderIsReplacedByItsBackup(String how) throws IOException {
    byte[] image = damaged(before, 0, how);
    assertEquals(null, plaintext(image, by(old)));
    assertArrayEquals(plaintext(before, by(old)), plaintext(image, anywhere(old)));
    boolean opens = how.contains("fields") || how.contains("keys");
    String state = opens ? "is damaged" : "does not open";
    assertEquals(List.of(WARNING.formatted(state)), warnings(image, anywhere(old)));
    assertEquals(List.of(), warnings(before, anywhere(old)));
    assertEquals(List.of(), warnings(image, by(old).backupHeader(true)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"noise", "bit of the fields"})
  void soIsThatOfAHiddenVolume(String how) throws IOException {
    Map<String, String> row = GenuineVolumes.row(GENUINE, "hidden");
    byte[] whole = Files.readAllBytes(GenuineVolumes.image(row));
    UnlockRequest.Builder blind = GenuineVolumes.secrets(row).format("TrueCrypt");
    byte[] image = damaged(whole, 65_536, how);
    assertArrayEquals(plaintext(whole, blind), plaintext(image, blind));
    assertEquals(1, warnings(image, blind).size());
    Map<String, String> outer = GenuineVolumes.row(GENUINE, "normal");
    assertEquals(List.of(), warnings(image, GenuineVolumes.secrets(outer).format("TrueCrypt")));
  }

  /** A header of another volume, whose fields this host cannot have. */
  @Test
  void aHeaderWithUnlawfulFieldsIsReplaced() throws Exception {
    byte[] image =
        ModifiedHeader.of(
            before,
            old,
            header -> {
              header.putLong(108, 131_072 + 100);
              CRC32 crc = new CRC32();
              byte[] fields = new byte[252 - 64];
              header.get(64, fields);
              crc.update(fields);
              header.putInt(252, (int) crc.getValue());
            });
    assertThrows(CorruptHeaderException.class, () -> warnings(image, by(old)));
    assertEquals(List.of(WARNING.formatted("is damaged")), warnings(image, anywhere(old)));
  }

  @Test
  void aWrongPasswordOpensNothingAndTheFailureSaysWhatWasRead() {
    WrongPasswordException wrong =
        assertThrows(WrongPasswordException.class, () -> warnings(before, anywhere(changed)));
    assertTrue(wrong.getReason().endsWith("; no backup header opens either"), wrong::getReason);
    byte[] torn = damaged(damaged(before, 0, "bit of the keys"), BACKUP, "zeros");
    CorruptHeaderException first =
        assertThrows(CorruptHeaderException.class, () -> warnings(torn, anywhere(old)));
    assertTrue(first.getReason().contains("in the normal header"), first::getReason);
    assertTrue(first.getReason().contains("; no backup header opens either;"), first::getReason);
    byte[] other = damaged(damaged(before, 0, "zeros"), BACKUP, "bit of the keys");
    CorruptHeaderException second =
        assertThrows(CorruptHeaderException.class, () -> warnings(other, anywhere(old)));
    assertTrue(second.getReason().contains("backup of the normal header"), second::getReason);
    assertFalse(second.getReason().contains("either"), second::getReason);
  }

  /** At every moment of a change the new keys or the old ones open, with no option. */
  @Test
  void whateverACutOfAChangeLeavesOpensByItself() throws IOException {
    byte[] data = plaintext(before, by(old));
    int byNew = 0;
    try (UnforcedDevice host =
        new UnforcedDevice(device(before), Seeds.of("BackupHeaderTest cut"), 4)) {
      with(
          host,
          by(old),
          store -> store.reseal(changed, Optional.empty(), Optional.empty(), advice -> {}));
      for (byte[] image : host.moments()) {
        byte[] found = plaintext(image, anywhere(changed));
        if (found == null) {
          found = plaintext(image, anywhere(old));
        } else {
          byNew++;
        }
        assertArrayEquals(data, found);
      }
    }
    // From the last writing of the backup on, the three writings of the header included.
    assertTrue(byNew > 3 * 5, byNew + " moments open by the new keys");
  }

  @Test
  void theWorkOnHeadersGoesOnFromTheBackupAndMends() throws IOException {
    byte[] torn = damaged(before, 0, "noise");
    try (BlockDevice host = device(torn)) {
      with(
          host,
          anywhere(old),
          store -> {
            assertEquals(Copy.UNKNOWN, store.headerInfo().header());
            assertEquals(Copy.OPENED, store.headerInfo().backup());
            assertEquals(1, store.headerInfo().warnings().size());
            store.reseal(changed, Optional.empty(), Optional.empty(), advice -> {});
          });
      with(
          host,
          anywhere(changed),
          store -> {
            assertEquals(List.of(), store.headerInfo().warnings());
            assertEquals(Copy.EQUAL, store.headerInfo().backup());
          });
      assertArrayEquals(plaintext(before, by(old)), plaintext(bytes(host), by(changed)));
    }
  }

  @Test
  void progressGoesOnCountingWithTheBackups() throws IOException {
    List<UnlockProgress> news = new ArrayList<>();
    assertThrows(
        WrongPasswordException.class,
        () -> warnings(before, anywhere(changed).progress(news::add)));
    // One chain of one hash in one header, then in its backup.
    assertEquals(1, news.get(0).total());
    UnlockProgress last = news.get(news.size() - 1);
    assertEquals(2, last.total());
    assertEquals(2, last.tried());
    for (int i = 1; i < news.size(); i++) {
      assertTrue(news.get(i - 1).elapsed().compareTo(news.get(i).elapsed()) <= 0);
      assertTrue(news.get(i - 1).tried() <= news.get(i).tried());
    }
  }

  /** Of an outer and a hidden volume each may need its backup, and each says so. */
  @ParameterizedTest
  @ValueSource(ints = {0, 65_536})
  void aHiddenVolumeIsProtectedByEitherHeader(int lost) throws IOException {
    Map<String, String> outer = GenuineVolumes.row(GENUINE, "normal");
    Map<String, String> hidden = GenuineVolumes.row(GENUINE, "hidden");
    byte[] image = damaged(Files.readAllBytes(GenuineVolumes.image(outer)), lost, "noise");
    try (Keys inner = Keys.builder().password(hidden.get("password")).build();
        BlockDevice host = device(image);
        UnlockRequest request =
            GenuineVolumes.secrets(outer).format("TrueCrypt").protectHidden(inner).build()) {
      OpenedVolume opened = Unlocker.open(host, "host", request);
      long start = opened.info().protectedRange().orElseThrow().start();
      assertEquals(Long.parseLong(hidden.get("data_offset")), start);
      String whose = lost == 0 ? "" : "the hidden volume: ";
      assertEquals(List.of(whose + WARNING.formatted("does not open")), opened.warnings());
    }
  }

  /** What is read of a host tells nothing of a hidden volume, whichever header opens. */
  @ParameterizedTest
  @ValueSource(strings = {"whole", "noise"})
  void readsDoNotDependOnWhetherThereIsAHiddenVolume(String how) throws IOException {
    Map<String, String> row = GenuineVolumes.row(GENUINE, "normal");
    byte[] hiding = Files.readAllBytes(GenuineVolumes.image(row));
    byte[] bare = damaged(damaged(hiding, 65_536, "noise"), hiding.length - 65_536, "noise");
    List<Long> reads = new ArrayList<>();
    for (byte[] image : List.of(hiding, bare)) {
      byte[] opened = how.equals("whole") ? image : damaged(image, 0, how);
      try (CountingDevice host = new CountingDevice(device(opened));
          UnlockRequest request = GenuineVolumes.secrets(row).format("TrueCrypt").build()) {
        Unlocker.open(host, "host", request);
        reads.add(host.reads());
      }
    }
    assertEquals(reads.get(0), reads.get(1));
  }
}
