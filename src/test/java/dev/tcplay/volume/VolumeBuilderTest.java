package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.crypto.CipherChain;
import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.VolumeInfo;
import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Volumes that we make open again, by all that they were made with. */
class VolumeBuilderTest extends BuiltVolumes {

  @TestFactory
  Stream<DynamicTest> everyChainOfEachFormatOpensByItsName() {
    return Stream.of(VolumeFormat.values())
        .flatMap(
            format ->
                newest(format).chains(CipherMode.XTS).stream()
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
                newest(format).costs().prfs().stream()
                    .map(
                        prf ->
                            dynamicTest(
                                format.displayName() + " " + prf.id(),
                                () -> checkRoundTrip(format, prf.id(), longest))));
  }

  private static HeaderFamily newest(VolumeFormat format) {
    return NewVolume.family(format, TrueCryptHeader.NEWEST_VERSION);
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
}
