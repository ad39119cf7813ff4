package dev.tcplay.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.crypto.kernel.BlockCipher;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CipherChainTest {

  static List<CipherChain> chains() {
    return CipherChain.all();
  }

  @ParameterizedTest
  @CsvSource({
    "AES, AES",
    "Serpent, SERPENT",
    "Twofish, TWOFISH",
    "Camellia, CAMELLIA",
    "Kuznyechik, KUZNYECHIK",
    "AES-Twofish, TWOFISH AES",
    "AES-Twofish-Serpent, SERPENT TWOFISH AES",
    "Serpent-AES, AES SERPENT",
    "Serpent-Twofish-AES, AES TWOFISH SERPENT",
    "Twofish-Serpent, SERPENT TWOFISH",
    "Camellia-Kuznyechik, KUZNYECHIK CAMELLIA",
    "Camellia-Serpent, SERPENT CAMELLIA",
    "Kuznyechik-AES, AES KUZNYECHIK",
    "Kuznyechik-Twofish, TWOFISH KUZNYECHIK",
    "Kuznyechik-Serpent-Camellia, CAMELLIA SERPENT KUZNYECHIK"
  })
  void veraCryptsNameRunsAgainstTheKeyOrder(String name, String keyOrder) {
    List<BlockCipher> expected = Stream.of(keyOrder.split(" ")).map(BlockCipher::valueOf).toList();
    CipherChain chain = CipherChain.parse(name);
    assertEquals(expected, chain.keyOrder());
    assertEquals(name, chain.veraCryptName());
    assertEquals(32 * expected.size(), chain.keyBytes());
  }

  @Test
  void tcplaysNameFollowsTheKeyOrder() {
    CipherChain chain = CipherChain.parse("SERPENT-256-XTS,TWOFISH-256-XTS,AES-256-XTS");
    assertEquals(
        List.of(BlockCipher.SERPENT, BlockCipher.TWOFISH, BlockCipher.AES), chain.keyOrder());
    assertEquals("AES-Twofish-Serpent", chain.veraCryptName());
    assertSame(chain, CipherChain.parse("AES-Twofish-Serpent"));
  }

  @Test
  void thereAreFifteenChainsShortOnesFirst() {
    List<Integer> sizes = chains().stream().map(CipherChain::keyBytes).toList();
    assertEquals(15, sizes.size());
    assertEquals(sizes.stream().sorted().toList(), sizes);
    assertEquals(15, chains().stream().map(CipherChain::keyOrder).distinct().count());
  }

  @ParameterizedTest
  @MethodSource("chains")
  void bothNamesLeadBackInAnyCase(CipherChain chain) {
    for (String name : List.of(chain.veraCryptName(), chain.tcplayName())) {
      assertSame(chain, CipherChain.parse(name));
      assertSame(chain, CipherChain.parse(name.toLowerCase(Locale.ROOT)));
      assertSame(chain, CipherChain.parse(name.toUpperCase(Locale.ROOT)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "DES",
        "Serpent-Twofish",
        "AES-Serpent",
        "AES,Twofish",
        "AES-256-XTS,TWOFISH-256-XTS",
        "AES-Twofish-"
      })
  void aNameOfNoChainIsRefused(String name) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> CipherChain.parse(name));
    assertTrue(e.getMessage().contains("AES-Twofish-Serpent"), e.getMessage());
  }
}
