package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NameRules;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.cluster.DirectoryCache;
import dev.tcplay.testing.CountingDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which entry a name finds, and at what cost: the rules C and D. */
class LookupTest {

  private final FatImage image = new FatImage(FatType.FAT16);

  LookupTest() throws IOException {}

  @Test
  void lookUpFindsByLongAndByShortNameWithoutCase() throws IOException {
    image.addLong(0, "Grüße an Alle.text", "GR_EAN~1TEX", 0, 0, 0);
    MountedVolume volume = image.mount();
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
    MountedVolume volume = image.mount();
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
    assertEquals(List.of("Same Name", "same name"), image.names());
    assertEquals(first, image.mount().lookup(image.mount().root(), "SAME NAME").id());
  }

  @Test
  void aLongNameWinsOverAnothersShortName() throws IOException {
    image.addLong(0, "something else", "LONGNA~1   ", 0, 0, 0);
    long named = image.addLong(0, "longna~1", "OTHER      ", 0, 0, 0);
    assertEquals(named, image.mount().lookup(image.mount().root(), "LONGNA~1").id());
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
  void theIndexesOfManyDirectoriesStayWithinTheirBudget() throws IOException {
    DirectoryCache<DirectoryIndex> cache = new DirectoryCache<>();
    FatImage one = new FatImage(FatType.FAT16);
    one.add(0, "FILE       ", 0, 0, 0);
    Geometry geometry = BootRegion.find(one.device).geometry();
    AtomicInteger loads = new AtomicInteger();
    DirectoryCache.Loader<DirectoryIndex> loader =
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
}
