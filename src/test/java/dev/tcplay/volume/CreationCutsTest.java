package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.LogWritesDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.Keys;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.DelegatingDevice;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Power cuts while volumes are made, at every write, with any part of what was not forced. */
class CreationCutsTest {

  private static final int SIZE = (int) VolumeSizes.MIN_SIZE + 65_536;
  private static final int INSIDE = (int) VolumeSizes.MIN_HIDDEN_SIZE;
  private static final int SUBSETS = 6;
  private static final byte[] OLD = GenuineVolumes.bytes("the old one");
  private static final byte[] NEW = GenuineVolumes.bytes("the new one");
  private static final byte[] HIDDEN = GenuineVolumes.bytes("inside");

  /** What stands at the start and in the middle of each volume, before a hidden one. */
  private static void mark(BlockDevice plaintext, int seed) throws IOException {
    byte[] mark = new byte[8192];
    new Random(seed).nextBytes(mark);
    plaintext.write(0, mark, 0, mark.length);
    plaintext.write(plaintext.size() / 2, mark, 0, mark.length);
  }

  private static boolean isMarked(byte[] plaintext, int seed) {
    byte[] mark = new byte[8192];
    new Random(seed).nextBytes(mark);
    int middle = plaintext.length / 2;
    return Arrays.equals(plaintext, 0, mark.length, mark, 0, mark.length)
        && Arrays.equals(plaintext, middle, middle + mark.length, mark, 0, mark.length);
  }

  private static VolumeBuilder builder(byte[] password, int seed) {
    // TrueCrypt derives its keys quickly.
    return new VolumeBuilder()
        .format(VolumeFormat.TRUECRYPT)
        .password(password)
        .filling(volume -> mark(volume, seed));
  }

  private static byte @Nullable [] open(byte[] image, byte[] password, boolean backup)
      throws IOException {
    MemoryDevice host = new MemoryDevice(image.length);
    host.write(0, image, 0, image.length);
    try (UnlockRequest request =
            UnlockRequest.builder()
                .password(password)
                .format("TrueCrypt")
                .hash("sha512")
                .cipher("AES")
                .backupHeader(backup)
                .build();
        BlockDevice plaintext = Unlocker.open(host, "cut", request).plaintext()) {
      byte[] bytes = new byte[(int) plaintext.size()];
      plaintext.read(0, bytes, 0, bytes.length);
      return bytes;
    } catch (WrongPasswordException | CorruptHeaderException e) {
      return null;
    }
  }

  /** Makes something on a logged device. */
  private interface Making {
    void on(BlockDevice host) throws IOException;
  }

  /** Judges what a cut has left, and returns what is wrong with it. */
  private interface Judgement {
    List<String> of(byte[] image) throws IOException;
  }

  /** Returns what is wrong after cuts at every entry of the log, each once. */
  private static List<String> faults(
      byte[] start, boolean flushing, Making making, Judgement judgement) throws IOException {
    Random random = new Random(Seeds.of("CreationCutsTest"));
    LogWritesDevice log = new LogWritesDevice(device(start));
    making.on(flushing ? log : new Unflushed(log));
    List<String> faults = new ArrayList<>();
    MemoryDevice forced = device(start);
    int from = 0;
    for (int entry = 0; entry <= log.entries(); entry++) {
      for (int subset = 0; subset < SUBSETS; subset++) {
        byte[] state = bytes(forced);
        MemoryDevice cut = device(state);
        double part = subset == 0 ? 1 : random.nextDouble();
        log.replay(from, entry, cut, (write, sector) -> random.nextDouble() < part);
        faults.addAll(judgement.of(bytes(cut)));
      }
      if (entry < log.entries() && log.isFlush(entry)) {
        log.replay(from, entry, forced);
        from = entry + 1;
      }
    }
    return faults.stream().distinct().toList();
  }

  /** Loses every flush. */
  private static final class Unflushed extends DelegatingDevice {

