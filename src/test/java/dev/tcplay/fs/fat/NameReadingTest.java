package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Short and long names that others have stored, as the rules C and D give them. */
class NameReadingTest {

  private final FatImage image = new FatImage(FatType.FAT16);

  NameReadingTest() throws IOException {}

  @Test
  void aFirstByteFiveStandsForE5() throws IOException {
    image.add(0, "\u0005X      TXT", 0, 0, 0);
    assertEquals(List.of("σX.TXT"), image.names());
    assertNotNull(image.mount().lookup(image.mount().root(), "σx.txt"));
  }

  @Test
  void theChecksumOfALongNameIsOverTheStoredBytes() throws IOException {
    image.addLong(0, "σ long name", "\u0005LONGN~1   ", 0, 0, 0);
    assertEquals(List.of("σ long name"), image.names());
  }

  @Test
  void caseBitsLowerThePartThatTheyName() throws IOException {
    image.add(0, "BASE    EXT", 0, 0x08, 0, 0);
    image.add(0, "BASE2   EXT", 0, 0x10, 0, 0);
    image.add(0, "B\u008EDE    EXT", 0, 0x18, 0, 0);
    image.add(0, "BASE4   EXT", 0, 0, 0, 0);
    assertEquals(List.of("base.EXT", "BASE2.ext", "bäde.ext", "BASE4.EXT"), image.names());
  }

  @Test
  void theCodePageIsAnOption() throws IOException {
    image.add(0, "\u0080\u0081      TXT", 0, 0, 0);
    assertEquals(List.of("Çü.TXT"), image.names());
    MountOptions cyrillic =
        MountOptions.DEFAULT.withReadOnly(true).withCodePage(Charset.forName("IBM866"));
    MountedVolume volume = new FatDriver().mount(image.device, cyrillic);
    assertEquals(List.of("АБ.TXT"), Walk.names(volume, "/"));
  }

  @Test
  void bytesThatTheCodePageLacksBecomeReplacementCharacters() throws IOException {
    image.add(0, "\u0081\u00FF\u00FF     TXT", 0, 0, 0);
    for (String name : List.of("windows-31j", "GBK", "UTF-8", "US-ASCII")) {
      MountOptions options =
          MountOptions.DEFAULT.withReadOnly(true).withCodePage(Charset.forName(name));
      MountedVolume volume = new FatDriver().mount(image.device, options);
      String shown = Walk.names(volume, "/").get(0);
      assertTrue(shown.contains("\uFFFD") && shown.endsWith(".TXT"), name + ": " + shown);
      assertNotNull(volume.lookup(volume.root(), shown));
    }
  }

  @Test
  void namesThatCannotBeParsedHideNothing() throws IOException {
    image.add(0, "           ", 0, 0, 0);
    image.add(0, "lower   txt", 0, 0, 0);
    image.add(0, "A\u0001B\u001F    T\nT", 0, 0, 0);
    image.add(0, " LEAD   TXT", 0, 0, 0);
    image.add(0, "A/B     C/D", 0, 0, 0);
    image.add(0, ".          ", 0, 0, 0);
    image.add(0, "GOOD    TXT", 0, 0, 0);
    List<String> names = image.names();
    assertEquals(
        List.of(
            "\uFFFD",
            "lower.txt",
            "A\uFFFDB\uFFFD.T\uFFFDT",
            " LEAD.TXT",
            "A\uFFFDB.C\uFFFDD",
            "\uFFFD",
            "GOOD.TXT"),
        names);
    MountedVolume volume = image.mount();
    for (String name : names) {
      assertNotNull(volume.lookup(volume.root(), name), name);
    }
  }

  @Test
  void everyUnitOfALongNameIsKept() throws IOException {
    String pair = "smile \uD83D\uDE00.txt";
    String unpaired = "high \uD83D low \uDE00 end";
    String exact = "exactly13char";
    String longest = "x".repeat(255);
    image.addLong(0, pair, "SMILE~1 TXT", 0, 0, 0);
    image.addLong(0, unpaired, "HIGH~1     ", 0, 0, 0);
    image.addLong(0, exact, "EXACTL~1   ", 0, 0, 0);
    image.addLong(0, longest, "XXXXXX~1   ", 0, 0, 0);
    assertEquals(List.of(pair, unpaired, exact, longest), image.names());
    MountedVolume volume = image.mount();
    for (String name : List.of(pair, unpaired, exact, longest)) {
      Node node = volume.lookup(volume.root(), name);
      assertNotNull(node, name);
      assertEquals(name, volume.name(node));
    }
    assertNull(volume.lookup(volume.root(), "high \uD83E low \uDE00 end"));
  }

  @Test
  void aLongNameThatBreaksTheRulesStaysReadable() throws IOException {
    image.addLong(0, "a:b*c?.txt. ", "ABC~1   TXT", 0, 0, 0);
    image.addLong(0, "a/b", "AB~1       ", 0, 0, 0);
    image.addLong(0, "..", "DOTS       ", 0, 0, 0);
    image.addLong(0, "y".repeat(256), "YYYYYY~1   ", 0, 0, 0);
    assertEquals(List.of("a:b*c?.txt. ", "a\uFFFDb", "DOTS", "YYYYYY~1"), image.names());
  }

  @Test
  void brokenSetsOfLongNamePartsAreIgnored() throws IOException {
    String name = "a long name of three parts or so";
    String[] damages = {"no last", "gap", "type", "sum of one", "sum of all", "order", "too many"};
    for (int damage = 0; damage < damages.length; damage++) {
      String raw = "SHORT" + damage + "     ";
      List<byte[]> slots = FatImage.longSlots(name, raw);
      switch (damage) {
        case 0 -> slots.get(0)[0] = 3;
        case 1 -> slots.remove(1);
        case 2 -> slots.get(1)[12] = 1;
        case 3 -> slots.get(2)[13] ^= 1;
        case 4 -> slots.forEach(slot -> slot[13] ^= 1);
        case 5 -> slots.add(slots.remove(1));
        default -> slots.get(0)[0] = 0x40 | 21;
      }
      for (byte[] slot : slots) {
        image.addSlot(0, slot);
      }
      image.add(0, raw, 0, 0, 0);
    }
    for (byte[] slot : FatImage.longSlots("deleted in between", "SHORT7     ")) {
      image.addSlot(0, slot);
    }
    image.add(0, "\u00E5HORT7     ", 0, 0, 0);
    image.add(0, "SHORT7     ", 0, 0, 0);
    assertEquals(
        List.of("SHORT0", "SHORT1", "SHORT2", "SHORT3", "SHORT4", "SHORT5", "SHORT6", "SHORT7"),
        image.names());
  }

  @Test
  void theFlagBitsAboveTheNameBitsDoNotHideALongName() throws IOException {
    List<byte[]> slots = FatImage.longSlots("with odd flags", "WITHOD~1   ");
    slots.forEach(slot -> slot[11] |= (byte) 0xC0);
    for (byte[] slot : slots) {
      image.addSlot(0, slot);
    }
    image.add(0, "WITHOD~1   ", 0, 0, 0);
    assertEquals(List.of("with odd flags"), image.names());
  }
}
