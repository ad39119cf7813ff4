package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.crypto.kernel.Prf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request accepts, and what it rules out. */
class UnlockRequestTest {

  @Test
  void impossibleSettingsAreNamed() throws IOException {
    assertRefused("pim", request -> request.pim(-1));
    assertRefused("pim", request -> request.pim(2_147_469));
    assertRefused("hash", request -> request.hash("md5"));
    assertRefused("cipher", request -> request.cipher("AES-AES"));
    assertRefused("format", request -> request.format("LUKS"));
    assertRefused("password", request -> request.format("VeraCrypt").password(new byte[129]));
    assertRefused("password", request -> request.hash("sha512-vc").password(new byte[129]));
    assertRefused("password", request -> request.pim(1).password(new byte[129]));
    assertRefused("password", request -> request.hash("sha256").password(new byte[129]));
    assertRefused("password", request -> request.cipher("Camellia").password(new byte[129]));
    assertRefused("keyfiles", request -> request.keyfile(new byte[0]));
    assertRefused("backupHeader", request -> request.backupHeader(true).headerFile(Path.of("h")));
    assertRefused(
        "headerFile",
        request -> request.headerFile(Path.of("h")).headerFile(new MemoryDevice(512)));
    assertRefused("pim", request -> request.format("TrueCrypt").pim(1));
    assertRefused("hash", request -> request.format("truecrypt").hash("sha256"));
    assertRefused("cipher", request -> request.format("TrueCrypt").cipher("Kuznyechik"));
    assertRefused("cipher", request -> request.format("VeraCrypt").cipher("Blowfish"));
    assertRefused("hash", request -> request.format("VeraCrypt").hash("SHA-1"));
    assertRefused("hash", request -> request.hash("sha512,sha521"));
    assertRefused("hash", request -> request.hash("sha512,"));
    assertRefused("hash", request -> request.format("TrueCrypt").hash("sha256,blake2s"));
    assertRefused("hash", request -> request.format("TrueCrypt").hash("sha512,sha256-VC"));
  }

