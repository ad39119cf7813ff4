package dev.tcplay.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.crypto.kernel.BlockCipher;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
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
    "Kuznyechik-Serpent-Camellia, CAMELLIA SERPENT KUZNYECHIK",
    "Blowfish, BLOWFISH",
    "CAST5, CAST5",
    "Triple DES, TRIPLE_DES",
    "AES-Blowfish, BLOWFISH AES",
    "AES-Blowfish-Serpent, SERPENT BLOWFISH AES"
  })
  void veraCryptsNameRunsAgainstTheKeyOrder(String name, String keyOrder) {
    List<BlockCipher> expected = Stream.of(keyOrder.split(" ")).map(BlockCipher::valueOf).toList();
    CipherChain chain = CipherChain.parse(name);
    assertEquals(expected, chain.keyOrder());
    assertEquals(name, chain.veraCryptName());
    assertEquals(expected.stream().mapToInt(BlockCipher::keyBytes).sum(), chain.keyBytes());
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
  void thereAreTwentyChainsShortOnesFirst() {
    List<Integer> sizes = chains().stream().map(CipherChain::keyBytes).toList();
    assertEquals(20, sizes.size());
    assertEquals(sizes.stream().sorted().toList(), sizes);
    assertEquals(20, chains().stream().map(CipherChain::keyOrder).distinct().count());
  }

  @Test
  void eachModeHasTheChainsThatItsProgramsOffer() {
    List<String> single = List.of("AES", "Serpent", "Twofish");
    List<String> cascades =
        List.of(
            "AES-Twofish",
            "Serpent-AES",
            "Twofish-Serpent",
            "AES-Twofish-Serpent",
            "Serpent-Twofish-AES");
    List<String> small = List.of("CAST5", "Triple DES", "Blowfish");
    List<String> inner = List.of("AES-Blowfish", "AES-Blowfish-Serpent");
    assertEquals(15, CipherMode.XTS.chains().size());
    assertTrue(names(CipherMode.XTS).containsAll(single));
    assertTrue(names(CipherMode.XTS).containsAll(cascades));
    assertEquals(joined(small, single, cascades), names(CipherMode.LRW));
    assertEquals(joined(small, single, cascades, inner), names(CipherMode.CBC));
    for (CipherMode mode : CipherMode.all()) {
      List<Integer> sizes =
          mode.chains().stream().map(chain -> mode.layout(chain).bytes()).toList();
      assertEquals(sizes.stream().sorted().toList(), sizes, mode.id());
    }
  }

  private static Set<String> names(CipherMode mode) {
    return mode.chains().stream().map(CipherChain::veraCryptName).collect(Collectors.toSet());
  }

  @SafeVarargs
  private static Set<String> joined(List<String>... lists) {
    return Stream.of(lists).flatMap(List::stream).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AES(Twofish(Serpent)) | AES-Twofish-Serpent",
        "aes(blowfish) | AES-Blowfish",
        "SERPENT(TWOFISH(AES)) | Serpent-Twofish-AES",
        "serpent,twofish,aes | AES-Twofish-Serpent",
        "BLOWFISH-448-CBC,AES-256-CBC | AES-Blowfish",
        "serpent-256-lrw, blowfish, aes | AES-Blowfish-Serpent",
        "BLOWFISH-448-CBC | Blowfish",
        "blowfish_le | Blowfish",
        "AES-256 | AES",
        "aes-lrw | AES",
        "Rijndael | AES",
        "des3 | Triple DES",
        "DES3-192-CBC | Triple DES",
        "3des | Triple DES",
        "3-DES | Triple DES",
        "TripleDES | Triple DES",
        "triple-des | Triple DES",
        "des3_ede | Triple DES",
        "DESede | Triple DES",
        "cast5 | CAST5",
        "CAST-128 | CAST5",
        "cast_5-128-cbc | CAST5"
      })
  void usualSpellingsAreUnderstood(String name, String chain) {
    assertEquals(chain, CipherChain.parse(name).veraCryptName());
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
        "AES-128-XTS",
        "BLOWFISH-256-CBC",
        "blowfish-aes",
        "Blowfish-Serpent",
        "AES(Twofish",
        "AES(Twofish))",
        "AES-Twofish)",
        "(AES)",
        "AES,",
        ",AES",
        "AES;Twofish",
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
