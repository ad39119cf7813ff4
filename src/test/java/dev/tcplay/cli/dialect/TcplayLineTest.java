package dev.tcplay.cli.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line of tcplay(8), word by word. */
class TcplayLineTest {

  private static TcplayLine parse(String line) {
    return TcplayLine.parse(List.of(line.split(" ")));
  }

  private static TcplayRequest request(String line) {
    return assertInstanceOf(TcplayRequest.class, parse(line), line);
  }

  private static TcplayLine.Answer answer(String line) {
    return assertInstanceOf(TcplayLine.Answer.class, parse(line), line);
  }

  /** The string that tcplay 3.3 hands to getopt. */
  @Test
  void theLettersAreThoseOfTcplay() {
    StringBuilder letters = new StringBuilder();
    for (char letter = 'a'; letter <= 'z'; letter++) {
      Optional<TcplayOption> option = TcplayOption.ofLetter(letter);
      option.ifPresent(o -> letters.append(o.takesValue() ? "?:" : "?"));
      if (option.isPresent()) {
        letters.setCharAt(letters.indexOf("?"), letter);
      }
    }
    assertEquals("a:b:cd:ef:ghij:k:m:ps:tu:vwx:y:z", letters.toString());
  }

  @ParameterizedTest
  @EnumSource(TcplayOption.class)
  void eachOptionIsTakenByItsLongNameInBothForms(TcplayOption option) throws UsageException {
    String name = "--" + option.longName();
    List<Getopt.Given> one = List.of(new Getopt.Given(option, option.takesValue() ? "v" : ""));
    if (option.takesValue()) {
      assertEquals(one, Getopt.split(List.of(name, "v")));
      assertEquals(one, Getopt.split(List.of(name + "=v")));
      assertTrue(answer(name).err().startsWith("tcplay: option '" + name + "' requires"));
    } else {
      assertEquals(one, Getopt.split(List.of(name)));
      assertTrue(answer(name + "=v").err().startsWith("tcplay: option '" + name + "' doesn't"));
    }
    assertTrue(TcplayLine.begins(List.of(name)));
  }

  @Test
  void lettersStandTogetherAndTheLastTakesTheRest() {
    TcplayRequest request = request("-czwd/dev/loop0 -k a -kb file");
    assertEquals(TcplayOption.CREATE, request.task());
    assertEquals("/dev/loop0", request.device());
    assertEquals(List.of("a", "b"), request.values(TcplayOption.KEYFILE));
    assertTrue(request.has(TcplayOption.INSECURE_ERASE));
    assertTrue(request.warnings().startsWith("WARNING: Using urandom"));
  }

