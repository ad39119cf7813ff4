package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.Keys;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.DelegatingDevice;
import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A header and its backup are changed as a pair, of which one always opens. */
class HeaderStoreTest {

  private static final int SIZE = (int) VolumeBuilder.MIN_SIZE;
  private static final String GENUINE = "tc_5-sha512-xts-serpent-twofish-aes-hidden";
  private static final int BACKUP = SIZE - 131_072;
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path folder;
  private final Keys old = keys("old password");
  private final Keys changed = keys("new password");
  private Path file;
  private byte[] before;

  private static Keys keys(String password) {
    return Keys.builder().password(password).pim(1).hash("sha512").cipher("AES").build();
  }

  @BeforeEach
  void create() throws IOException {
    file = folder.resolve("volume.hc");
    new VolumeBuilder().keys(old).size(SIZE).create(file);
    before = Files.readAllBytes(file);
  }

  @AfterEach
  void wipe() {
    old.close();
    changed.close();
  }

  private static UnlockRequest.Builder by(Keys keys) {
    return UnlockRequest.builder().keys(keys).format("VeraCrypt").hidden(false);
  }

  /** Something done with a store. */
  private interface Work {
    void on(HeaderStore store) throws IOException;
  }

  private static void with(BlockDevice host, UnlockRequest.Builder builder, Work work)
      throws IOException {
    try (UnlockRequest request = builder.build();
        HeaderStore store = HeaderStore.open(host, "host", request, RANDOM)) {
      work.on(store);
    }
  }

  private static BlockDevice device(byte[] image) throws IOException {
    MemoryDevice device = new MemoryDevice(image.length);
    device.write(0, image, 0, image.length);
    return device;
  }

  /** Returns the first plaintext of an image, or null if nothing opens it so. */
  private static byte[] plaintext(byte[] image, UnlockRequest.Builder builder) throws IOException {
    try (BlockDevice host = device(image);
        UnlockRequest request = builder.build();
        BlockDevice plaintext = Unlocker.open(host, "host", request).plaintext()) {
      byte[] first = new byte[4096];
      plaintext.read(0, first, 0, first.length);
      return first;
    } catch (WrongPasswordException | CorruptHeaderException e) {
      return null; // half a header is none
    }
  }

  private static byte[] bytes(BlockDevice device) throws IOException {
    byte[] bytes = new byte[(int) device.size()];
    device.read(0, bytes, 0, bytes.length);
    return bytes;
  }

  @Test
  void newKeysOpenHeaderAndBackupAndOldKeysNeither() throws IOException {
    byte[] data = plaintext(before, by(old));
    try (FileDevice host = FileDevice.open(file, HostOpen.writing())) {
      with(host, by(old), store -> store.reseal(changed));
    }
    byte[] after = Files.readAllBytes(file);
    assertArrayEquals(data, plaintext(after, by(changed)));
    assertArrayEquals(data, plaintext(after, by(changed).backupHeader(true)));
    assertEquals(null, plaintext(after, by(old)));
    assertEquals(null, plaintext(after, by(old).backupHeader(true)));
    assertFalse(Arrays.equals(after, 0, 64, after, BACKUP, BACKUP + 64), "one salt for both");
    assertOnlyHeadersDiffer(before, after);
  }

