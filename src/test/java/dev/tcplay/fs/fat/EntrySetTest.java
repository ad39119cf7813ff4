package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.fs.DosTime;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.NodeAttributes;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Seeds;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules D1, D2, C1 and E1, for writing. */
class EntrySetTest {

  private static final Charset IBM437 = Charset.forName("IBM437");
  private static final NewName.Maker MAKER = new NewName.Maker(IBM437);

  private static DosTime time(String instant) {
    return DosTime.of(FileTime.from(Instant.parse(instant)), ZoneOffset.UTC);
  }

  private static ShortEntry entry(NewName name, boolean fat32) {
    return ShortEntry.of(name, SlotReader.ARCHIVE, time("2021-07-03T10:20:31.999Z"), fat32);
  }

  private static List<byte[]> slots(byte[] set) {
    List<byte[]> slots = new ArrayList<>();
    for (int at = 0; at < set.length; at += 32) {
      slots.add(Arrays.copyOfRange(set, at, at + 32));
    }
    return slots;
  }

  /** The image of the tests lays out long names by code of its own. */
  @ParameterizedTest
  @ValueSource(ints = {1, 12, 13, 14, 25, 26, 27, 254, 255})
  void longNamesAreLaidOutByTheRules(int length) throws IOException {
    String name = "a ".repeat(length).substring(0, length - 1) + "\uD800";
    NewName made = MAKER.make(name, taken -> false);
    String raw = new String(made.shortName(), StandardCharsets.ISO_8859_1);
    List<byte[]> slots = slots(EntrySet.encode(made, entry(made, false)));
    List<byte[]> expected = FatImage.longSlots(name, raw);
    assertEquals(EntrySet.slots(made), slots.size());
    assertEquals(expected.size() + 1, slots.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), slots.get(i));
    }
  }

  @ParameterizedTest
  @EnumSource(FatType.class)
  void randomNamesComeBackAsTheyWere(FatType type) throws IOException {
    Random random = new Random(Seeds.of("randomNamesComeBackAsTheyWere"));
    for (int i = 0; i < 300; i++) {
      FatImage image = new FatImage(type);
      if (type == FatType.FAT32) {
        // A cluster of this image has sixteen slots, too few for the longest names.
        image.chain(2, 3);
      }
      String name = TestNames.random(random);
      NewName made = MAKER.make(name, taken -> false);
      int cluster = 2 + random.nextInt(image.clusters());
      long size = random.nextInt() & 0xFFFFFFFFL;
      ShortEntry entry = entry(made, type == FatType.FAT32).firstCluster(cluster).size(size);
      for (byte[] slot : slots(EntrySet.encode(made, entry))) {
        image.addSlot(FatImage.ROOT, slot);
      }
      MountedVolume volume = Volumes.mount(image.device);
      assertEquals(List.of(name), Walk.names(volume, "/"));
      FatNode node = (FatNode) volume.lookup(volume.root(), name);
      assertEquals(cluster, node.entry().firstCluster());
      assertEquals(size, node.entry().size());
      assertEquals(ShortName.decode(made.shortName(), 0, IBM437), node.entry().shortName());
    }
  }

  @Test
  void timesAreRoundedDownToWhatTheirFieldsHold() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    NewName name = MAKER.make("TIMES", taken -> false);
    ShortEntry entry =
        entry(name, false)
            .modified(time("2030-01-02T03:04:05.678Z"))
            .accessed(time("2040-12-31T23:59:59.999Z"));
    image.addSlot(FatImage.ROOT, EntrySet.encode(name, entry));
    MountedVolume volume = Volumes.mount(image.device);
    NodeAttributes attributes = volume.attributes(Walk.find(volume, "TIMES"));
    assertEquals("2021-07-03T10:20:31.99Z", attributes.created().orElseThrow().toString());
    assertEquals("2030-01-02T03:04:04Z", attributes.modified().orElseThrow().toString());
    assertEquals("2040-12-31T00:00:00Z", attributes.accessed().orElseThrow().toString());
  }

  @Test
  void timesOutOfRangeAreClamped() throws IOException {
    FatImage image = new FatImage(FatType.FAT16);
    NewName name = MAKER.make("TIMES", taken -> false);
    ShortEntry entry =
        entry(name, false)
            .created(time("1601-01-01T00:00:00Z"))
            .modified(time("2200-01-01T00:00:00Z"))
            .accessed(time("2108-01-01T00:00:00Z"));
    image.addSlot(FatImage.ROOT, EntrySet.encode(name, entry));
    MountedVolume volume = Volumes.mount(image.device);
    NodeAttributes attributes = volume.attributes(Walk.find(volume, "TIMES"));
    assertEquals("1980-01-01T00:00:00Z", attributes.created().orElseThrow().toString());
    assertEquals("2107-12-31T23:59:58Z", attributes.modified().orElseThrow().toString());
    assertEquals("2107-12-31T00:00:00Z", attributes.accessed().orElseThrow().toString());
  }

  @Test
  void whatIsNotSetKeepsItsBytes() throws IOException {
    byte[] noise = new byte[32];
    new Random(5).nextBytes(noise);
    assertArrayEquals(noise, new ShortEntry(noise, true).bytes());
    byte[] changed = new ShortEntry(noise, false).firstCluster(0x1234).size(7).bytes();
    byte[] expected = noise.clone();
    expected[26] = 0x34;
    expected[27] = 0x12;
    ByteBuffer.wrap(expected).put(28, (byte) 7).put(29, (byte) 0).putShort(30, (short) 0);
    assertArrayEquals(expected, changed);
    noise[12] = (byte) 0xFF;
    NewName upper = MAKER.make("UPPER", taken -> false);
    assertEquals((byte) 0xE7, new ShortEntry(noise, true).name(upper).bytes()[12]);
  }

  @Test
  void whatTheFieldsCannotHoldIsRefused() {
    ShortEntry small = new ShortEntry(new byte[32], false);
    assertThrows(IllegalArgumentException.class, () -> small.size(1L << 32));
    assertThrows(IllegalArgumentException.class, () -> small.size(-1));
    assertThrows(IllegalArgumentException.class, () -> small.firstCluster(0x10000));
    assertThrows(IllegalArgumentException.class, () -> new ShortEntry(new byte[31], true));
    assertEquals((byte) 0xFF, small.size(0xFFFFFFFFL).bytes()[31]);
  }

  /** A root directory as full as it gets, judged by what others read in it. */
  @Test
  void othersReadTheNamesAndFindNothingAmiss(@TempDir Path folder) throws Exception {
    Random random = new Random(Seeds.of("othersReadTheNamesAndFindNothingAmiss"));
    Path image = folder.resolve("volume.img");
    try (FileChannel file =
        FileChannel.open(image, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[1]), (16 << 20) - 1);
    }
    List<String> names = new ArrayList<>(List.of("readme.TXT", "Grüße aus Köln.txt", "Σ.b"));
    for (int i = 0; i < 40; i++) {
      names.add("similar name " + random.nextInt(1000) * 40 + i + ".text");
    }
    try (BlockDevice device = FileDevice.open(image, HostOpen.writing())) {
      FormatOptions options = FormatOptions.DEFAULT.withCodePage(IBM437);
      new FatDriver().format(device, options);
      long at = BootRegion.find(device).geometry().rootPosition();
      List<String> taken = new ArrayList<>();
      for (String name : names) {
        NewName made = MAKER.make(name, taken::contains);
        taken.add(ShortName.decode(made.shortName(), 0, IBM437));
        byte[] set = EntrySet.encode(made, entry(made, false));
        device.write(at, set, 0, set.length);
        at += set.length;
      }
    }
    Judge.Verdict fsck = Judge.run("fsck.fat", "-n", "-V", image.toString());
    assertEquals(0, fsck.status(), fsck.output());
    Judge.Verdict listed = Judge.run("mdir", "-b", "-i", image.toString(), "::");
    assertEquals(0, listed.status(), listed.output());
    assertEquals(
        names.stream().map(name -> "::/" + name).toList(), listed.output().lines().toList());
    try (MountedVolume volume = Volumes.mount(image)) {
      assertEquals(names, Walk.names(volume, "/"));
    }
  }
}