  @Test
  void hintsThatNoVolumeHasTogetherAreNamed() {
    assertRefused("hash, cipher", request -> request.hash("sha256").cipher("CAST5"));
    assertRefused("hash, cipher", request -> request.hash("sha1").cipher("Camellia"));
    assertRefused("hash, pim", request -> request.hash("sha1").pim(1));
    assertRefused("cipher, pim", request -> request.cipher("AES-Blowfish").pim(1));
    UnlockRequest.Builder all = UnlockRequest.builder().password(new byte[] {1});
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> all.hash("sha256").cipher("3DES").pim(31).build());
    assertEquals(
        "hash, cipher, pim: no volume has sha256 and Triple DES and a PIM", e.getMessage());
  }

  private static void assertRefused(String key, UnaryOperator<UnlockRequest.Builder> setting) {
    UnlockRequest.Builder request = UnlockRequest.builder().password(new byte[] {1});
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> setting.apply(request).build());
    assertTrue(e.getMessage().matches("(?s)" + key + "(:| must ).*"), e.getMessage());
  }

  @Test
  void anEmptyPasswordIsAPassword() throws IOException {
    try (UnlockRequest request = UnlockRequest.builder().password(new byte[0]).build()) {
      assertFalse(prfs(request, HeaderFamily.VERACRYPT).isEmpty());
    }
  }

  @Test
  void anEmptyPasswordGoesWithAKeyfile() throws IOException {
    try (UnlockRequest request = UnlockRequest.builder().keyfile(new byte[] {1}).build()) {
      assertFalse(prfs(request, HeaderFamily.TRUECRYPT).isEmpty());
    }
  }

  @Test
  void aPimRulesTrueCryptOut() throws IOException {
    try (UnlockRequest request = UnlockRequest.builder().password(new byte[1]).pim(485).build()) {
      assertEquals(List.of(), prfs(request, HeaderFamily.TRUECRYPT));
      assertEquals(7, prfs(request, HeaderFamily.VERACRYPT).size());
    }
  }

  @Test
  void aPasswordThatIsTooLongForVeraCryptIsOneForTrueCrypt() throws IOException {
    try (UnlockRequest request = UnlockRequest.builder().password(new byte[129]).build()) {
      assertEquals(List.of(), prfs(request, HeaderFamily.VERACRYPT));
      assertEquals(3, prfs(request, HeaderFamily.TRUECRYPT).size());
      assertEquals(64, request.secrets().derivationInput(VolumeFormat.TRUECRYPT).length);
    }
  }

  @Test
  void trueCryptTakesTheFirst64BytesOfALongPassword() throws IOException {
    byte[] password = new byte[70];
    new Random(70).nextBytes(password);
    byte[] first = Arrays.copyOf(password, 64);
    try (UnlockRequest request =
            UnlockRequest.builder().password(password).format("TrueCrypt").build();
        UnlockRequest withKeyfile =
            UnlockRequest.builder().password(password).keyfile(new byte[] {1}).build();
        UnlockRequest shortWithKeyfile =
            UnlockRequest.builder().password(first).keyfile(new byte[] {1}).build()) {
      assertEquals(3, prfs(request, HeaderFamily.TRUECRYPT).size());
      assertArrayEquals(first, request.secrets().derivationInput(VolumeFormat.TRUECRYPT));
      assertArrayEquals(password, request.secrets().derivationInput(VolumeFormat.VERACRYPT));
      assertArrayEquals(
          shortWithKeyfile.secrets().derivationInput(VolumeFormat.TRUECRYPT),
          withKeyfile.secrets().derivationInput(VolumeFormat.TRUECRYPT));
      assertEquals(128, withKeyfile.secrets().derivationInput(VolumeFormat.VERACRYPT).length);
    }
  }

  @Test
  void hintsLeaveOneFunctionAndOneChain() throws IOException {
    try (UnlockRequest request =
        UnlockRequest.builder()
            .password(new byte[1])
            .hash("SHA-512")
            .cipher("TWOFISH-256-XTS,AES-256-XTS")
            .build()) {
      assertEquals(List.of(Prf.SHA512), prfs(request, HeaderFamily.TRUECRYPT));
      assertEquals(List.of(Prf.SHA512), prfs(request, HeaderFamily.VERACRYPT));
      assertEquals(
          "[AES-Twofish in XTS]", request.hints().suites(HeaderFamily.VERACRYPT).toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cipher, Blowfish, TRUECRYPT_1_TO_4",
    "cipher, des3_ede, TRUECRYPT_1_TO_4",
    "cipher, AES-Blowfish-Serpent, TRUECRYPT_1_TO_4",
    "cipher, AES, TRUECRYPT TRUECRYPT_1_TO_4 VERACRYPT",
    "cipher, Camellia, VERACRYPT",
    "hash, SHA-1, TRUECRYPT_1_TO_4",
    "hash, ripemd160, TRUECRYPT TRUECRYPT_1_TO_4 VERACRYPT",
    "hash, sha256, VERACRYPT",
    "format, TrueCrypt, TRUECRYPT TRUECRYPT_1_TO_4",
    "format, VeraCrypt, VERACRYPT"
  })
  void hintsSelectFamilies(String key, String value, String expected) throws IOException {
    UnlockRequest.Builder builder = UnlockRequest.builder().password(new byte[1]);
    switch (key) {
      case "cipher" -> builder.cipher(value);
      case "hash" -> builder.hash(value);
      default -> builder.format(value);
    }
    try (UnlockRequest request = builder.build()) {
      List<String> wanted = new ArrayList<>();
      Map<String, HeaderFamily> families = new LinkedHashMap<>();
      families.put("TRUECRYPT", HeaderFamily.TRUECRYPT);
      families.put("TRUECRYPT_1_TO_4", HeaderFamily.TRUECRYPT_1_TO_4);
      families.put("VERACRYPT", HeaderFamily.VERACRYPT);
      families.forEach(
          (name, family) -> {
            if (request.wants(family)) {
              wanted.add(name);
            }
          });
      assertEquals(expected, String.join(" ", wanted));
    }
  }

  @Test
  void tcplaysNameOfAVeraCryptHashRulesTrueCryptOut() throws IOException {
    try (UnlockRequest request =
        UnlockRequest.builder().password(new byte[1]).hash("Whirlpool-vc").build()) {
      assertEquals(List.of(), prfs(request, HeaderFamily.TRUECRYPT));
      assertEquals(List.of(Prf.WHIRLPOOL), prfs(request, HeaderFamily.VERACRYPT));
    }
    assertRefused("hash", request -> request.format("TrueCrypt").hash("SHA512-VC"));
  }

  @Test
  void secretsAreCopiedAndNotPrinted() throws IOException {
    byte[] password = GenuineVolumes.bytes("hunter2");
    UnlockRequest request = UnlockRequest.builder().password(password).build();
    password[0] = 'x';
    assertArrayEquals(
        GenuineVolumes.bytes("hunter2"), request.secrets().derivationInput(VolumeFormat.VERACRYPT));
    assertFalse(request.toString().contains("hunter2"));
    request.close();
  }

  @Test
  void aClosedRequestOpensNothing() throws IOException {
    UnlockRequest request = UnlockRequest.builder().password(new byte[] {1}).build();
    request.close();
    assertThrows(
        IllegalStateException.class,
        () -> Unlocker.open(new MemoryDevice(1 << 20), "host", request));
  }

  private static List<Prf> prfs(UnlockRequest request, HeaderFamily family) {
    return request.kdfs(family).stream().map(HeaderKdf::prf).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "'pass word\nsecond', 'pass word'",
    "'pass\r\nsecond', 'pass'",
    "'no end', 'no end'",
    "'', ''",
    "'\n', ''",
    "' spaces \t\n', ' spaces \t'",
    "'cr\rin it\n', 'cr\rin it'"
  })
  void thePasswordIsTheFirstLineOfItsFile(String contents, String expected, @TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("password"), contents);
    try (UnlockRequest request = UnlockRequest.builder().passwordFile(file).build()) {
      byte[] password = request.secrets().derivationInput(VolumeFormat.VERACRYPT);
      assertEquals(expected, new String(password, StandardCharsets.UTF_8));
    }
  }
}
