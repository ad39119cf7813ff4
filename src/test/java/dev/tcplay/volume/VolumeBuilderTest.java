package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.Keys;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Volumes that we make open again, and nothing in them tells what they are. */
class VolumeBuilderTest {

  private static final byte[] PASSWORD = GenuineVolumes.bytes("correct horse battery");

  private FileSystem memory;
  private Path folder;

  @BeforeEach
  void openMemory() throws IOException {
    memory = Jimfs.newFileSystem(Configuration.unix());
    folder = Files.createDirectory(memory.getPath("/volumes"));
  }

  @AfterEach
  void closeMemory() throws IOException {
    memory.close();
  }

  @TestFactory
  Stream<DynamicTest> everyChainOfEachFormatOpensByItsName() {
    return Stream.of(VolumeFormat.values())
        .flatMap(
            format ->
                format.chains().stream()
                    .map(
                        chain ->
                            dynamicTest(
                                format.displayName() + " " + chain,
                                () -> checkRoundTrip(format, "sha512", chain))));
  }

  @TestFactory
  Stream<DynamicTest> everyPrfOfEachFormatOpensByItsName() {
    CipherChain longest = CipherChain.parse("AES-Twofish-Serpent");
    return Stream.of(VolumeFormat.values())
        .flatMap(
            format ->
                format.prfs().stream()
                    .map(
                        prf ->
                            dynamicTest(
                                format.displayName() + " " + prf.id(),
                                () -> checkRoundTrip(format, prf.id(), longest))));
  }

  private void checkRoundTrip(VolumeFormat format, String hash, CipherChain chain)
      throws IOException {
    Path image = randomFile(300_100);
    Path file = folder.resolve(format + hash + chain);
    int pim = format == VolumeFormat.VERACRYPT ? 1 : 0;
    VolumeBuilder builder = new VolumeBuilder();
    builder.format(format).hash(hash).cipher(chain.tcplayName()).pim(pim);
    builder.password(PASSWORD).contents(image).create(file);
    UnlockRequest.Builder request =
        UnlockRequest.builder().password(PASSWORD).pim(pim).hash(hash).hidden(false);
    OpenedVolume volume = open(file, request);
    try (BlockDevice plaintext = volume.plaintext()) {
      VolumeInfo info = volume.info();
      assertEquals(format.displayName(), info.format());
      assertEquals(Prf.parse(hash).id(), info.encryption().orElseThrow().prf());
      assertEquals(chain.veraCryptName(), info.encryption().orElseThrow().cipher());
      assertEquals(300_544, plaintext.size());
      byte[] read = new byte[300_544];
      plaintext.read(0, read, 0, read.length);
      assertArrayEquals(Arrays.copyOf(Files.readAllBytes(image), read.length), read);
    }
  }

  @Test
  void headerAndBackupHaveOnePlaintextAndTwoSalts() throws IOException {
    Path file = folder.resolve("volume");
    VolumeBuilder builder = small();
    builder.create(file);
    OpenedVolume normal = open(file, small(UnlockRequest.builder()));
    OpenedVolume backup = open(file, small(UnlockRequest.builder()).backupHeader(true));
    normal.plaintext().close();
    backup.plaintext().close();
    assertEquals(normal.info(), backup.info());
    byte[] bytes = Files.readAllBytes(file);
    int backupAt = bytes.length - 131_072;
    assertFalse(Arrays.equals(bytes, 0, 64, bytes, backupAt, backupAt + 64));
    assertFalse(Arrays.equals(bytes, 64, 512, bytes, backupAt + 64, backupAt + 512));
  }

  @Test
  void everySectorOfAnEmptyVolumeIsNoise() throws IOException {
    Path file = folder.resolve("volume");
    VolumeBuilder builder = small();
    builder.create(file);
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(VolumeBuilder.MIN_SIZE, bytes.length);
    for (int at = 0; at < bytes.length; at += 512) {
      long distinct = distinctBytes(bytes, at);
      // 512 random bytes have 221 distinct values on average, with a deviation of 6.
      assertTrue(distinct > 160, "sector at " + at + " has only " + distinct + " distinct bytes");
    }
  }

  private static long distinctBytes(byte[] bytes, int from) {
    return IntStream.range(from, from + 512).map(i -> bytes[i]).distinct().count();
  }

