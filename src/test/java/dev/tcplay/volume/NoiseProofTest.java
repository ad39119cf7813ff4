package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Of many created volumes all that nobody shall tell from noise is judged as noise: in each volume
 * and over all of them, and bit by bit at the same place of each. {@code -Dtcplay.noise.volumes=N}
 * makes more of them.
 *
 * <p>Each statistic fails below 1e-6. Some 60,000 are taken, so one run in twenty would fail by
 * chance; the seeds are fixed, so it always is the same run.
 */
class NoiseProofTest extends BuiltVolumes {

  private static final int VOLUMES = Integer.getInteger("tcplay.noise.volumes", 200);
  private static final int FIRST_SEED = 1000;
  private static final int SIZE = HiddenVolumes.MIN_HOST;
  private static final int SLOT = TrueCryptLayout.SLOT;
  private static final int DATA = TrueCryptLayout.SLOTS;
  private static final int END = SIZE - TrueCryptLayout.SLOTS;

  /** The starts of the slots of header, hidden header and the backups of both. */
  private static final int[] SLOTS = {0, SLOT, END, END + SLOT};

  private static final String[] NAMES = {"header", "hidden", "backup", "hidden backup"};

  private final Keys first = keys("the first password", "sha256");
  private final Keys second = keys("the second password", "sha512");
  private final Keys hidden = keys("the hidden password", "sha256");
  private final Map<String, NoiseStatistics> overAll = new LinkedHashMap<>();
  private final Map<String, int[]> bits = new LinkedHashMap<>();
  private int tests;

  private static Keys keys(String password, String hash) {
    return Keys.builder().password(password).pim(1).hash(hash).cipher("AES").build();
  }

  @Test
  void slotsAndFreeSpaceAndSaltsAndKeysAreNoise() throws IOException {
    System.out.printf("seeds %d to %d%n", FIRST_SEED, FIRST_SEED + VOLUMES - 1);
    for (int i = 0; i < VOLUMES; i++) {
      Path file = folder.resolve("volume" + i);
      SeededRandom random = new SeededRandom(FIRST_SEED + i);
      Tcplay.create(file).size(SIZE).keys(first).random(random).create();
      byte[] created = Files.readAllBytes(file);
      judgeSlots("created", created);
      judgeData(created);
      Tcplay.change(file).from(first).to(second).random(random).change();
      judgeSlots("changed", Files.readAllBytes(file));
      wipeHeader(file);
      Tcplay.headers(file).keys(second).random(random).restore();
      byte[] restored = Files.readAllBytes(file);
      judgeSlots("restored", restored);
      assertArrayEquals(data(created), data(restored));
      HiddenVolumes.create(file, "VeraCrypt", second, hidden, HiddenVolumes.MIN_SIZE, random);
      byte[] withHidden = Files.readAllBytes(file);
      judgeSlots("with hidden volume", withHidden);
      add("data areas with hidden volume", withHidden, DATA, END - DATA);
      Files.delete(file);
    }
    overAll.values().forEach(this::judge);
    bits.forEach(this::judgeBits);
    System.out.printf("%d tests at p < %s each%n", tests, NoiseStatistics.LIMIT);
    overAll.values().forEach(System.out::println);
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
    for (int i = 0; i < SLOTS.length; i++) {
      int start = SLOTS[i];
      String name = NAMES[i] + " " + stage;
      judge(new NoiseStatistics(name).add(volume, start, start + SLOT));
      four.add(volume, start, start + SLOT);
      add("slot of " + name, volume, start, SLOT);
      add(name, volume, start, TrueCryptHeader.SIZE);
      count(name, volume, start);
    }
    judge(four);
    add("salts " + stage, volume, 0, TrueCryptHeader.SALT_BYTES);
    add("salts " + stage, volume, END, TrueCryptHeader.SALT_BYTES);
  }

  private void judgeData(byte[] volume) throws IOException {
    judge(new NoiseStatistics("data area").add(volume, DATA, END));
    add("data areas", volume, DATA, END - DATA);
    try (BlockDevice host = new MemoryDevice(SIZE);
        UnlockRequest request = UnlockRequest.builder().keys(first).hidden(false).build()) {
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
