package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.testing.CountingDevice;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Names and slots of directories, as the rules C and D give them. */
class DirectoryTest {

  private final FatImage image = newImage(FatType.FAT16);

  private static FatImage newImage(FatType type) {
    try {
      return new FatImage(type);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private MountedVolume mount() throws IOException {
    return Volumes.mount(image.device);
  }

  private List<String> rootNames() throws IOException {
    return Volumes.names(mount(), "/");
  }

  @Test
  void aListingStopsAtTheFirstSlotThatWasNeverUsed() throws IOException {
    image.add(0, "A          ", 0, 0, 0);
    image.addSlot(0, new byte[32]);
    image.add(0, "B          ", 0, 0, 0);
    assertEquals(List.of("A"), rootNames());
  }

  @Test
  void deletedEntriesAreSkipped() throws IOException {
    image.add(0, "\u00E5LD     TXT", 0, 0, 0);
    image.add(0, "NEW     TXT", 0, 0, 0);
    assertEquals(List.of("NEW.TXT"), rootNames());
  }

  @Test
  void aFirstByteFiveStandsForE5() throws IOException {
    image.add(0, "\u0005X      TXT", 0, 0, 0);
    assertEquals(List.of("σX.TXT"), rootNames());
    assertNotNull(mount().lookup(mount().root(), "σx.txt"));
  }

  @Test
  void theChecksumOfALongNameIsOverTheStoredBytes() throws IOException {
    image.addLong(0, "σ long name", "\u0005LONGN~1   ", 0, 0, 0);
    assertEquals(List.of("σ long name"), rootNames());
  }

  @Test
  void caseBitsLowerThePartThatTheyName() throws IOException {
    image.add(0, "BASE    EXT", 0, 0x08, 0, 0);
    image.add(0, "BASE2   EXT", 0, 0x10, 0, 0);
    image.add(0, "B\u008EDE    EXT", 0, 0x18, 0, 0);
    image.add(0, "BASE4   EXT", 0, 0, 0, 0);
    assertEquals(List.of("base.EXT", "BASE2.ext", "bäde.ext", "BASE4.EXT"), rootNames());
  }

  @Test
  void theCodePageIsAnOption() throws IOException {
    image.add(0, "\u0080\u0081      TXT", 0, 0, 0);
    assertEquals(List.of("Çü.TXT"), rootNames());
    MountOptions cyrillic =
        MountOptions.DEFAULT.withReadOnly(true).withCodePage(Charset.forName("IBM866"));
    MountedVolume volume = new FatDriver().mount(image.device, cyrillic);
    assertEquals(List.of("АБ.TXT"), Volumes.names(volume, "/"));
  }

  @Test
  void bytesThatTheCodePageLacksBecomeReplacementCharacters() throws IOException {
    image.add(0, "\u0081\u00FF\u00FF     TXT", 0, 0, 0);
    for (String name : List.of("windows-31j", "GBK", "UTF-8", "US-ASCII")) {
      MountOptions options =
          MountOptions.DEFAULT.withReadOnly(true).withCodePage(Charset.forName(name));
      MountedVolume volume = new FatDriver().mount(image.device, options);
      String shown = Volumes.names(volume, "/").get(0);
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
    List<String> names = rootNames();
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
    MountedVolume volume = mount();
    for (String name : names) {
      assertNotNull(volume.lookup(volume.root(), name), name);
    }
  }

  @Test
  void theLabelAndStrayVolumeBitsAreNoEntries() throws IOException {
    image.add(0, "MY LABEL   ", 0x08, 0, 0);
    image.add(0, "STRAY      ", 0x18, 5, 0);
    image.addDirectory(0, "DIR        ", 9);
    image.add(9, "LABEL2     ", 0x08, 0, 0);
    image.add(9, "FILE       ", 0, 0, 0);
    assertEquals(List.of("DIR"), rootNames());
    assertEquals(List.of("FILE"), Volumes.names(mount(), "DIR"));
    assertEquals(Optional.of("MY LABEL"), mount().label());
  }

  @Test
  void aDeletedLabelIsNone() throws IOException {
    assertEquals(Optional.empty(), mount().label());
    image.add(0, "\u00E5ABEL      ", 0x08, 0, 0);
    assertEquals(Optional.empty(), mount().label());
  }

  /** As blkid and Windows have it; in a boot sector it means that there is none. */
  @Test
  void noNameInTheRootIsALabelLikeAnyOther() throws IOException {
    image.add(0, "NO NAME    ", 0x08, 0, 0);
    assertEquals(Optional.of("NO NAME"), mount().label());
  }

  @Test
  void aLabelIsTextOfTheCodePage() throws IOException {
    image.add(0, "\u0005\u008E b.c     ", 0x28, 0, 0);
    assertEquals(Optional.of("σÄ b.c"), mount().label());
  }

  @Test
  void missingAndWrongDotsAreTolerated() throws IOException {
    image.add(0, "NODOTS     ", FatImage.DIRECTORY, 9, 0);
    image.chain(9);
    image.add(9, "FILE       ", 0, 0, 0);
    image.add(9, "..         ", FatImage.DIRECTORY, 77, 0);
    image.add(9, ".          ", FatImage.DIRECTORY, 0, 0);
    assertEquals(List.of("FILE"), Volumes.names(mount(), "NODOTS"));
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void theUpperHalfOfAClusterNumberCountsOnFat32Only(FatType type) throws IOException {
    FatImage other = newImage(type);
    other.add(0, "FILE       ", 0, 0x10005, 3);
    other.put(other.position(5), "abc");
    other.chain(5);
    MountedVolume volume = Volumes.mount(other.device);
    if (type == FatType.FAT32) {
      assertThrows(IOException.class, () -> Volumes.read(volume, "FILE"));
    } else {
      assertArrayEquals(new byte[] {'a', 'b', 'c'}, Volumes.read(volume, "FILE"));
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
    assertEquals(List.of(pair, unpaired, exact, longest), rootNames());
    MountedVolume volume = mount();
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
    assertEquals(List.of("a:b*c?.txt. ", "a\uFFFDb", "DOTS", "YYYYYY~1"), rootNames());
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
        rootNames());
  }

  @Test
  void theFlagBitsAboveTheNameBitsDoNotHideALongName() throws IOException {
    List<byte[]> slots = FatImage.longSlots("with odd flags", "WITHOD~1   ");
    slots.forEach(slot -> slot[11] |= (byte) 0xC0);
    for (byte[] slot : slots) {
      image.addSlot(0, slot);
    }
    image.add(0, "WITHOD~1   ", 0, 0, 0);
    assertEquals(List.of("with odd flags"), rootNames());
  }

  @Test
  void lookUpFindsByLongAndByShortNameWithoutCase() throws IOException {
    image.addLong(0, "Grüße an Alle.text", "GR_EAN~1TEX", 0, 0, 0);
    MountedVolume volume = mount();
    Node node = volume.lookup(volume.root(), "Grüße an Alle.text");
    assertNotNull(node);
    assertEquals(node, volume.lookup(volume.root(), "GRÜßE AN alle.TEXT"));
    assertEquals(node, volume.lookup(volume.root(), "gr_ean~1.tex"));
    assertNull(volume.lookup(volume.root(), "GRÜSSE AN ALLE.TEXT"));
    assertNull(volume.lookup(volume.root(), "Grüße an Alle.text "));
    assertEquals("Grüße an Alle.text", volume.name(node));
  }

  @Test
  void lettersThatFullCaseFoldingMergesStayApart() throws IOException {
    image.addLong(0, "\u212A", "KELVIN     ", 0, 0, 0);
    image.addLong(0, "\u0131", "DOTLESS    ", 0, 0, 0);
    image.addLong(0, "Stra\u00DFe", "SHARPS     ", 0, 0, 0);
    image.addLong(0, "\u0130", "DOTTED     ", 0, 0, 0);
    MountedVolume volume = mount();
    for (String other : List.of("k", "K", "i", "I", "Strasse", "STRASSE")) {
      assertNull(volume.lookup(volume.root(), other), other);
    }
    for (String own : List.of("\u212A", "\u0131", "STRA\u00DFE", "\u0130")) {
      assertNotNull(volume.lookup(volume.root(), own), own);
    }
  }

  @Test
  void ofEqualNamesTheFirstIsFoundAndBothAreListed() throws IOException {
    long first = image.addLong(0, "Same Name", "SAMENA~1   ", 0, 0, 0);
    image.addLong(0, "same name", "SAMENA~2   ", 0, 0, 0);
    assertEquals(List.of("Same Name", "same name"), rootNames());
    assertEquals(first, mount().lookup(mount().root(), "SAME NAME").id());
  }

  @Test
  void aLongNameWinsOverAnothersShortName() throws IOException {
    image.addLong(0, "something else", "LONGNA~1   ", 0, 0, 0);
    long named = image.addLong(0, "longna~1", "OTHER      ", 0, 0, 0);
    assertEquals(named, mount().lookup(mount().root(), "LONGNA~1").id());
  }

  @Test
  void nodesKeepTheirIds() throws IOException {
    image.add(0, "A          ", 0, 0, 0);
    image.add(0, "B          ", 0, 0, 0);
    MountedVolume volume = mount();
    Node a = volume.lookup(volume.root(), "a");
    Node b = volume.lookup(volume.root(), "b");
    assertNotEquals(a.id(), b.id());
    assertNotEquals(a.id(), volume.root().id());
    assertEquals(a.id(), volume.lookup(volume.root(), "A").id());
    assertEquals(a.id(), Volumes.tree(volume).get("/A").id());
  }

  @Test
  void wrongKindsOfNodesAreRefused() throws IOException {
    image.add(0, "FILE       ", 0, 0, 0);
    MountedVolume volume = mount();
    Node file = volume.lookup(volume.root(), "FILE");
    assertThrows(IllegalArgumentException.class, () -> volume.list(file));
    assertThrows(IllegalArgumentException.class, () -> volume.lookup(file, "x"));
    assertThrows(IllegalArgumentException.class, () -> volume.open(volume.root()));
  }

  @Test
  void aFixedRootMayBeFullToTheLastSlot() throws IOException {
    for (int i = 0; i < 64; i++) {
      image.add(0, String.format("F%-10d", i), 0, 0, 0);
    }
    assertEquals(64, rootNames().size());
    assertNotNull(mount().lookup(mount().root(), "f63"));
  }

  @Test
  void aRootThatIsAChainMayHaveManyClusters() throws IOException {
    FatImage fat32 = newImage(FatType.FAT32);
    fat32.chain(2, 3, 4);
    for (int i = 0; i < 48; i++) {
      fat32.add(0, String.format("F%-10d", i), 0, 0, 0);
    }
    MountedVolume volume = Volumes.mount(fat32.device);
    assertEquals(48, Volumes.names(volume, "/").size());
    assertNotNull(volume.lookup(volume.root(), "f47"));
  }

  @Test
  void afterOnePassALookUpReadsOneEntry() throws IOException {
    image.add(0, "BIG        ", FatImage.DIRECTORY, 10, 0);
    int clusters = 1000;
    for (int i = 10; i < 10 + clusters; i++) {
      image.fat(i, i + 1 < 10 + clusters ? i + 1 : 0xFFFF);
    }
    for (int i = 0; i < 5000; i++) {
      image.addLong(10, "a longer name " + i, String.format("ALONG%-6d", i), 0, 0, 0);
    }
    CountingDevice counting = new CountingDevice(image.device);
    MountedVolume volume = Volumes.mount(counting);
    Node big = volume.lookup(volume.root(), "BIG");
    assertNotNull(volume.lookup(big, "a longer name 0"));
    counting.reset();
    for (int i = 0; i < 5000; i++) {
      assertNotNull(volume.lookup(big, "A LONGER NAME " + i));
    }
    assertNull(volume.lookup(big, "a longer name 5000"));
    assertTrue(counting.reads() <= 3 * 5000, () -> counting.reads() + " reads");
  }

  @Test
  void filesAreReadFromAnyPlace() throws IOException {
    byte[] bytes = new byte[5 * 512 - 100];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    int[] chain = {20, 21, 30, 29, 40};
    image.chain(chain);
    for (int i = 0; i < chain.length; i++) {
      image.device.write(image.position(chain[i]), bytes, i * 512, Math.min(512, 2460 - i * 512));
    }
    image.add(0, "FILE       ", 0, 20, bytes.length);
    MountedVolume volume = mount();
    assertArrayEquals(bytes, Volumes.read(volume, "FILE"));
    try (var open = volume.open(Volumes.find(volume, "FILE"))) {
      for (int position = 0; position < bytes.length; position += 97) {
        byte[] part = new byte[700];
        int n = open.read(position, part, 50, 600);
        assertEquals(Math.min(600, bytes.length - position), n);
        for (int i = 0; i < n; i++) {
          assertEquals(bytes[position + i], part[50 + i]);
        }
      }
      assertEquals(-1, open.read(bytes.length, new byte[1], 0, 1));
      assertEquals(0, open.read(bytes.length, new byte[1], 0, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> open.read(0, new byte[4], 2, 3));
    }
  }

  @Test
  void timesAreLocalInTheZoneOfTheMount() throws IOException {
    long at = image.add(0, "FILE       ", 0, 0, 0);
    image.put(at + 13, 150, 1);
    image.put(at + 14, 10 << 11 | 20 << 5 | 15, 2);
    image.put(at + 16, 41 << 9 | 7 << 5 | 3, 2);
    image.put(at + 18, 41 << 9 | 7 << 5 | 4, 2);
    image.put(at + 22, 11 << 11 | 20 << 5 | 15, 2);
    image.put(at + 24, 41 << 9 | 7 << 5 | 5, 2);
    MountOptions options =
        MountOptions.DEFAULT
            .withReadOnly(true)
            .withZone(ZoneId.of("Europe/Berlin"))
            .withCodePage(Charset.forName("IBM437"));
    MountedVolume volume = new FatDriver().mount(image.device, options);
    NodeAttributes attributes = volume.attributes(Volumes.find(volume, "FILE"));
    assertEquals("2021-07-03T08:20:31.5Z", attributes.created().orElseThrow().toString());
    assertEquals("2021-07-05T09:20:30Z", attributes.modified().orElseThrow().toString());
    assertEquals("2021-07-03T22:00:00Z", attributes.accessed().orElseThrow().toString());
    assertEquals(
        "1979-12-31T23:00:00Z",
        volume.attributes(volume.root()).modified().orElseThrow().toString());
  }

  @Test
  void theIndexesOfManyDirectoriesStayWithinTheirBudget() throws IOException {
    DirectoryCache cache = new DirectoryCache();
    FatImage one = newImage(FatType.FAT16);
    one.add(0, "FILE       ", 0, 0, 0);
    Geometry geometry = BootRegion.find(one.device).geometry();
    AtomicInteger loads = new AtomicInteger();
    DirectoryCache.Loader loader =
        () -> {
          loads.incrementAndGet();
          DirectorySlots slots = new DirectorySlots(one.device, geometry, null, () -> "/");
          return new DirectoryIndex(slots, NameRules.EXACT, false, StandardCharsets.US_ASCII);
        };
    int most = (int) ((4 << 20) / cache.get(-1, loader).memory());
    for (int id = 0; id < 2 * most; id++) {
      cache.get(id, loader);
    }
    loads.set(0);
    for (int id = 2 * most - 1; id > most; id--) {
      cache.get(id, loader);
    }
    assertEquals(0, loads.get());
    cache.get(0, loader);
    assertEquals(1, loads.get());
  }

  @Test
  void manyThreadsReadAtOnce() throws Exception {
    for (int i = 0; i < 16; i++) {
      image.addLong(0, "file number " + i, String.format("FILE%-7d", i), 0, 100 + 2 * i, 1024);
      image.chain(100 + 2 * i, 101 + 2 * i);
      image.put(image.position(100 + 2 * i), i, 1);
      image.put(image.position(101 + 2 * i), ~i, 1);
    }
    MountedVolume volume = mount();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        results.add(threads.submit(() -> readEverything(volume)));
      }
      for (Future<Integer> result : results) {
        assertEquals(16 * 200, result.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static int readEverything(MountedVolume volume) throws IOException {
    int files = 0;
    for (int round = 0; round < 200; round++) {
      for (String name : Volumes.names(volume, "/")) {
        int number = Integer.parseInt(name.substring("file number ".length()));
        byte[] bytes = Volumes.read(volume, name);
        assertEquals(number, bytes[0]);
        assertEquals(~number, bytes[512]);
        files++;
      }
    }
    return files;
  }
}
