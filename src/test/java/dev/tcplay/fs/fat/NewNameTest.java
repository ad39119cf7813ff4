package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.UpcaseTable;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules D7 and D8. */
class NewNameTest {

  private static final Charset IBM437 = Charset.forName("IBM437");

  /** The names of a directory, folded, that counts how often it was asked. */
  private static final class Names implements NewName.Taken {

    private final Set<String> folded = new HashSet<>();
    private final NewName.Maker maker;
    private final Charset charset;
    private long asked;

    Names(Charset charset) {
      this.charset = charset;
      this.maker = new NewName.Maker(charset);
    }

    @Override
    public boolean contains(String name) {
      asked++;
      return folded.contains(UpcaseTable.standard().toUpper(name));
    }

    /** Adds a name and returns its short name as text; neither was there. */
    String add(String name) throws IOException {
      NewName made = maker.make(name, this);
      String shortName = ShortName.decode(made.shortName(), 0, charset);
      String foldedShort = UpcaseTable.standard().toUpper(shortName);
      String foldedLong = UpcaseTable.standard().toUpper(name);
      assertTrue(folded.add(foldedShort), () -> name + " " + shortName);
      assertTrue(foldedLong.equals(foldedShort) || folded.add(foldedLong), () -> name);
      return shortName;
    }
  }

  private static NewName alone(String name) throws IOException {
    return new NewName.Maker(IBM437).make(name, taken -> false);
  }

  private static String raw(NewName name) {
    return new String(name.shortName(), IBM437);
  }

  @ParameterizedTest
  @CsvSource({
    "README.TXT,   'README  TXT', 0x00",
    "readme.txt,   'README  TXT', 0x18",
    "readme.TXT,   'README  TXT', 0x08",
    "README.txt,   'README  TXT', 0x10",
    "makefile,     'MAKEFILE   ', 0x08",
    "12345678.123, '12345678123', 0x00",
    "a.b,          'A       B  ', 0x18",
    "x~1.$$$,      'X~1     $$$', 0x08"
  })
  void aNameInOneCaseForEachPartNeedsNoLongName(String name, String raw, String caseBits)
      throws IOException {
    NewName made = alone(name);
    assertFalse(made.isLong());
    assertEquals(raw, raw(made));
    assertEquals(Integer.decode(caseBits), made.caseBits());
    assertEquals(name, ShortName.decode(made.shortName(), made.caseBits(), IBM437));
  }

  @ParameterizedTest
  @CsvSource({
    "Readme.txt,             'README  TXT'",
    "readme.Txt,             'README  TXT'",
    "Über.txt,               'ÜBER    TXT'",
    "ünter.TXT,              'ÜNTER   TXT'",
    "straße,                 'STRA\u00DFE     '",
    "long file name.text,    'LONGFI~1TEX'",
    "with space,             'WITHSP~1   '",
    "a b,                    'AB~1       '",
    ".bashrc,                'BASHRC~1   '",
    "..x.y,                  'X~1     Y  '",
    "...a,                   'A~1        '",
    "archive.tar.gz,         'ARCHIV~1GZ '",
    "a.b.c,                  'AB~1    C  '",
    "a+b.c=d,                'A_B~1   C_D'",
    "[x];y,                  '_X__Y~1    '",
    "123456789,              '123456~1   '",
    "a.html,                 'A~1     HTM'",
    "日本語.txt,              '___~1   TXT'",
    "\uD83D\uDE00,           '__~1       '",
    "\u017F.ſ,               '_~1     _  '",
    "\u007Fx,                '_X~1       '"
  })
  void anyOtherNameIsLongAndGetsAShortOne(String name, String raw) throws IOException {
    NewName made = alone(name);
    assertTrue(made.isLong());
    assertEquals(raw, raw(made));
    assertEquals(0, made.caseBits());
    assertEquals(name, made.name());
  }