  private static void assertOnlyHeadersDiffer(byte[] before, byte[] after) {
    for (int at = 0; at < before.length; at++) {
      boolean header = at < 512 || (at >= BACKUP && at < BACKUP + 512);
      assertTrue(header || before[at] == after[at], "byte " + at);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverTheWritingIsCutOneHeaderOpens(boolean openedByBackup) throws IOException {
    byte[] data = plaintext(before, by(old));
    List<byte[]> moments = new ArrayList<>();
    try (BlockDevice host = new Torn(device(before), moments)) {
      with(host, by(old).backupHeader(openedByBackup), store -> store.reseal(changed));
    }
    assertEquals(2 * (Torn.PARTS + 1), moments.size());
    for (byte[] image : moments) {
      List<byte[]> opened = new ArrayList<>();
      for (Keys keys : List.of(old, changed)) {
        for (boolean backup : new boolean[] {false, true}) {
          byte[] found = plaintext(image, by(keys).backupHeader(backup));
          if (found != null) {
            assertArrayEquals(data, found);
            opened.add(found);
          }
        }
      }
      assertNotEquals(0, opened.size(), "nothing opens at a moment");
    }
  }

  /** Keeps what the host holds at every part of a write, and at every flush. */
  private static final class Torn extends DelegatingDevice {

    static final int PARTS = 4;

    private final List<byte[]> moments;

    Torn(BlockDevice lower, List<byte[]> moments) {
      super(lower);
      this.moments = moments;
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws IOException {
      int part = length / PARTS;
      for (int i = 0; i < PARTS; i++) {
        super.write(position + (long) i * part, source, offset + i * part, part);
        moments.add(bytes(this));
      }
    }

    @Override
    public void flush() throws IOException {
      super.flush();
      moments.add(bytes(this));
    }
  }

  @Test
  void aFileOfHeadersRestoresBothHeaders() throws IOException {
    byte[] data = plaintext(before, by(old));
    Path headers = folder.resolve("headers");
    try (FileDevice host = FileDevice.open(file, HostOpen.writing())) {
      with(host, by(old), store -> store.backUp(headers));
      byte[] copy = Files.readAllBytes(headers);
      assertArrayEquals(Arrays.copyOf(before, 131_072), copy);
      assertThrows(
          FileAlreadyExistsException.class,
          () -> with(host, by(old), store -> store.backUp(headers)));
      host.write(0, new byte[512], 0, 512);
      host.write(BACKUP, new byte[512], 0, 512);
      host.flush();
    }
    assertEquals(null, plaintext(Files.readAllBytes(file), by(old)));
    try (FileDevice host = FileDevice.open(file, HostOpen.writing())) {
      with(host, by(old).headerFile(headers), HeaderStore::restore);
    }
    byte[] after = Files.readAllBytes(file);
    assertArrayEquals(data, plaintext(after, by(old)));
    assertArrayEquals(data, plaintext(after, by(old).backupHeader(true)));
    assertOnlyHeadersDiffer(before, after);
    assertFalse(Arrays.equals(before, 0, 64, after, 0, 64), "the salt is a new one");
  }

  /** The headers of the host, which did not open, may be noise. */
  @Test
  void whatAFileOfHeadersOpenedIsCopiedOnceItIsRestored() throws IOException {
    Path headers = folder.resolve("headers");
    Path copy = folder.resolve("copy");
    byte[] image = before.clone();
    try (BlockDevice host = device(image)) {
      with(host, by(old), store -> store.backUp(headers));
      host.write(0, new byte[512], 0, 512);
      with(
          host,
          by(old).headerFile(headers),
          store -> {
            assertThrows(FileSystemException.class, () -> store.backUp(copy));
            assertFalse(Files.exists(copy));
            store.restore();
            store.backUp(copy);
          });
      host.write(0, new byte[512], 0, 512);
      assertArrayEquals(
          plaintext(before, by(old)), plaintext(bytes(host), by(old).headerFile(copy)));
    }
  }

  @Test
  void theBackupRestoresTheHeader() throws IOException {
    byte[] image = before.clone();
    Arrays.fill(image, 0, 512, (byte) 0);
    try (BlockDevice host = device(image)) {
      with(host, by(old).backupHeader(true), HeaderStore::restore);
      assertArrayEquals(plaintext(before, by(old)), plaintext(bytes(host), by(old)));
    }
  }

  @Test
  void whatTheNewKeysDoNotSayStays() throws IOException {
    try (BlockDevice host = device(before);
        Keys bare = Keys.of("new password");
        Keys other = Keys.builder().password("new password").hash("sha256").pim(2).build()) {
      with(host, by(old), store -> store.reseal(bare));
      with(
          host,
          by(changed),
          store -> {
            assertEquals("sha512", store.info().encryption().orElseThrow().prf());
            store.reseal(other);
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
            IllegalArgumentException.class, () -> with(host, by(old), store -> store.reseal(keys)));
      }
      assertArrayEquals(before, bytes(host));
    }
  }

  @Test
  void whatIsNotWholeIsNotWritten() throws IOException {
    byte[] shorter = Arrays.copyOf(before, SIZE - 512);
    byte[] longer = Arrays.copyOf(before, SIZE + 512);
    for (byte[] image : List.of(shorter, longer)) {
      try (BlockDevice host = device(image)) {
        assertThrows(FileSystemException.class, () -> with(host, by(old), HeaderStore::restore));
        assertArrayEquals(image, bytes(host));
      }
    }
    try (FileDevice host = FileDevice.open(file, HostOpen.reading())) {
      assertThrows(
          AccessDeniedException.class, () -> with(host, by(old), store -> store.reseal(changed)));
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
            store.reseal(changed);
            store.backUp(headers);
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
    assertEquals(HeaderStore.FILE_BYTES, Files.size(headers));
  }

  @Test
  void theHiddenHeaderOfAGenuineVolumeChangesAlone() throws IOException {
    Map<String, String> row = GenuineVolumes.row(GENUINE, "hidden");
    byte[] image = Files.readAllBytes(GenuineVolumes.image(row));
    byte[] data = plaintext(image, GenuineVolumes.hinted(row));
    try (BlockDevice host = device(image);
        Keys other = Keys.of("another password")) {
      with(host, GenuineVolumes.hinted(row), store -> store.reseal(other));
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
