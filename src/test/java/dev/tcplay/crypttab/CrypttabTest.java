package dev.tcplay.crypttab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.model.ContainerOptions;
import dev.tcplay.model.Keys;
import dev.tcplay.testing.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class CrypttabTest {

  @TempDir private Path folder;

  private static Crypttab parse(String dialect, String... lines) throws IOException {
    return Crypttab.parse(String.join("\n", lines), "tab", Dialect.of(dialect));
  }

  static Entry one(String dialect, String line) throws IOException {
    Crypttab table = parse(dialect, line);
    assertEquals(List.of(), table.skipped());
    return table.entries().get(0);
  }

  @Test
  void theSameLineMeansAnotherThingInEachDialect() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), "geheim\n");
    String line = "vol /dev/sdx1 " + file + " ";
    Entry dragonFly = one("dragonfly", line + "none");
    Entry debian = one("debian", line + "tcrypt");
    Entry systemd = one("systemd", line + "tcrypt");
    try (Keys keys = dragonFly.keys(false).orElseThrow()) {
      assertEquals(List.of(file), keys.keyfiles());
      assertArrayEquals(new byte[0], keys.password());
    }
    try (Keys keys = debian.keys(false).orElseThrow()) {
      assertEquals(List.of(), keys.keyfiles());
      assertEquals("geheim\n", new String(keys.password(), StandardCharsets.UTF_8));
    }
    try (Keys keys = systemd.keys(false).orElseThrow()) {
      assertEquals(List.of(), keys.keyfiles());
      assertEquals(file, keys.passwordFile().orElseThrow());
    }
    assertTrue(dragonFly.asks());
    assertFalse(debian.asks());
    assertTrue(systemd.asks());
    assertEquals(Map.of(), dragonFly.options());
    assertEquals(Map.of(ContainerOptions.HIDDEN, false), debian.options());
    assertEquals(
        Map.of(ContainerOptions.HIDDEN, false, ContainerOptions.FORMAT, "TrueCrypt"),
        systemd.options());
  }

  @Test
  void aByteOrderMarkIsRefused() {
    MalformedCrypttabException failure =
        assertThrows(
            MalformedCrypttabException.class,
            () -> parse("debian", "\uFEFF# a comment", "a /x none tcrypt"));
    assertEquals("tab:1: begins with a byte order mark", failure.getMessage());
  }

  @Test
  void debiansOctalNumbersStandForBytesAndItsAliasesForEachOther() throws Exception {
    Entry entry =
        one(
            "debian",
            "vol /a\\0040b\\0303\\0244\\054 none"
                + " tcrypt,tcrypt-veracrypt,tcrypt-hidden,readonly,header=/h\\054,tries=5,loud");
    assertEquals(Path.of("/a b\u00e4,"), entry.source());
    assertEquals(true, entry.options().get(ContainerOptions.HIDDEN));
    assertEquals(true, entry.options().get(ContainerOptions.READ_ONLY));
    assertEquals(Path.of("/h,"), entry.options().get(ContainerOptions.HEADER_FILE));
    assertEquals(5, entry.tries());
    assertTrue(entry.asks());
  }

  @Test
  void dragonFlysQuotesHoldBlanksAndCommasTogether() throws Exception {
    Entry entry =
        one("dragonfly", "\t\"vol\" \"/a b\"   none  tries=2,\"keyscript=printf 'a,b\\nc\\n'\"");
    assertEquals(Path.of("/a b"), entry.source());
    assertEquals(2, entry.tries());
    try (Keys keys = entry.keys(true).orElseThrow()) {
      assertEquals("a,b\nc", new String(keys.password(), StandardCharsets.UTF_8));
    }
    assertTrue(
        assertThrows(IOException.class, () -> entry.keys(false))
            .getMessage()
            .contains("--allow-keyscript"));
  }

  @Test
  void debiansProgramGetsFieldThreeAndAllItPrintsIsThePassphrase() throws Exception {
    Path program = Script.write(folder.resolve("p"), "#!/bin/sh\necho $1 $CRYPTTAB_NAME\n");
    Entry entry = one("debian", "vol /x none tcrypt,keyscript=" + program);
    try (Keys keys = entry.keys(true).orElseThrow()) {
      assertEquals("none vol\n", new String(keys.password(), StandardCharsets.UTF_8));
    }
    Script.write(program, "#!/bin/sh\nexit 3\n");
    assertEquals(
        "keyscript= ended with exit status 3",
        assertThrows(IOException.class, () -> entry.keys(true)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "debian, 'a /x none luks,whatever', LUKS",
    "debian, 'a /x /dev/urandom plain,cipher=aes', plain dm-crypt",
    "debian, 'a /x /dev/urandom swap,tcrypt', 'swap, which is made anew at each start'",
    "debian, 'a /x none discard', 'LUKS or plain dm-crypt, as there is no option tcrypt'",
    "debian, 'a /x none veracrypt', 'LUKS or plain dm-crypt, as there is no option tcrypt'",
    "systemd, 'a /x', 'LUKS or plain dm-crypt, as there is no option tcrypt'",
    "systemd, 'a /x /dev/urandom swap', 'swap, which is made anew at each start'",
    "systemd, 'a /x - bitlk', BitLocker",
    "systemd, 'a /x - tcrypt,key-slot=1', LUKS"
  })
  void whatIsNoContainerIsNamedAndSkipped(String dialect, String line, String reason)
      throws Exception {
    Crypttab table = parse(dialect, "# a comment", "", line);
    assertEquals(List.of(), table.entries());
    assertEquals("tab:3: a is skipped: " + reason, table.skipped().get(0).message());
  }

  @Test
  void dragonFlyTellsLuksByItsHeader() throws Exception {
    byte[] header = "LUKS\u00ba\u00be and so on".getBytes(StandardCharsets.ISO_8859_1);
    Path luks = Files.write(folder.resolve("luks"), header);
    Crypttab table = parse("dragonfly", "a " + luks, "b " + folder.resolve("gone"));
    assertEquals("tab:1: a is skipped: LUKS", table.skipped().get(0).message());
    assertEquals("b", table.entries().get(0).name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "dragonfly; a /x none tcrypt; unknown option tcrypt",
        "dragonfly; a /x none tries; option tries needs a value",
        "dragonfly; a /x none timeout=1s; option timeout must be a number from 0 to 86400",
        "dragonfly; a \"/x none; a double quote is not closed",
        "dragonfly; a; has 1 fields, not 2 to 4",
        "debian; a /x none tcrypt,tcrypt-keyfile=/k; unknown option tcrypt-keyfile",
        "debian; a /x; has 2 fields, not 3 to 4",
        "debian; a /x none tcrypt more; has 5 fields, not 3 to 4",
        "debian; a /x none tcrypt=1; option tcrypt takes no value",
        "debian; a /x\\9 none tcrypt; a backslash must begin an octal number from \\01 to \\0377",
        "systemd; a /x - tcrypt,keyscript=/p; unknown option keyscript",
        "systemd; a /x - tcrypted; 'unknown option tcrypted; did you mean tcrypt?'",
        "systemd; a/b /x - tcrypt; field 1, the name, must be the name of a file",
        "systemd; a /x - tcrypt,timeout=5y; option timeout must have the units us, ms, s, min, h or d",
        "systemd; a /x - tcrypt,headless=maybe; option headless must be yes or no",
        "systemd; a /x - tcrypt,keyfile-erase; option keyfile-erase would have us delete the file of"
            + " the passphrase",
        "systemd; a UUID= - tcrypt; field 2, the container, names no partition"
      })
  void whatIsWrongIsNamedWithFileAndLine(String dialect, String line, String reason) {
    MalformedCrypttabException failure =
        assertThrows(MalformedCrypttabException.class, () -> parse(dialect, "", line));
    assertEquals("tab:2: " + reason, failure.getMessage());
  }

  @Test
  void aPartitionIsFoundWhereLinuxLinksIt() throws Exception {
    assertEquals(
        Path.of("/dev/disk/by-partlabel/my\\x20disk\\x2f"),
        one("debian", "a PARTLABEL=my\\040disk/ none tcrypt").source());
    assertEquals(
        Path.of("/dev/disk/by-uuid/12-ab"), one("systemd", "a UUID=12-ab - tcrypt").source());
  }

  @Test
  void aNameIsGivenOnce() {
    assertEquals(
        "tab:2: field 1, the name, is that of tab:1: a",
        assertThrows(
                MalformedCrypttabException.class,
                () -> parse("systemd", "a /x - tcrypt", "a /y - tcrypt"))
            .getMessage());
  }

  @Test
  void aFileThatIsNoTextOrEndlessIsRefused() throws Exception {
    Path file = Files.write(folder.resolve("t"), new byte[] {'a', (byte) 0xff});
    Dialect dialect = Dialect.of("debian");
    assertThrows(MalformedCrypttabException.class, () -> Crypttab.read(file, dialect));
    Path endless = Path.of("/dev/zero");
    assertThrows(MalformedCrypttabException.class, () -> Crypttab.read(endless, dialect));
    assertThrows(IllegalArgumentException.class, () -> Dialect.of("linux"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dragonfly", "debian", "systemd"})
  void wildTablesAreReadOrRefused(String dialect) {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    String[] words = {
      "vol",
      "/x",
      "none",
      "tcrypt",
      ",",
      "=",
      " ",
      "\t",
      "\n",
      "\"",
      "\\",
      "\\0",
      "\\040",
      "#",
      "tries=",
      "timeout=",
      "99999999999",
      "1min",
      "luks",
      "swap",
      "keyscript=",
      "UUID=",
      "header=",
      "veracrypt-pim=",
      "\0",
      "\r",
      "\u00e4",
      "\ud83d\ude00",
      "/",
      "..",
      "-",
      "tcrypt-keyfile="
    };
    int read = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "vol /x none " : "");
      for (int left = random.nextInt(12); left > 0; left--) {
        text.append(words[random.nextInt(words.length)]);
      }
      try {
        read += parse(dialect, text.toString()).entries().size();
      } catch (MalformedCrypttabException e) {
        assertTrue(e.getMessage().startsWith("tab:"), e.getMessage());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    assertTrue(read > 0, "no table was right, seed " + seed);
  }
}