  @Test
  void theHiddenHeadersOfANewVolumeDoNotOpen() throws IOException {
    Path file = folder.resolve("volume");
    VolumeBuilder builder = small();
    builder.create(file);
    assertThrows(
        WrongPasswordException.class,
        () -> open(file, small(UnlockRequest.builder()).hidden(true)));
  }

  @Test
  void quickLeavesTheRestOfTheDataAreaZero() throws IOException {
    Path image = randomFile(1000);
    Path file = folder.resolve("volume");
    VolumeBuilder builder = small();
    builder.contents(image).quick(true).create(file);
    byte[] bytes = Files.readAllBytes(file);
    int end = bytes.length - 131_072;
    assertTrue(distinctBytes(bytes, 131_072 + 512) > 160);
    assertArrayEquals(
        new byte[end - 132_096], Arrays.copyOfRange(bytes, 132_096, end), "after the contents");
  }

  @Test
  void twoVolumesShareNoSaltAndNoKey() throws IOException {
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    VolumeBuilder builder = small();
    builder.contents(randomFile(36_864));
    builder.create(first);
    builder.create(second);
    byte[] one = Files.readAllBytes(first);
    byte[] two = Files.readAllBytes(second);
    for (int at = 0; at < one.length; at += 512) {
      assertNotEquals(-1, Arrays.mismatch(one, at, at + 512, two, at, at + 512));
    }
  }

  @Test
  void keyfilesAndALongPasswordAreMixedIn() throws IOException {
    Path keyfile = randomFile(77);
    byte[] password = GenuineVolumes.bytes("x".repeat(128));
    Path file = folder.resolve("volume");
    VolumeBuilder builder = small();
    builder.password(password).keyfile(keyfile).keyfile(new byte[] {1}).create(file);
    UnlockRequest.Builder right =
        small(UnlockRequest.builder()).password(password).keyfile(new byte[] {1}).keyfile(keyfile);
    open(file, right).plaintext().close();
    UnlockRequest.Builder without = small(UnlockRequest.builder()).password(password);
    assertThrows(WrongPasswordException.class, () -> open(file, without));
  }

