package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.LinearDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.model.NotAContainerException;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.DelegatingDevice;
import dev.tcplay.testing.GenuineImages;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What opens, what does not, and what the refusal says. */
class UnlockerTest {

  private static final String FAT12 = "aes-sha512-fat12.hc";
  private static final byte[] RIGHT = GenuineVolumes.bytes("correct horse battery");
  private static final byte[] WRONG = GenuineVolumes.bytes("wrong horse battery");

  @Test
  void aBlindTrialFindsWhirlpoolAndTwofish() throws IOException {
    VolumeInfo info = info(veraCrypt("twofish-whirlpool-fat32.hc"), request(RIGHT).pim(1));
    assertEquals("whirlpool", info.encryption().orElseThrow().prf());
    assertEquals("Twofish", info.encryption().orElseThrow().cipher());
    assertEquals("normal", info.kind());
  }

  @Test
  void aBlindTrialGoesOnToTheHiddenHeader() throws IOException {
    UnlockRequest.Builder request =
        request(GenuineVolumes.bytes("hidden horse battery staple")).pim(1);
    VolumeInfo info = info(veraCrypt("aes-twofish-serpent-sha512-hidden.hc"), request);
    assertEquals("hidden", info.kind());
    assertEquals("Serpent-AES", info.encryption().orElseThrow().cipher());
  }

  @Test
  void aBlindTrialTellsTrueCryptOfEachVersion() throws IOException {
    for (Map<String, String> row : GenuineVolumes.trueCryptTable()) {
      if (row.get("format").equals("TrueCrypt")) {
        VolumeInfo info = info(GenuineVolumes.image(row), GenuineVolumes.secrets(row));
        assertEquals("TrueCrypt", info.format());
        assertEquals(row.get("prf"), info.encryption().orElseThrow().prf());
        assertEquals(row.get("kind"), info.kind());
      }
    }
  }

  @Test
  void aWrongPasswordSaysWhatWasTriedAndNothingOfThePassword() {
    WrongPasswordException e = refusal(veraCrypt(FAT12), request(WRONG).pim(1));
    assertEquals(
        "wrong password, PIM or keyfiles, or not a volume (tried VeraCrypt with sha512, sha256,"
            + " blake2s, whirlpool, ripemd160, streebog, argon2id on the normal header, hidden"
            + " header); no backup header opens either",
        e.getReason());
    WrongPasswordException headersOnly =
        refusal(veraCrypt(FAT12), request(WRONG).pim(1).hash("sha512").backupHeader(false));
    assertEquals(
        "wrong password, PIM or keyfiles, or not a volume (tried VeraCrypt with sha512 on the normal"
            + " header, hidden header); if its start is damaged, the backup header may open it"
            + " (backupHeader, in the command --backup-header)",
        headersOnly.getReason());
  }

  @Test
  void ofSeveralHashesEachIsTriedAndNoOther() {
    WrongPasswordException wrong =
        refusal(veraCrypt(FAT12), request(WRONG).pim(1).hash("Whirlpool,SHA-512"));
    assertTrue(
        wrong.getReason().contains("(tried VeraCrypt with sha512, whirlpool on the normal"),
        wrong::getReason);
    refusal(veraCrypt(FAT12), request(RIGHT).pim(1).hash("whirlpool,sha256"));
    Map<String, String> row = GenuineVolumes.row("tc_5-sha512-xts-aes", "normal");
    refusal(GenuineVolumes.image(row), GenuineVolumes.secrets(row).hash("sha512-VC , sha256-vc"));
    assertEquals(
        "hash: expected all names with -VC or none, not 'sha512-VC,whirlpool'",
        assertThrows(
                IllegalArgumentException.class,
                () -> request(RIGHT).hash("sha512-VC,whirlpool").build())
            .getMessage());
  }

  @Test
  void aWrongPasswordIsRefusedForTrueCrypt() {
    for (String image :
        new String[] {"tc_1-sha1-cbc-cast5", "tc_2-ripemd160-lrw-aes", "tc_3-ripemd160-xts-aes"}) {
      Map<String, String> row = GenuineVolumes.row(image, "normal");
      WrongPasswordException e = refusal(GenuineVolumes.image(row), request(WRONG));
      assertEquals(
          "wrong password, PIM or keyfiles, or not a volume (tried TrueCrypt with sha512,"
              + " whirlpool, ripemd160, sha1 on the normal header, hidden header of TrueCrypt 1 to"
              + " 5)",
          e.getReason());
    }
    Map<String, String> row = GenuineVolumes.row("tc_5-sha512-xts-aes", "normal");
    refusal(GenuineVolumes.image(row), request(WRONG).format("TrueCrypt"));
  }

