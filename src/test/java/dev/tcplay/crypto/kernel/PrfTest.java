package dev.tcplay.crypto.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrfTest {

  @ParameterizedTest
  @EnumSource
  void anIdLeadsBack(Prf prf) {
    assertEquals(prf, Prf.parse(prf.id()));
    assertEquals(prf, Prf.parse(prf.name()));
  }

  @ParameterizedTest
  @CsvSource({
    "sha512, SHA512",
    "SHA-512, SHA512",
    "SHA512-VC, SHA512",
    "sha_256, SHA256",
    "SHA-1, SHA1",
    "sha, SHA1",
    "SHA-160, SHA1",
    "RIPEMD160, RIPEMD160",
    "RIPEMD-160, RIPEMD160",
    "RIPEMD160-VC, RIPEMD160",
    "rmd160, RIPEMD160",
    "whirlpool, WHIRLPOOL",
    "Whirlpool-vc, WHIRLPOOL",
    "streebog, STREEBOG",
    "Stribog, STREEBOG",
    "streebog-512, STREEBOG",
    "GOST R 34.11-2012, STREEBOG",
    "GOST3411-2012-512, STREEBOG",
    "BLAKE2s, BLAKE2S",
    "BLAKE2s-256, BLAKE2S",
    "blake2s_256-VC, BLAKE2S",
    "argon2id, ARGON2ID",
    "Argon2, ARGON2ID"
  })
  void anyUsualSpellingIsUnderstood(String name, Prf prf) {
    assertEquals(prf, Prf.parse(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-VC", "md5", "sha12", "sha5122", "blake2b"})
  void anUnknownNameIsRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> Prf.parse(name));
  }
}
