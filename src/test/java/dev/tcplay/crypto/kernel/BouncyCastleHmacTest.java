package dev.tcplay.crypto.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.crypto.Digest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hashes under the reference kernel are the ones that the containers use. */
class BouncyCastleHmacTest {

  /** FIPS 180-4, the RIPEMD-160 paper, ISO/IEC 10118-3, RFC 7693 appendix B, RFC 6986 M1. */
  @ParameterizedTest
  @CsvSource({
    "SHA256, abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "SHA512, abc, ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    "RIPEMD160, abc, 8eb208f7e05d987a9b044a8e98c6b087f15a0bfc",
    "WHIRLPOOL, abc, 4e2448a4c6f486bb16b6562c73b4020bf3043e3a731bce721ae1b303d97e6d4c7181eebdb6c57e277d0e34957114cbd6c797fc9d95d8b582d225292076d4eef5",
    "BLAKE2S, abc, 508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982",
    "STREEBOG, 012345678901234567890123456789012345678901234567890123456789012, 1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48"
  })
  void digestsAreThosePublished(Prf prf, String message, String digest) {
    Digest hash = BouncyCastleHmac.digest(prf);
    byte[] input = message.getBytes(StandardCharsets.US_ASCII);
    hash.update(input, 0, input.length);
    byte[] result = new byte[hash.getDigestSize()];
    hash.doFinal(result, 0);
    assertEquals(digest, HexFormat.of().formatHex(result));
    assertEquals(prf.digestBytes(), result.length);
  }
}
