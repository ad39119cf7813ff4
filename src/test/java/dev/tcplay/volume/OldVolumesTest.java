package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.CipherSuite;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Volumes of older header versions that we make open again, by all that they were made with. */
class OldVolumesTest extends BuiltVolumes {

  private static final byte[] HIDDEN_PASSWORD = GenuineVolumes.bytes("hidden battery");
  private static final Instant FILETIME_EPOCH = Instant.parse("1601-01-01T00:00:00Z");

  private static VolumeBuilder builder(int version) {
    return new VolumeBuilder()
        .format(VolumeFormat.TRUECRYPT)
        .password(PASSWORD)
        .headerVersion(version);
  }

  private static UnlockRequest.Builder request(byte[] password) {
    return UnlockRequest.builder().password(password).format("TrueCrypt");
  }

  /** Every version with each of its modes and chains. */
  @TestFactory
  Stream<DynamicTest> everySuiteOfEachVersionOpens() {
    return IntStream.rangeClosed(1, 4)
        .boxed()
        .flatMap(
            version ->
                NewVolume.family(VolumeFormat.TRUECRYPT, version).suites().stream()
                    .filter(suite -> version != 1 || suite.mode() == CipherMode.CBC)
                    .map(
                        suite ->
                            dynamicTest(
                                "version " + version + ", " + suite,
                                () -> checkRoundTrip(version, suite))));
  }

  private void checkRoundTrip(int version, CipherSuite suite) throws IOException {
    Path image = randomFile(36_900);
    Path file = folder.resolve(version + suite.toString());
    builder(version)
        .mode(suite.mode())
        .cipher(suite.chain().veraCryptName())
        .contents(image)
        .create(file);
    OpenedVolume volume = open(file, request(PASSWORD));
    try (BlockDevice plaintext = volume.plaintext()) {
      VolumeInfo info = volume.info();
      assertEquals("TrueCrypt", info.format());
      assertEquals(suite.mode().id(), info.encryption().orElseThrow().mode());
      assertEquals(suite.chain().veraCryptName(), info.encryption().orElseThrow().cipher());
      assertEquals(version < 3 ? "ripemd160" : "sha512", info.encryption().orElseThrow().prf());
      assertEquals(version < 4 ? 512 : 131_072, info.dataOffset());
      assertEquals(37_376, plaintext.size());
      byte[] read = new byte[37_376];
      plaintext.read(0, read, 0, read.length);
      assertArrayEquals(Arrays.copyOf(Files.readAllBytes(image), read.length), read);
    }
  }

  @Test
  void headersUpToVersion3SayWhenTheyWereMade() throws IOException {
    for (int version = 1; version <= 5; version++) {
      Path file = folder.resolve("version" + version);
      Instant before = Instant.now();
      builder(version).create(file);
      Instant after = Instant.now();
      try (BlockDevice host = FileDevice.open(file, HostOpen.reading());
          UnlockRequest request = request(PASSWORD).build();
          UnlockedHeader header = Unlocker.unlock(host, "host", request)) {
        VolumeHeader fields = header.fields();
        assertEquals(version, fields.version());
        assertEquals(fields.volumeCreationTime(), fields.headerCreationTime());
        long time = fields.volumeCreationTime();
        Instant made = FILETIME_EPOCH.plus(Duration.ofSeconds(time / 10_000_000));
        boolean between = made.compareTo(before.minusSeconds(1)) >= 0 && made.compareTo(after) <= 0;
        assertTrue(version < 4 ? between : time == 0, made::toString);
      }
    }
  }

  @Test
  void headersDemandTheProgramThatIntroducedThem() throws IOException {
    assertEquals(0x0100, minimumProgramVersion(builder(1)));
    assertEquals(0x0100, minimumProgramVersion(builder(2).mode(CipherMode.CBC)));
    assertEquals(0x0410, minimumProgramVersion(builder(2)));
    assertEquals(0x0500, minimumProgramVersion(builder(3)));
    assertEquals(0x0600, minimumProgramVersion(builder(4)));
    assertEquals(0x0700, minimumProgramVersion(builder(5)));
  }

  private int minimumProgramVersion(VolumeBuilder builder) throws IOException {
    Path file = folder.resolve("demanding");
    builder.replaceExisting(true).create(file);
    try (BlockDevice host = FileDevice.open(file, HostOpen.reading());
        UnlockRequest request = request(PASSWORD).build();
        UnlockedHeader header = Unlocker.unlock(host, "host", request)) {
      return header.fields().minimumProgramVersion();
    }
  }

