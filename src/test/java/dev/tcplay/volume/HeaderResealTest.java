package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.model.Keys;
import dev.tcplay.testing.DelegatingDevice;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that are sealed anew, by other keys. */
class HeaderResealTest extends StoredHeaders {

  private static final String GENUINE = "tc_5-sha512-xts-serpent-twofish-aes-hidden";

  @Test
  void newKeysOpenHeaderAndBackupAndOldKeysNeither() throws IOException {
    byte[] data = plaintext(before, by(old));
    try (FileDevice host = FileDevice.open(file, HostOpen.writing())) {
      with(
          host,
          by(old),
          store -> store.reseal(changed, Optional.empty(), Optional.empty(), advice -> {}));
    }
    byte[] after = Files.readAllBytes(file);
    assertArrayEquals(data, plaintext(after, by(changed)));
    assertArrayEquals(data, plaintext(after, by(changed).backupHeader(true)));
    assertEquals(null, plaintext(after, by(old)));
    assertEquals(null, plaintext(after, by(old).backupHeader(true)));
    assertFalse(Arrays.equals(after, 0, 64, after, BACKUP, BACKUP + 64), "one salt for both");
    assertOnlySlotsDiffer(before, after);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverTheWritingIsCutOneHeaderOpens(boolean openedByBackup) throws IOException {
    byte[] data = plaintext(before, by(old));
    byte[] start = before.clone();
    if (openedByBackup) {
      Arrays.fill(start, 0, 512, (byte) 0); // so that the order matters
    }
    int subsets = 8;
    try (UnforcedDevice host =
        new UnforcedDevice(device(start), Seeds.of("HeaderResealTest"), subsets)) {
      with(
          host,
          by(old).backupHeader(openedByBackup),
          store -> store.reseal(changed, Optional.empty(), Optional.empty(), advice -> {}));
      // Both slots three times, each with a flush.
      assertEquals(2 * 3 * (subsets + 1), host.moments().size());
      for (byte[] image : host.moments()) {
        assertTrue(opens(image, data), "nothing opens at a moment");
        assertArrayEquals(
            Arrays.copyOfRange(before, 131_072, BACKUP),
            Arrays.copyOfRange(image, 131_072, BACKUP));
      }
    }
  }

  private boolean opens(byte[] image, byte[] data) throws IOException {
    boolean opened = false;
    for (Keys keys : List.of(old, changed)) {
      for (boolean backup : new boolean[] {false, true}) {
        byte[] found = plaintext(image, by(keys).backupHeader(backup));
        if (found != null) {
          assertArrayEquals(data, found);
          opened = true;
        }
      }
    }
    return opened;
  }

  /** A storage that does not keep what it was given must not lose the second header, too. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatDoesNotOpenOnceItIsWrittenEndsTheWork(boolean openedByBackup) throws IOException {
    byte[] data = plaintext(before, by(old));
    try (BlockDevice host = new Forgetful(device(before))) {
      FileSystemException failure =
          assertThrows(
              FileSystemException.class,
              () ->
                  with(
                      host,
                      by(old).backupHeader(openedByBackup),
                      store ->
                          store.reseal(changed, Optional.empty(), Optional.empty(), advice -> {})));
      String first = openedByBackup ? "normal header" : "backup of the normal header";
      assertTrue(
          failure.getReason().startsWith("the " + first + " may be lost"), failure::toString);
      assertArrayEquals(data, plaintext(bytes(host), by(old).backupHeader(openedByBackup)));
    }
  }

  /** Turns a bit of all that is written. */
  private static final class Forgetful extends DelegatingDevice {

    Forgetful(BlockDevice lower) {
      super(lower);
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws IOException {
      byte[] changed = Arrays.copyOfRange(source, offset, offset + length);
      changed[100] ^= 1;
      super.write(position, changed, 0, length);
    }
  }

  @Test
  void wholeSlotsAreNewNoise() throws IOException {
    try (BlockDevice host = device(before)) {
      with(
          host,
          by(old),
          store -> store.reseal(changed, Optional.empty(), Optional.empty(), advice -> {}));
      byte[] after = bytes(host);
      for (int slot : new int[] {0, BACKUP}) {
        int same = 0;
        for (int at = slot; at < slot + 65_536; at++) {
          same += before[at] == after[at] ? 1 : 0;
        }
        // One byte in 256 is the same by chance: 256, with a deviation of 16.
        assertTrue(same < 256 + 10 * 16, same + " bytes of the slot are as before");
      }
    }
  }

  @Test
  void whatTheNewKeysDoNotSayStays() throws IOException {
    try (BlockDevice host = device(before);
        Keys bare = Keys.of("new password");
        Keys other = Keys.builder().password("new password").hash("sha256").pim(2).build()) {
      with(
          host,
          by(old),
          store -> store.reseal(bare, Optional.empty(), Optional.empty(), advice -> {}));
      with(
          host,
          by(changed),
          store -> {
            assertEquals("sha512", store.info().encryption().orElseThrow().prf());
            store.reseal(other, Optional.empty(), Optional.empty(), advice -> {});
          });
      with(
          host,
          by(other),
          store -> assertEquals("sha256", store.info().encryption().orElseThrow().prf()));
    }
  }

  @Test
  void keysThatDoNotFitWriteNothing() throws IOException {
    try (BlockDevice host = device(before);
        Keys none = Keys.of("");
        Keys longest = Keys.of("x".repeat(129));
        Keys cipher = Keys.builder().password("a").cipher("Serpent").build()) {
      for (Keys keys : List.of(none, longest, cipher)) {
        assertThrows(
            IllegalArgumentException.class,
            () ->
                with(
                    host,
                    by(old),
                    store -> store.reseal(keys, Optional.empty(), Optional.empty(), advice -> {})));
      }
      assertArrayEquals(before, bytes(host));
    }
  }

  @Test
  void cryptsetupReadsWhatWasSealed() throws Exception {
    Judge.run("cryptsetup", "--version"); // skips the test where there is none
    Path headers = folder.resolve("headers");
    try (FileDevice host = FileDevice.open(file, HostOpen.writing())) {
      with(
          host,
          by(old),
          store -> {
            store.reseal(changed, Optional.empty(), Optional.empty(), advice -> {});
            store.backUp(headers, false);
          });
    }
    for (String backup : List.of("", "--tcrypt-backup")) {
      String dump =
          "printf '%%s' 'new password' | cryptsetup tcryptDump -q -c aes -h sha512 --veracrypt"
                  .formatted()
              + " --veracrypt-pim 1 %s '%s'".formatted(backup, file);
      Judge.Verdict verdict = Judge.run("sh", "-c", dump);
      assertEquals(0, verdict.status(), verdict.output());
      assertTrue(verdict.output().contains("MK offset:"), verdict.output());
    }
    assertEquals(TrueCryptLayout.SLOTS, Files.size(headers));
  }

  @Test
  void theHiddenHeaderOfAGenuineVolumeChangesAlone() throws IOException {
    Map<String, String> row = GenuineVolumes.row(GENUINE, "hidden");
    byte[] image = Files.readAllBytes(GenuineVolumes.image(row));
    byte[] data = plaintext(image, GenuineVolumes.hinted(row));
    try (BlockDevice host = device(image);
        Keys other = Keys.of("another password")) {
      with(
          host,
          GenuineVolumes.hinted(row),
          store -> store.reseal(other, Optional.empty(), Optional.empty(), advice -> {}));
      byte[] after = bytes(host);
      UnlockRequest.Builder request =
          UnlockRequest.builder().keys(other).format("TrueCrypt").hidden(true);
      assertArrayEquals(data, plaintext(after, request));
      assertArrayEquals(data, plaintext(after, request.backupHeader(true)));
      Map<String, String> outer = GenuineVolumes.row(GENUINE, "normal");
      assertArrayEquals(
          plaintext(image, GenuineVolumes.hinted(outer)),
          plaintext(after, GenuineVolumes.hinted(outer)));
    }
  }
}