  @Test
  void aWrongPimIsRefusedForEachFormat() {
    refusal(veraCrypt(FAT12), request(RIGHT).pim(2).hash("sha512"));
    Map<String, String> row = GenuineVolumes.row("tc_5-sha512-xts-aes", "normal");
    refusal(GenuineVolumes.image(row), GenuineVolumes.secrets(row).pim(1).hash("sha512"));
  }

  @Test
  void aWrongHintFindsNothing() {
    refusal(veraCrypt(FAT12), request(RIGHT).pim(1).hash("sha256"));
    refusal(veraCrypt(FAT12), request(RIGHT).pim(1).hash("sha512").cipher("Serpent"));
    refusal(veraCrypt(FAT12), request(RIGHT).pim(1).hash("sha512").hidden(true));
    Map<String, String> row = GenuineVolumes.row("tc_2-ripemd160-lrw-aes", "normal");
    Path image = GenuineVolumes.image(row);
    refusal(image, GenuineVolumes.secrets(row).cipher("Blowfish"));
    refusal(image, GenuineVolumes.secrets(row).hash("sha1"));
    refusal(image, GenuineVolumes.secrets(row).hidden(true));
  }

  @Test
  void missingKeyfilesAreAWrongPassword() {
    refusal(veraCrypt("camellia-blake2s-keyfiles-fat16.hc"), request(RIGHT).pim(1).hash("blake2s"));
  }

  @Test
  void aHostThatIsTooShortIsNotAContainer() throws IOException {
    for (int size : new int[] {0, 1, 511, 512, 1023}) {
      assertNotAContainer(size, request(WRONG));
    }
    assertNotAContainer(2559, request(WRONG).hidden(true));
    assertNotAContainer(262_144, request(WRONG).backupHeader(true));
    assertNotAContainer(131_071, request(WRONG).pim(1));
    assertNotAContainer(131_071, request(WRONG).hash("sha256"));
    assertNotAContainer(1023, request(WRONG).hash("sha1"));
    assertNotAContainer(1023, request(WRONG).backupHeader(true).hash("sha1"));
    try (BlockDevice host = new MemoryDevice(1024);
        UnlockRequest request = request(WRONG).build()) {
      assertThrows(WrongPasswordException.class, () -> Unlocker.open(host, "shortest", request));
    }
  }

  private static void assertNotAContainer(int size, UnlockRequest.Builder builder)
      throws IOException {
    try (BlockDevice host = new MemoryDevice(size);
        UnlockRequest request = builder.build()) {
      NotAContainerException e =
          assertThrows(NotAContainerException.class, () -> Unlocker.open(host, "short", request));
      assertTrue(e.getReason().startsWith(size + " bytes are too short for "), e.getReason());
    }
  }

  /** The hint may be what is wrong: a volume of TrueCrypt 1 to 4 may have this size. */
  @Test
  void aHostThatIsTooShortForAFormatIsToldWhich() throws IOException {
    try (BlockDevice host = new MemoryDevice(19_456);
        UnlockRequest request = request(WRONG).hash("sha256").build()) {
      NotAContainerException e =
          assertThrows(NotAContainerException.class, () -> Unlocker.open(host, "old", request));
      assertTrue(
          e.getReason().startsWith("19456 bytes are too short for a header and data of VeraCrypt"),
          e.getReason());
    }
  }

  @Test
  void volumesOfTrueCrypt1To4HaveNoBackupHeaders() throws IOException {
    try (BlockDevice host = new MemoryDevice(1 << 20);
        UnlockRequest request = request(WRONG).cipher("Blowfish").backupHeader(true).build()) {
      NotAContainerException e =
          assertThrows(NotAContainerException.class, () -> Unlocker.open(host, "host", request));
      assertEquals("volumes with such a hash or cipher have no backup headers", e.getReason());
    }
  }

  @Test
  void unitsCountFromTheStartOfTheWindowThatIsGiven() throws IOException {
    Map<String, String> row = GenuineVolumes.row("tc_5-sha512-xts-aes", "normal");
    try (BlockDevice image = FileDevice.open(GenuineVolumes.image(row), HostOpen.reading());
        BlockDevice disk = new MemoryDevice(image.size() + 4096)) {
      byte[] bytes = new byte[(int) image.size()];
      image.read(0, bytes, 0, bytes.length);
      disk.write(1024, bytes, 0, bytes.length);
      try (UnlockRequest request = GenuineVolumes.hinted(row).build()) {
        BlockDevice window = new LinearDevice(disk, 1024, bytes.length);
        OpenedVolume volume = Unlocker.open(window, "window", request);
        assertEquals(256, volume.info().firstUnit());
        assertEquals(row.get("sha256_sector0"), GenuineVolumes.sha256(volume.plaintext(), 512));
      }
    }
  }