  @Test
  void anExistingFileIsRefusedUnlessItIsToBeReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("volume"), "precious");
    VolumeBuilder builder = small();
    assertThrows(FileAlreadyExistsException.class, () -> builder.create(file));
    assertEquals("precious", Files.readString(file));
    builder.replaceExisting(true).create(file);
    open(file, small(UnlockRequest.builder())).plaintext().close();
    assertOnly(file);
  }

  @Test
  void aFailureLeavesNothingBehind() throws IOException {
    Path file = folder.resolve("volume");
    VolumeBuilder builder = small();
    builder.contents(folder.resolve("absent"));
    assertThrows(NoSuchFileException.class, () -> builder.create(file));
    // The host refuses to move the finished volume over a directory.
    Path directory = Files.createDirectory(folder.resolve("directory"));
    Files.createFile(directory.resolve("entry"));
    assertThrows(IOException.class, () -> small().replaceExisting(true).create(directory));
    assertOnly(directory);
  }

  @Test
  void contentsThatGrowMeanwhileAreNotCutOff() throws IOException {
    Path contents = randomFile(36_864);
    Path file = folder.resolve("volume");
    VolumeBuilder builder = small();
    builder.contents(contents).random(new GrowingRandom(contents));
    FileSystemException e = assertThrows(FileSystemException.class, () -> builder.create(file));
    assertEquals(contents.toString(), e.getFile());
    try (Stream<Path> entries = Files.list(folder)) {
      assertEquals(List.of(), entries.toList());
    }
  }

  @Test
  void closedKeysMakeNothing() {
    Path file = folder.resolve("volume");
    Keys keys = Keys.of(PASSWORD);
    VolumeBuilder builder = new VolumeBuilder().keys(keys);
    keys.close();
    assertThrows(IllegalStateException.class, () -> builder.create(file));
    assertFalse(Files.exists(file));
  }

  @Test
  void aRandomSourceWhoseKeysRepeatIsRefused() {
    Path file = folder.resolve("volume");
    VolumeBuilder builder = small();
    builder.random(new ConstantRandom());
    assertThrows(IllegalStateException.class, () -> builder.create(file));
    assertFalse(Files.exists(file));
  }

  @Test
  void impossibleSettingsAreNamed() {
    assertRefused("size", builder -> builder.size(298_496));
    assertRefused("size", builder -> builder.size(299_009));
    assertRefused("size", builder -> builder.size(VolumeBuilder.MAX_SIZE + 512));
    assertRefused("hash", builder -> builder.hash("md5"));
    assertRefused("hash", builder -> builder.format(VolumeFormat.TRUECRYPT).hash("blake2s").pim(0));
    assertRefused(
        "hash", builder -> builder.format(VolumeFormat.TRUECRYPT).hash("SHA512-VC").pim(0));
    assertRefused("cipher", builder -> builder.cipher("DES"));
    assertRefused("cipher", builder -> builder.format(VolumeFormat.TRUECRYPT).cipher("Camellia"));
    assertRefused("pim", builder -> builder.pim(-1));
    assertRefused("pim", builder -> builder.pim(2_147_469));
    assertRefused("pim", builder -> builder.format(VolumeFormat.TRUECRYPT).pim(1));
    assertRefused("password", builder -> builder.password(new byte[0]));
    assertRefused("password", builder -> builder.password(new byte[129]));
    assertRefused(
        "password",
        builder -> builder.format(VolumeFormat.TRUECRYPT).pim(0).password(new byte[65]));
    assertRefused("contents", builder -> builder.contents(folder));
    assertRefused("keyfiles", builder -> builder.keyfile(new byte[0]));
  }

  private void assertRefused(String key, UnaryOperator<VolumeBuilder> setting) {
    Path file = folder.resolve("volume");
    VolumeBuilder builder = setting.apply(small());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> builder.create(file));
    assertTrue(e.getMessage().matches("(?s)" + key + "(:| must ).*"), e.getMessage());
    assertFalse(Files.exists(file));
  }

  @Test
  void aLongPasswordOpensTrueCryptByItsFirst64BytesAndIsSaidTo() throws IOException {
    byte[] password = new byte[70];
    new Random(70).nextBytes(password);
    byte[] first = Arrays.copyOf(password, 64);
    Path file = folder.resolve("long.tc");
    new VolumeBuilder().password(first).format(VolumeFormat.TRUECRYPT).create(file);
    UnlockRequest.Builder whole = UnlockRequest.builder().password(password).hash("sha512");
    OpenedVolume volume = open(file, whole.format("TrueCrypt"));
    volume.plaintext().close();
    assertEquals(
        List.of("opened by the first 64 bytes of the password, which are all that TrueCrypt takes"),
        volume.warnings());
    OpenedVolume byFirst =
        open(file, UnlockRequest.builder().password(first).hash("sha512").format("TrueCrypt"));
    byFirst.plaintext().close();
    assertEquals(List.of(), byFirst.warnings());
    password[0]++;
    WrongPasswordException e =
        assertThrows(
            WrongPasswordException.class,
            () -> open(file, UnlockRequest.builder().password(password).format("TrueCrypt")));
    assertTrue(e.getReason().contains("the first 64 bytes of the password"), e.getReason());
    byte[] longer = Arrays.copyOf(first, 200);
    open(file, UnlockRequest.builder().password(longer)).plaintext().close();
    longer[0]++;
    e =
        assertThrows(
            WrongPasswordException.class,
            () -> open(file, UnlockRequest.builder().password(longer)));
    assertTrue(e.getReason().contains("VeraCrypt not, as it takes at most 128"), e.getReason());
  }

  private static VolumeBuilder small() {
    return new VolumeBuilder().password(PASSWORD).pim(1);
  }

  private static UnlockRequest.Builder small(UnlockRequest.Builder request) {
    return request.password(PASSWORD).pim(1).hash("sha512");
  }

  private Path randomFile(int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return Files.write(memory.getPath("/random" + size), bytes);
  }

  private static OpenedVolume open(Path file, UnlockRequest.Builder builder) throws IOException {
    BlockDevice host = FileDevice.open(file, HostOpen.reading());
    try (UnlockRequest request = builder.build()) {
      return Unlocker.open(host, file.toString(), request);
    } catch (IOException e) {
      host.close();
      throw e;
    }
  }

  private void assertOnly(Path expected) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      assertEquals(List.of(expected), entries.toList());
    }
  }

  /** Appends to a file when keys are made. */
  private static final class GrowingRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final transient Path file;

    GrowingRandom(Path file) {
      this.file = file;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      super.nextBytes(bytes);
      try {
        Files.write(file, bytes, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A broken source: every byte is the same. */
  private static final class ConstantRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    @Override
    public void nextBytes(byte[] bytes) {
      Arrays.fill(bytes, (byte) 7);
    }
  }
}
