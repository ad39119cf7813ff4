package dev.tcplay.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.crypto.kernel.Kernels;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.CryptoDiagnostics;
import dev.tcplay.model.CryptoDiagnostics.CipherSpeed;
import dev.tcplay.model.CryptoDiagnostics.Direction;
import dev.tcplay.model.CryptoDiagnostics.KdfSpeed;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosticsTest {

  private static final Duration BRIEF = Duration.ofMillis(5);

  private final CryptoDiagnostics diagnostics = new Diagnostics();

  @Test
  void allChainsAndFunctionsAreNamed() {
    assertEquals(20, diagnostics.ciphers().size());
    assertEquals("AES", diagnostics.ciphers().get(0));
    assertEquals(8, diagnostics.kdfs().size());
  }

  @Test
  void namesAreFoundByAnySpelling() {
    assertEquals(Optional.of("AES-Twofish"), diagnostics.findCipher("aes-twofish"));
    assertEquals(Optional.of("AES-Twofish"), diagnostics.findCipher("TWOFISH-256-XTS,AES-256-XTS"));
    assertEquals(Optional.of("Triple DES"), diagnostics.findCipher("des3_ede"));
    assertEquals(Optional.empty(), diagnostics.findCipher("sha512"));
    assertEquals(Optional.of("sha512"), diagnostics.findKdf("SHA512-VC"));
    assertEquals(Optional.empty(), diagnostics.findKdf("AES"));
  }

  @ParameterizedTest
  @CsvSource({
    "AES, xts, ENCRYPT, 1",
    "Serpent, xts, DECRYPT, 2",
    "Serpent-Twofish-AES, xts, ENCRYPT, 3",
    "Triple DES, lrw, ENCRYPT, 1",
    "AES-Blowfish, cbc, DECRYPT, 2"
  })
  void aChainIsMeasuredInItsNewestMode(String cipher, String mode, Direction direction, int threads)
      throws Exception {
    CipherSpeed speed = diagnostics.measureCipher(cipher, direction, threads, BRIEF);
    assertEquals(cipher, speed.name());
    assertEquals(mode, speed.mode());
    assertEquals(direction, speed.direction());
    assertEquals(threads, speed.threads());
    assertTrue(speed.mbPerSecond() > 0.01 && speed.mbPerSecond() < 1e6, speed::toString);
    assertEquals(Diagnostics.kernel(CipherChain.parse(cipher)), speed.kernel());
  }

  @Test
  void aDerivationIsMeasuredAsAWhole() throws Exception {
    KdfSpeed speed = diagnostics.measureKdf("ripemd160", BRIEF);
    assertEquals(192, speed.bytes());
    assertEquals(Kernels.nameOf(Prf.RIPEMD160), speed.kernel());
    // Ten blocks of 655331 iterations of two compressions take this long on any machine.
    assertTrue(speed.seconds().orElseThrow() > 0.3, speed::toString);
  }

  @Test
  void theKernelsOfACascadeAreNamedInTheOrderOfItsName() {
    String aes = Kernels.nameOf(BlockCipher.AES);
    String twofish = Kernels.nameOf(BlockCipher.TWOFISH);
    assertEquals(aes + "+" + twofish, Diagnostics.kernel(CipherChain.parse("AES-Twofish")));
    assertEquals(aes, Diagnostics.kernel(CipherChain.parse("AES")));
  }

  @Test
  void badArgumentsAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> diagnostics.measureCipher("AES", Direction.ENCRYPT, 0, BRIEF));
    assertThrows(
        IllegalArgumentException.class,
        () -> diagnostics.measureCipher("DES", Direction.ENCRYPT, 1, BRIEF));
    assertThrows(
        IllegalArgumentException.class,
        () -> diagnostics.measureCipher("AES", Direction.ENCRYPT, 1, Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class,
        () -> diagnostics.measureKdf("sha512", Duration.ofMillis(-1)));
    assertThrows(IllegalArgumentException.class, () -> diagnostics.measureKdf("md5", BRIEF));
  }

  @Test
  void anInterruptEndsAMeasurement() {
    Duration hour = Duration.ofHours(1);
    Thread.currentThread().interrupt();
    assertThrows(
        InterruptedException.class,
        () -> diagnostics.measureCipher("AES", Direction.ENCRYPT, 2, hour));
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> diagnostics.measureKdf("sha256", hour));
  }
}