  @Test
  void everySectorOfAnEmptyVolumeIsNoise() throws IOException {
    for (int version = 1; version <= 4; version++) {
      Path file = folder.resolve("empty" + version);
      builder(version).create(file);
      byte[] bytes = Files.readAllBytes(file);
      assertEquals(version < 4 ? 19_456 : 299_008, bytes.length);
      assertNoise(bytes, 0, bytes.length);
    }
  }

  @Test
  void quickLeavesAHoleBetweenTheContentsAndTheHiddenHeader() throws IOException {
    Path file = folder.resolve("quick");
    builder(2).contents(randomFile(1000)).size(40_960).quick(true).create(file);
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(40_960, bytes.length);
    assertNoise(bytes, 0, 1536);
    assertArrayEquals(new byte[39_424 - 1536], Arrays.copyOfRange(bytes, 1536, 39_424));
    assertNoise(bytes, 39_424, 40_960);
    builder(3).contents(randomFile(18_944)).quick(true).replaceExisting(true).create(file);
    assertNoise(Files.readAllBytes(file), 0, 19_456);
  }

  /** 512 random bytes have 221 distinct values on average, with a deviation of 6. */
  private static void assertNoise(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at += 512) {
      long distinct = IntStream.range(at, at + 512).map(i -> bytes[i]).distinct().count();
      assertTrue(distinct > 160, "sector at " + at + " has only " + distinct + " distinct bytes");
    }
  }

  @Test
  void aHiddenVolumeOpensByItsOwnPasswordAndTheOuterOneStillDoes() throws Exception {
    List<HiddenVolume> hidden =
        List.of(
            HiddenVolume.aes(CipherMode.CBC, 1),
            HiddenVolume.aes(CipherMode.LRW, 2),
            HiddenVolume.aes(CipherMode.XTS, 3));
    byte[] contents = Files.readAllBytes(randomFile(19_456));
    for (HiddenVolume each : hidden) {
      Path file = folder.resolve("outer" + each.version());
      builder(each.version()).size(40_960).create(file);
      assertThrows(WrongPasswordException.class, () -> open(file, request(PASSWORD).hidden(true)));
      try (BlockDevice host = FileDevice.open(file, HostOpen.writing())) {
        each.put(host, HIDDEN_PASSWORD, contents);
      }
      OpenedVolume opened = open(file, request(HIDDEN_PASSWORD));
      try (BlockDevice plaintext = opened.plaintext()) {
        assertEquals("hidden", opened.info().kind());
        assertEquals(19_968, opened.info().dataOffset());
        byte[] read = new byte[19_456];
        plaintext.read(0, read, 0, read.length);
        assertArrayEquals(contents, read);
      }
      OpenedVolume outer = open(file, request(PASSWORD));
      assertEquals(40_448, outer.plaintext().size());
      outer.plaintext().close();
    }
  }

  @Test
  void whatAVersionHasNotIsRefused() {
    assertRefused("headerVersion", builder(0));
    assertRefused("headerVersion", builder(6));
    assertRefused("headerVersion", builder(3).format(VolumeFormat.VERACRYPT));
    assertRefused("mode", builder(1).mode(CipherMode.LRW));
    assertRefused("mode", builder(2).mode(CipherMode.XTS));
    assertRefused("mode", builder(5).mode(CipherMode.CBC));
    assertRefused("mode", new VolumeBuilder().password(PASSWORD).mode(CipherMode.LRW));
    assertRefused("cipher", builder(5).cipher("Blowfish"));
    assertRefused("cipher", builder(2).cipher("AES-Blowfish"));
    assertRefused("cipher", builder(1).cipher("Camellia"));
    assertRefused("cipher", builder(5).cipher("AES-256-LRW"));
    assertRefused("cipher", builder(2).cipher("twofish-256-xts,aes-256-xts"));
    assertRefused("hash", builder(3).hash("sha1"));
    assertRefused("hash", builder(2).hash("sha256"));
    assertRefused("pim", builder(2).pim(1));
    assertRefused("size", builder(3).size(18_944));
    assertRefused("size", builder(4).size(40_960));
  }

  private void assertRefused(String key, VolumeBuilder builder) {
    Path file = folder.resolve("volume");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> builder.create(file));
    assertTrue(e.getMessage().startsWith(key + ": "), e.getMessage());
    assertFalse(Files.exists(file));
  }
}
