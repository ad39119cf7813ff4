package dev.tcplay.volume;

import static dev.tcplay.volume.KeyCosts.TRUECRYPT;
import static dev.tcplay.volume.KeyCosts.TRUECRYPT_1_TO_4;
import static dev.tcplay.volume.KeyCosts.VERACRYPT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.crypto.CipherMode;
import dev.tcplay.crypto.kernel.Prf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a header key costs. */
class HeaderKdfTest {

  @ParameterizedTest
  @CsvSource({"RIPEMD160, 2000", "SHA512, 1000", "WHIRLPOOL, 1000"})
  void trueCryptHasFixedIterations(Prf prf, int iterations) {
    assertEquals(new HeaderKdf(prf, iterations, 0), TRUECRYPT.kdf(prf, 0));
    assertEquals(new HeaderKdf(prf, iterations, 0), TRUECRYPT_1_TO_4.kdf(prf, 0));
  }

  @Test
  void sha1IsOfTrueCrypt1To4Only() {
    assertEquals(new HeaderKdf(Prf.SHA1, 2000, 0), TRUECRYPT_1_TO_4.kdf(Prf.SHA1, 0));
    assertTrue(TRUECRYPT_1_TO_4.prfs().contains(Prf.SHA1));
    assertFalse(TRUECRYPT.prfs().contains(Prf.SHA1));
    assertFalse(VERACRYPT.prfs().contains(Prf.SHA1));
  }

  @ParameterizedTest
  @CsvSource({
    "RIPEMD160, 655331",
    "SHA512, 500000",
    "SHA256, 500000",
    "WHIRLPOOL, 500000",
    "STREEBOG, 500000",
    "BLAKE2S, 500000"
  })
  void veraCryptHasDefaultIterations(Prf prf, int iterations) {
    assertEquals(new HeaderKdf(prf, iterations, 0), VERACRYPT.kdf(prf, 0));
  }

  @ParameterizedTest
  @CsvSource({"1, 16000", "2, 17000", "485, 500000", "1234, 1249000", "2147468, 2147483000"})
  void aPimSetsTheIterations(int pim, int iterations) {
    assertEquals(iterations, VERACRYPT.kdf(Prf.SHA256, pim).iterations());
    assertEquals(iterations, VERACRYPT.kdf(Prf.RIPEMD160, pim).iterations());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 416, 6",
    "1, 64, 3",
    "8, 288, 5",
    "12, 416, 6",
    "31, 1024, 13",
    "32, 1024, 14",
    "33, 1024, 15",
    "2147468, 1024, 2147450"
  })
  void aPimSetsMemoryAndPassesOfArgon2id(int pim, int memoryMiB, int passes) {
    assertEquals(
        new HeaderKdf(Prf.ARGON2ID, passes, memoryMiB * 1024), VERACRYPT.kdf(Prf.ARGON2ID, pim));
  }

  @Test
  void eachFamilyHasItsModesAndChains() {
    assertEquals(8, HeaderFamily.TRUECRYPT.chains(CipherMode.XTS).size());
    assertEquals(11, HeaderFamily.TRUECRYPT_1_TO_4.chains(CipherMode.LRW).size());
    assertEquals(13, HeaderFamily.TRUECRYPT_1_TO_4.chains(CipherMode.CBC).size());
    assertEquals(15, HeaderFamily.VERACRYPT.chains(CipherMode.XTS).size());
    assertEquals(8, HeaderFamily.TRUECRYPT.suites().size());
    assertEquals(24, HeaderFamily.TRUECRYPT_1_TO_4.suites().size());
    assertEquals(15, HeaderFamily.VERACRYPT.suites().size());
    assertEquals(13, VolumeFormat.TRUECRYPT.chains().size());
    assertEquals(15, VolumeFormat.VERACRYPT.chains().size());
  }
}