    Unflushed(BlockDevice lower) {
      super(lower);
    }

    @Override
    public void flush() {}
  }

  private static MemoryDevice device(byte[] bytes) throws IOException {
    MemoryDevice device = new MemoryDevice(bytes.length);
    device.write(0, bytes, 0, bytes.length);
    return device;
  }

  private static byte[] bytes(BlockDevice device) throws IOException {
    byte[] bytes = new byte[(int) device.size()];
    device.read(0, bytes, 0, bytes.length);
    return bytes;
  }

  private static byte[] made(VolumeBuilder builder) throws IOException {
    MemoryDevice host = new MemoryDevice(SIZE);
    builder.createInPlace(host, "old", 0);
    return bytes(host);
  }

  private static List<String> judge(byte[] image, byte[] password, int seed, String name)
      throws IOException {
    List<String> faults = new ArrayList<>();
    for (boolean backup : new boolean[] {false, true}) {
      byte[] plaintext = open(image, password, backup);
      if (plaintext != null && !isMarked(plaintext, seed)) {
        faults.add(name + " opens by its " + (backup ? "backup" : "header") + " and is not whole");
      }
    }
    return faults;
  }

  private static List<String> inPlace(boolean flushing) throws IOException {
    byte[] old = made(builder(OLD, 1));
    return faults(
        old,
        flushing,
        host ->
            builder(NEW, 2).hidden(builder(HIDDEN, 3).size(INSIDE)).createInPlace(host, "new", 0),
        image -> {
          List<String> faults = judge(image, OLD, 1, "the old volume");
          faults.addAll(judge(image, NEW, 2, "the new volume"));
          faults.addAll(judge(image, HIDDEN, 3, "the hidden volume"));
          return faults;
        });
  }

  @Test
  void noCutInPlaceLeavesAHalfMadeVolumeThatOpens() throws IOException {
    assertEquals(List.of(), inPlace(true));
  }

  @Test
  void aStorageThatForcesNothingIsNoticed() throws IOException {
    List<String> faults = inPlace(false);
    assertTrue(faults.stream().anyMatch(fault -> fault.startsWith("the old")), faults::toString);
    assertTrue(faults.stream().anyMatch(fault -> fault.startsWith("the new")), faults::toString);
    assertTrue(faults.stream().anyMatch(fault -> fault.startsWith("the hid")), faults::toString);
  }

  private static List<String> hidden(boolean flushing) throws IOException {
    byte[] outer = made(builder(OLD, 1));
    byte[] before = open(outer, OLD, false);
    int kept = before.length - INSIDE;
    return faults(
        outer,
        flushing,
        host -> {
          try (Keys keys = Keys.of(OLD)) {
            builder(HIDDEN, 3).size(INSIDE).createHidden(host, "outer", keys);
          }
        },
        image -> {
          List<String> faults = judge(image, HIDDEN, 3, "the hidden volume");
          for (boolean backup : new boolean[] {false, true}) {
            byte[] after = open(image, OLD, backup);
            if (after == null || !Arrays.equals(before, 0, kept, after, 0, kept)) {
              faults.add("the outer volume is not as it was");
            }
          }
          return faults;
        });
  }

  @Test
  void noCutOfAHiddenVolumeTouchesTheOuterOne() throws IOException {
    assertEquals(List.of(), hidden(true));
    List<String> faults = hidden(false);
    assertTrue(
        faults.stream().allMatch(fault -> fault.startsWith("the hidden volume opens by its ")));
    assertTrue(!faults.isEmpty(), "a storage that forces nothing is not noticed");
  }

  @Test
  void whatIsWholeOpensByBothHeaders() throws IOException {
    byte[] image = made(builder(NEW, 2).hidden(builder(HIDDEN, 3).size(INSIDE)));
    for (boolean backup : new boolean[] {false, true}) {
      assertTrue(open(image, NEW, backup) != null && open(image, HIDDEN, backup) != null);
    }
  }
}
