package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.model.Keys;
import dev.tcplay.testing.NoiseStatistics;
import dev.tcplay.testing.SeededRandom;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Of many created volumes all that nobody shall tell from noise is judged as noise: in each volume
 * and over all of them, and bit by bit at the same place of each. {@code -Dtcplay.noise.volumes=N}
 * makes more of them, {@code -Dtcplay.noise.seed=N} others.
 *
 * <p>Each statistic fails below 1e-6. Some 70,000 are taken, so one run in fifteen would fail by
 * chance; the seeds are fixed, so it always is the same run.
 */
class NoiseProofTest extends BuiltVolumes {

  private static final int VOLUMES = Integer.getInteger("tcplay.noise.volumes", 20);
  private static final int FIRST_SEED = Integer.getInteger("tcplay.noise.seed", 1000);
  private static final int SIZE = HiddenVolumes.MIN_HOST;
  private static final int SLOT = TrueCryptLayout.SLOT;
  private static final int DATA = TrueCryptLayout.SLOTS;
  private static final int END = SIZE - TrueCryptLayout.SLOTS;
  private static final int LARGER = SIZE + 3 * TrueCryptLayout.SLOTS / 2;

  /** The slots, as they stand in a volume. */
  private static final String[] NAMES = {"header", "hidden", "backup", "hidden backup"};

  /**
   * What is made of one of the formats, both in turn.
   *
   * @param format by its name
   * @param first the keys that it is made with
   * @param second those to which they are changed
   * @param hidden the keys of its hidden volume
   */
  private record Kind(String format, Keys first, Keys second, Keys hidden) {

    static Kind of(String format, int pim, String hash) {
      return new Kind(
          format,
          keys("the first password", hash, pim),
          keys("the second password", hash, pim),
          keys("the hidden password", hash, pim));
    }

    private static Keys keys(String password, String hash, int pim) {
      return Keys.builder().password(password).pim(pim).hash(hash).cipher("AES").build();
    }
  }

  private static final List<Kind> KINDS =
      List.of(Kind.of("VeraCrypt", 1, "sha256"), Kind.of("TrueCrypt", 0, "sha512"));

  private final Map<String, NoiseStatistics> overAll = new LinkedHashMap<>();
  private final Map<String, int[]> bits = new LinkedHashMap<>();
  private final Map<Integer, byte[]> judged = new HashMap<>();
  private int tests;

  @Test
  void slotsAndFreeSpaceAndSaltsAndKeysAreNoise() throws IOException {
    System.out.printf("seeds %d to %d%n", FIRST_SEED, FIRST_SEED + VOLUMES - 1);
    for (int i = 0; i < VOLUMES; i++) {
      Kind kind = KINDS.get(i % KINDS.size());
      Path file = folder.resolve("volume" + i);
      SeededRandom random = new SeededRandom(FIRST_SEED + i);
      Tcplay.create(file)
          .format(kind.format())
          .size(SIZE)
          .keys(kind.first())
          .random(random)
          .create();
      byte[] created = Files.readAllBytes(file);
      judgeSlots("created", created);
      judgeData(created, kind);
      Tcplay.change(file)
          .format(kind.format())
          .from(kind.first())
          .to(kind.second())
          .random(random)
          .change();
      judgeSlots("changed", Files.readAllBytes(file));
      wipeHeader(file);
      Tcplay.headers(file).format(kind.format()).keys(kind.second()).random(random).restore();
      byte[] restored = Files.readAllBytes(file);
      judgeSlots("restored", restored);
      assertArrayEquals(data(created), data(restored));
      HiddenVolumes.create(
          file, kind.format(), kind.second(), kind.hidden(), HiddenVolumes.MIN_SIZE, random);
      byte[] withHidden = Files.readAllBytes(file);
      judgeSlots("with hidden volume", withHidden);
      add("data areas with hidden volume", withHidden, DATA, END - DATA);
      Tcplay.expand(file).format(kind.format()).keys(kind.second()).random(random).expand(LARGER);
      judgeExpanded(Files.readAllBytes(file));
      Files.delete(file);
    }
    overAll.values().forEach(this::judge);
    bits.forEach(this::judgeBits);
    System.out.printf("%d tests at p < %s each%n", tests, NoiseStatistics.LIMIT);
    overAll.values().forEach(System.out::println);
  }

