package dev.tcplay.crypto;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.crypto.kernel.BlockCipher;
import dev.tcplay.crypto.kernel.BlockKernel;
import dev.tcplay.crypto.kernel.BouncyCastleHmac;
import dev.tcplay.crypto.kernel.BouncyCastleKernel;
import dev.tcplay.crypto.kernel.Prf;
import dev.tcplay.model.CryptoDiagnostics.Check;
import dev.tcplay.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelfTestTest {

  @Test
  void everyCipherModeHashAndDerivationIsCheckedTwiceAndRight() throws InterruptedException {
    List<Check> checks = new ArrayList<>();
    new Diagnostics().selfTest(Seeds.of("SelfTestTest"), checks::add);
    for (Check check : checks) {
      assertEquals(Optional.empty(), check.failure(), check::toString);
    }
    Set<String> random = subjects(checks, true);
    Set<String> published = subjects(checks, false);
    for (BlockCipher cipher : BlockCipher.values()) {
      // Small blocks have no kernel but Bouncy Castle's own.
      assertEquals(cipher.blockBytes() == 16, random.contains(cipher.displayName()));
      assertTrue(published.contains(cipher.displayName()), cipher::toString);
    }
    for (CipherMode mode : CipherMode.all()) {
      for (CipherChain chain : mode.chains()) {
        String subject = VectorChecks.subject(new CipherSuite(mode, chain));
        assertTrue(random.contains(subject), subject);
      }
    }
    for (String subject :
        List.of("XTS-AES", "XTS-Serpent-Twofish-AES", "LRW-AES", "LRW-Blowfish", "CBC-AES")) {
      assertTrue(published.contains(subject), subject);
    }
    for (Prf prf : Prf.values()) {
      if (prf == Prf.ARGON2ID) {
        assertTrue(random.contains(prf.id()) && published.contains(prf.id()));
      } else {
        assertTrue(random.contains("HMAC-" + prf.id()), prf::toString);
        assertTrue(published.contains(prf.id()), prf::toString);
        assertTrue(published.contains("PBKDF2-" + prf.id()), prf::toString);
      }
    }
  }

  private static Set<String> subjects(List<Check> checks, boolean random) {
    return checks.stream()
        .filter(check -> check.reference().contains("random") == random)
        .map(Check::subject)
        .collect(Collectors.toSet());
  }

  @Test
  void aFailureIsReportedAndTheNextCheckRuns() throws InterruptedException {
    List<Check> checks = new ArrayList<>();
    SelfTest test = new SelfTest(1, checks::add);
    test.check(
        "a", "k", "r", () -> MismatchException.check("key", new byte[] {1, 2}, new byte[] {1, 3}));
    test.check(
        "b",
        "k",
        "r",
        () -> {
          throw new IllegalStateException("broken");
        });
    test.check("c", "k", "r", () -> {});
    assertEquals(
        List.of(
            new Check("a", "k", "r", Optional.of("key of 2 bytes is wrong from byte 1 on")),
            new Check("b", "k", "r", Optional.of("java.lang.IllegalStateException: broken")),
            new Check("c", "k", "r", Optional.empty())),
        checks);
  }

  @ParameterizedTest
  @EnumSource
  void aKernelThatSpoilsOneBlockIsFound(BlockCipher cipher) {
    RandomChecks.BlockKernels spoilt =
        (keys, offset) -> new Spoiling(new BouncyCastleKernel(cipher, keys, offset));
    assertThrows(MismatchException.class, () -> RandomChecks.blocks(cipher, spoilt, new Random(1)));
    assertDoesNotThrow(
        () ->
            RandomChecks.blocks(
                cipher,
                (keys, offset) -> new BouncyCastleKernel(cipher, keys, offset),
                new Random(1)));
  }

  @Test
  void aMacUnderAnotherPasswordIsFound() {
    RandomChecks.HmacKernels spoilt =
        password -> new BouncyCastleHmac(Prf.SHA256, new byte[password.length + 1]);
    assertThrows(
        MismatchException.class, () -> RandomChecks.macs(Prf.SHA256, spoilt, new Random(1)));
  }

  @Test
  void anInterruptEndsTheTest() {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> new Diagnostics().selfTest(1, check -> {}));
  }

  /** Works, but for the last block of a long run. */
  private record Spoiling(BlockKernel right) implements BlockKernel {

    @Override
    public void encrypt(byte[] source, byte[] target, int length) {
      right.encrypt(source, target, length);
      if (length > 4096) {
        target[length - 1] ^= 1;
      }
    }

    @Override
    public void decrypt(byte[] source, byte[] target, int length) {
      right.decrypt(source, target, length);
    }

    @Override
    public void wipe() {
      right.wipe();
    }
  }
}