  @Test
  void longNamesMayBeCutShort() {
    assertEquals("d", request("--info --dev d --system-e s").device());
    String all = "'--use-backup' '--use-hdr-file' '--use-hidden-hdr-file'";
    assertEquals(
        "tcplay: option '--use' is ambiguous; possibilities: " + all,
        answer("--use -d d").err().lines().findFirst().orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-i",
        "-d x",
        "-i -m n -d x",
        "-c -i -d x",
        "-i -d x -s y --fde",
        "-i -d x -g",
        "-i -d x --use-backup --fde",
        "-i -d x --use-backup -s y",
        "-i -d x -f k",
        "-i -d x --new-keyfile k",
        "-m n -d x --new-pbkdf-prf SHA512",
        "-m n -d x --save-hdr-backup f",
        "-i -d x --restore-from-backup-hdr",
        "--modify -d x --restore-from-backup-hdr --new-keyfile k",
        "--modify -d x --restore-from-backup-hdr --new-pbkdf-prf SHA512",
        "-c -d x -a SHA512 -a SHA512",
        "-c -d x -b AES-256-XTS -b AES-256-XTS",
        "-i -d x -h",
        "-i -d x --nonsense",
        "-i -d",
        "-q"
      })
  void whatDoesNotFitTogetherIsMisuse(String line) {
    TcplayLine.Answer answer = answer(line);
    assertEquals(1, answer.status());
    assertTrue(answer.err().contains("usage"), answer::err);
    assertEquals("", answer.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-a", "-x", "--new-pbkdf-prf"})
  void theHashesAreListed(String option) {
    TcplayLine.Answer answer = answer("-c " + option + " help -q");
    assertEquals(0, answer("-c " + option + " help").status());
    assertEquals(1, answer.status());
    assertEquals(
        "Valid PBKDF PRF algorithms are: RIPEMD160 SHA512 whirlpool RIPEMD160-VC SHA512-VC"
            + " whirlpool-VC SHA256-VC \n",
        answer("-c " + option + " help").err());
    assertEquals(1, answer(option + " sha512").status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-b", "-y"})
  void theChainsAreListed(String option) {
    TcplayLine.Answer answer = answer(option + " help");
    assertEquals(0, answer.status());
    assertTrue(answer.err().startsWith("Invalid cipher: help\nValid cipher chains are:\nAES-256"));
    assertEquals(10, answer.err().lines().count());
    // The example of the man page, which tcplay itself refuses.
    assertEquals(1, answer(option + " AES-256-XTS,TWOFISH-256-XTS").status());
  }

  @Test
  void theVersionIsThatOfTheDialect() {
    assertEquals(new TcplayLine.Answer(0, "tcplay v3.3\n", ""), answer("-i -v"));
  }

  @Test
  void triesAndPromptsAreCounted() {
    assertEquals(3, request("-i -d x").tries());
    assertEquals(1, request("-i -d x --no-retries").tries());
    assertFalse(request("-i -d x").triesKeyfilesAlone());
    assertTrue(request("-i -d x -k k").triesKeyfilesAlone());
    assertFalse(request("-i -d x -k k -p").triesKeyfilesAlone());
    assertTrue(request("--modify -d x --restore-from-backup-hdr").usesBackup());
    assertEquals(Optional.of("n"), request("-u n").value(TcplayOption.UNMAP));
    assertEquals(TcplayOption.INFO_MAPPED, request("-j n").task());
  }

  @Test
  void whatIsNoOptionOfTcplayIsNotItsOwn() {
    for (String other : List.of("map", "-", "--", "-V", "--verbose", "-q", "")) {
      assertFalse(TcplayLine.begins(new ArrayList<>(List.of(other))), other);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "aes,AES-256-XTS,512",
    "AES-Twofish-Serpent,'SERPENT-256-XTS,TWOFISH-256-XTS,AES-256-XTS',1536",
    "Serpent-AES,'AES-256-XTS,SERPENT-256-XTS',1024"
  })
  void chainsHaveTheNamesOfTcplay(String ours, String theirs, int bits) {
    assertEquals(theirs, AlgorithmNames.chain(ours, "xts").orElseThrow());
    assertEquals(bits, AlgorithmNames.keyBits(ours));
    assertTrue(AlgorithmNames.isChain(theirs));
  }

  @ParameterizedTest
  @CsvSource({"AES,lrw", "AES,cbc", "Kuznyechik,xts", "Camellia-Serpent,xts"})
  void otherModesAndChainsHaveNoName(String chain, String mode) {
    assertEquals(Optional.empty(), AlgorithmNames.chain(chain, mode));
  }

  @Test
  void hashesHaveTheNamesOfTcplay() {
    assertEquals("RIPEMD160,SHA512,whirlpool,SHA256", AlgorithmNames.triedPrfs());
    assertEquals("SHA512-VC", AlgorithmNames.prf("sha512", "VeraCrypt"));
    assertEquals("whirlpool", AlgorithmNames.prf("whirlpool", "TrueCrypt"));
    assertEquals("VeraCrypt", AlgorithmNames.formatOf("whirlpool-VC"));
    assertEquals("TrueCrypt", AlgorithmNames.formatOf(AlgorithmNames.defaultPrf()));
  }

  /** What tcplay 1.1 printed of devices of these sizes. */
  @ParameterizedTest
  @CsvSource({
    "307200,300 K",
    "2097152,2 M",
    "2621440,2.51 M",
    "1609564160,1.51 G",
    "5368709120,5 G",
    "10490880,10 M"
  })
  void sizesAreWrittenAsTcplayDoes(long bytes, String text) {
    assertEquals(text, HumanSize.format(bytes));
  }

  @ParameterizedTest
  @CsvSource({"64k,65536", "65536,65536", "1.5M,1560576", "127M,133169152", "1g,1073741824"})
  void sizesAreReadAsTcplayDoes(String text, long bytes) {
    assertEquals(OptionalLong.of(bytes), HumanSize.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"20x", "x", "", "-1", "1.5", "999999999999999999E", "1 M"})
  void whatIsNoSizeIsRefused(String text) {
    assertEquals(OptionalLong.empty(), HumanSize.parse(text));
  }
}