  @Test
  void bytesAfterTheVolumeThatFillNoSectorDoNotMatter() throws IOException {
    Map<String, String> row = GenuineVolumes.row("tc_5-sha512-xts-aes", "normal");
    byte[] bytes = Files.readAllBytes(GenuineVolumes.image(row));
    try (BlockDevice host = new MemoryDevice(bytes.length + 3);
        UnlockRequest request = GenuineVolumes.secrets(row).format("TrueCrypt").build()) {
      host.write(0, bytes, 0, bytes.length);
      BlockDevice plaintext = Unlocker.open(host, "host", request).plaintext();
      assertEquals(Long.parseLong(row.get("data_len")), plaintext.size());
      assertEquals(row.get("sha256_sector0"), GenuineVolumes.sha256(plaintext, 512));
    }
  }

  @Test
  void theHostStaysOpenWhenNothingOpensAndClosesWithTheVolume() throws IOException {
    try (BlockDevice host = FileDevice.open(veraCrypt(FAT12), HostOpen.reading())) {
      try (UnlockRequest wrong = request(WRONG).pim(1).hash("sha512").build()) {
        assertThrows(WrongPasswordException.class, () -> Unlocker.open(host, FAT12, wrong));
      }
      host.read(0, new byte[1], 0, 1);
      try (UnlockRequest right = request(RIGHT).pim(1).hash("sha512").build()) {
        Unlocker.open(host, FAT12, right).plaintext().close();
      }
      assertThrows(IOException.class, () -> host.read(0, new byte[1], 0, 1));
    }
  }

  @Test
  void anInterruptEndsTheTrialAndStaysSet() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    BlockDevice host = new MemoryDevice(1 << 20);
    BlockDevice announcing = new AnnouncingDevice(host, reading);
    CompletableFuture<Boolean> flagKept = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              try (UnlockRequest request = request(WRONG).hash("whirlpool").build()) {
                assertThrows(
                    InterruptedIOException.class, () -> Unlocker.open(announcing, "host", request));
                flagKept.complete(Thread.currentThread().isInterrupted());
              } catch (Throwable e) {
                flagKept.completeExceptionally(e);
              }
            });
    caller.start();
    reading.await();
    caller.interrupt();
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertTrue(flagKept.get()));
    host.close();
  }

  @Test
  void aThreadThatIsInterruptedAlreadyTriesNothing() throws IOException {
    try (BlockDevice host = new MemoryDevice(1 << 20);
        UnlockRequest pbkdf2 = request(WRONG).hash("streebog").build();
        UnlockRequest argon2id = request(WRONG).pim(1).hash("argon2id").build()) {
      for (UnlockRequest request : new UnlockRequest[] {pbkdf2, argon2id}) {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedIOException.class, () -> Unlocker.open(host, "host", request));
        assertTrue(Thread.interrupted());
      }
      assertFalse(Thread.currentThread().isInterrupted());
    }
  }

  private static UnlockRequest.Builder request(byte[] password) {
    return UnlockRequest.builder().password(password);
  }

  private static Path veraCrypt(String image) {
    return GenuineImages.folder("veracrypt").resolve(image);
  }

  /** The image is looked for by the caller: in a lambda, its absence would not skip the test. */
  private static WrongPasswordException refusal(Path image, UnlockRequest.Builder request) {
    return assertThrows(WrongPasswordException.class, () -> info(image, request));
  }

  private static VolumeInfo info(Path image, UnlockRequest.Builder builder) throws IOException {
    try (BlockDevice host = FileDevice.open(image, HostOpen.reading());
        UnlockRequest request = builder.build()) {
      return Unlocker.open(host, image.getFileName().toString(), request).info();
    }
  }

  /** Says when its first byte is read. */
  private static final class AnnouncingDevice extends DelegatingDevice {

    private final CountDownLatch reading;

    AnnouncingDevice(BlockDevice lower, CountDownLatch reading) {
      super(lower);
      this.reading = reading;
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
      reading.countDown();
      super.read(position, target, offset, length);
    }
  }
}