  /** What was the place of the backups, and what is new in front of their new place. */
  private void judgeExpanded(byte[] volume) {
    assertEquals(LARGER, volume.length);
    judgeSlots("expanded", volume);
    for (int slot : new int[] {END, END + SLOT}) {
      String name = "old place of " + NAMES[2 + (slot - END) / SLOT];
      judge(new NoiseStatistics(name).add(volume, slot, slot + SLOT));
      add("slot of " + name, volume, slot, SLOT);
      add(name, volume, slot, TrueCryptHeader.SIZE);
      count(name, volume, slot);
    }
    int end = LARGER - TrueCryptLayout.SLOTS;
    judge(new NoiseStatistics("what is new").add(volume, SIZE, end));
    add("what is new", volume, SIZE, end - SIZE);
    add("data areas expanded", volume, DATA, end - DATA);
  }

  private static byte[] data(byte[] volume) {
    return Arrays.copyOfRange(volume, DATA, END);
  }

  private static void wipeHeader(Path file) throws IOException {
    try (var host = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      host.write(ByteBuffer.wrap(new byte[SLOT]));
    }
  }

  private void judgeSlots(String stage, byte[] volume) {
    NoiseStatistics four = new NoiseStatistics("slots " + stage);
    int end = volume.length - TrueCryptLayout.SLOTS;
    int[] slots = {0, SLOT, end, end + SLOT};
    for (int i = 0; i < slots.length; i++) {
      int start = slots[i];
      byte[] slot = Arrays.copyOfRange(volume, start, start + SLOT);
      if (Arrays.equals(slot, judged.put(i, slot))) {
        continue; // what was not written has been judged
      }
      String name = NAMES[i] + " " + stage;
      judge(new NoiseStatistics(name).add(volume, start, start + SLOT));
      four.add(volume, start, start + SLOT);
      add("slot of " + name, volume, start, SLOT);
      add(name, volume, start, TrueCryptHeader.SIZE);
      count(name, volume, start);
    }
    judge(four);
    add("salts " + stage, volume, 0, TrueCryptHeader.SALT_BYTES);
    add("salts " + stage, volume, end, TrueCryptHeader.SALT_BYTES);
  }

  private void judgeData(byte[] volume, Kind kind) throws IOException {
    judge(new NoiseStatistics("data area").add(volume, DATA, END));
    add("data areas", volume, DATA, END - DATA);
    try (BlockDevice host = new MemoryDevice(SIZE);
        UnlockRequest request =
            UnlockRequest.builder()
                .keys(kind.first())
                .format(kind.format())
                .hidden(false)
                .build()) {
      host.write(0, volume, 0, SIZE);
      try (UnlockedHeader header = Unlocker.unlock(host, "host", request)) {
        add("keys", header.plaintext(), TrueCryptHeader.KEYS, header.suite().keyBytes());
        int free = DATA + freeSpace(Unlocker.mount(host, "host", header).plaintext());
        judge(new NoiseStatistics("free space").add(volume, free, END));
        add("free spaces", volume, free, END - free);
      }
    }
  }

  /** Returns where the clusters begin, none of which a new file system of FAT12 uses. */
  private static int freeSpace(BlockDevice plaintext) throws IOException {
    byte[] sector = new byte[512];
    plaintext.read(0, sector, 0, sector.length);
    ByteBuffer boot = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
    int tables = boot.get(16) * boot.getShort(22) * 512;
    int start = boot.getShort(14) * 512 + tables + boot.getShort(17) * 32;
    assertTrue(start > 512 && start < (END - DATA) / 3 * 2, () -> "the clusters begin at " + start);
    return start;
  }

  private void add(String name, byte[] bytes, int start, int length) {
    overAll.computeIfAbsent("all: " + name, NoiseStatistics::new).add(bytes, start, start + length);
  }

  private void judge(NoiseStatistics statistics) {
    tests += statistics.assertNoise();
  }

  /** Counts how often each bit of a header is set. */
  private void count(String name, byte[] bytes, int start) {
    int[] counts = bits.computeIfAbsent(name, any -> new int[TrueCryptHeader.SIZE * 8]);
    for (int i = 0; i < counts.length; i++) {
      counts[i] += bytes[start + i / 8] >> i % 8 & 1;
    }
  }

  private void judgeBits(String name, int[] counts) {
    for (int i = 0; i < counts.length; i++) {
      double p = NoiseStatistics.ones(counts[i], VOLUMES);
      int bit = i;
      assertTrue(
          p >= NoiseStatistics.LIMIT,
          () -> "%s: bit %d is set in %d, p = %g".formatted(name, bit, counts[bit], p));
      tests++;
    }
  }
}