  @Test
  void aFirstByteE5IsStoredAsFive() throws IOException {
    NewName made = new NewName.Maker(Charset.forName("IBM850")).make("Õ.txt", taken -> false);
    assertTrue(made.isLong());
    assertEquals(5, made.shortName()[0]);
    assertEquals("Õ.TXT", ShortName.decode(made.shortName(), 0, Charset.forName("IBM850")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "US-ASCII", "windows-31j", "GBK", "IBM866", "x-IBM1255"})
  void everyCodePageGivesSomeName(String charset) throws IOException {
    if (!Charset.isSupported(charset)) {
      return;
    }
    Names names = new Names(Charset.forName(charset));
    StringBuilder text = new StringBuilder();
    for (int unit = ' '; unit < 0x10000; unit++) {
      if (text.length() == 5) {
        names.add("x" + text + "x");
        text.setLength(0);
      }
      if ("\"*/:<>?\\|".indexOf(unit) < 0 && unit % 7 == 0) {
        text.append((char) unit);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.", "a ", "a:b", "a/b", "a\u0000"})
  void whatNoEntryCanBeCalledIsRefused(String name) {
    assertThrows(InvalidPathException.class, () -> alone(name));
  }

  @Test
  void fourTailsAreNumberedAndThenComesAHash() throws IOException {
    Names names = new Names(IBM437);
    for (int i = 1; i <= 4; i++) {
      assertEquals("SIMILA~" + i + ".TXT", names.add("similar name " + i + ".txt"));
    }
    String fifth = names.add("similar name 5.txt");
    assertTrue(fifth.matches("SI[0-9A-F]{4}~1\\.TXT"), fifth);
  }

  @Test
  void aTailAvoidsLongNamesToo() throws IOException {
    Names names = new Names(IBM437);
    names.folded.add("SIMILA~1.TXT");
    assertEquals("SIMILA~2.TXT", names.add("similar name.txt"));
    names.folded.add("README.TXT");
    assertEquals(
        "README~1   ",
        raw(new NewName.Maker(IBM437).make("Readme", name -> name.equals("README"))));
  }

  @Test
  void aFullDirectoryOfSimilarNamesIsQuick() throws IOException {
    Names names = new Names(IBM437);
    int count = DirectorySlots.MAX_SLOTS / 3;
    for (int i = 0; i < count; i++) {
      names.add("a similar name " + i);
    }
    assertTrue(names.asked < 8L * count, () -> names.asked + " questions");
  }

  @Test
  void noHashIsLeftOutWhenNearlyAllAreTaken() throws IOException {
    int free = 0x1234;
    NewName made =
        new NewName.Maker(IBM437)
            .make(
                "similar name",
                name -> !name.equals(String.format("SI%04X~1", free)) || name.length() != 8);
    assertEquals("SI1234~1   ", raw(made));
    NewName second =
        new NewName.Maker(IBM437).make("similar name", name -> !name.endsWith("BEEF~9"));
    assertEquals("SIBEEF~9   ", raw(second));
  }

  @Test
  void randomNamesGetLawfulUniqueShortNames() throws IOException {
    Random random = new Random(Seeds.of("randomNamesGetLawfulUniqueShortNames"));
    Names names = new Names(IBM437);
    NewName.Maker maker = new NewName.Maker(IBM437);
    for (int i = 0; i < 20_000; i++) {
      String name = TestNames.random(random);
      if (names.contains(name)) {
        continue;
      }
      byte[] raw = maker.make(name, names).shortName();
      names.add(name);
      String text = new String(raw, StandardCharsets.ISO_8859_1);
      assertTrue(
          text.matches(
              "[A-Z0-9!#$%&'()\\-@^_`{}~\\x05\\x80-\\xFF]{1,8} *(?<=^.{8})"
                  + "[A-Z0-9!#$%&'()\\-@^_`{}~\\x80-\\xFF]* *"),
          () -> name + " -> " + text);
    }
  }

  /** The names of one directory, made by mtools and by us in the same order. */
  @Test
  void mtoolsMakesTheSameShortNames(@TempDir Path folder) throws Exception {
    List<String> given =
        List.of(
            "readme.txt",
            "MixedCase.Txt",
            "long file name.text",
            "long file names.text",
            "long file named.texture",
            "archive.tar.gz",
            "a+b.c=d",
            "[x];y",
            "123456789",
            "a.html",
            "with space");
    Path image = folder.resolve("volume.img");
    assertEquals(0, Judge.run("mkfs.fat", "-C", "-F", "16", image.toString(), "16384").status());
    Path source = Files.write(folder.resolve("source"), new byte[0]);
    List<String> expected = new ArrayList<>();
    Names names = new Names(IBM437);
    for (String name : given) {
      Judge.Verdict copied =
          Judge.run("mcopy", "-i", image.toString(), source.toString(), "::" + name);
      assertEquals(0, copied.status(), copied.output());
      expected.add(names.add(name));
    }
    List<String> made = new ArrayList<>();
    try (var volume = Volumes.mount(image)) {
      for (String name : given) {
        made.add(((FatNode) Walk.find(volume, name)).entry().shortName());
      }
    }
    assertEquals(made, expected);
  }
}
