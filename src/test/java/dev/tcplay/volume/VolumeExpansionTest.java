package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.model.CorruptHeaderException;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.DelegatingDevice;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Headers move to the new end of a host, and at no moment is the volume or its neighbour lost. */
class VolumeExpansionTest extends StoredHeaders {

  private static final int LARGER = SIZE + 200_704;
  private static final int SLOT = 65_536;

  /** Something done with an expansion. */
  private interface Growing {
    void on(VolumeExpansion volume) throws IOException;
  }

  private void with(BlockDevice host, boolean backup, Growing work) throws IOException {
    try (UnlockRequest request = by(old).backupHeader(backup).build();
        VolumeExpansion volume =
            VolumeExpansion.open(host, "host", request, new ExpandingHost(null, null), RANDOM)) {
      work.on(volume);
    }
  }

  private static byte[] longer(byte[] image) {
    return Arrays.copyOf(image, LARGER);
  }

  /** Returns the data that a header opens, null if it does not. */
  private byte[] data(byte[] image, boolean backup) throws IOException {
    try (BlockDevice host = device(image);
        UnlockRequest request = by(old).backupHeader(backup).build();
        BlockDevice plaintext = Unlocker.open(host, "host", request).plaintext()) {
      return bytes(plaintext);
    } catch (WrongPasswordException | CorruptHeaderException e) {
      return null; // half a header is none
    }
  }

  /** Looks at a whole volume of the new size. */
  private void assertGrown(byte[] image, byte[] data) throws IOException {
    for (boolean backup : new boolean[] {false, true}) {
      byte[] found = data(image, backup);
      assertEquals(LARGER - 2 * 131_072, found.length);
      assertArrayEquals(data, Arrays.copyOf(found, data.length));
    }
    // What may be another volume's: its header, and its backup at the new end.
    assertArrayEquals(
        Arrays.copyOfRange(before, SLOT, 2 * SLOT), Arrays.copyOfRange(image, SLOT, 2 * SLOT));
    assertArrayEquals(
        Arrays.copyOfRange(before, SIZE - SLOT, SIZE),
        Arrays.copyOfRange(image, LARGER - SLOT, LARGER));
    // Nothing of the old backups is left, and nothing is a hole.
    assertTrue(same(image, SIZE - 2 * SLOT, before, SIZE - 2 * SLOT, 2 * SLOT) < 1000);
    assertTrue(same(image, SIZE, new byte[LARGER - SIZE], 0, LARGER - SIZE - 2 * SLOT) < 1000);
  }

  private static int same(byte[] a, int from, byte[] b, int start, int length) {
    int same = 0;
    for (int i = 0; i < length; i++) {
      same += a[from + i] == b[start + i] ? 1 : 0;
    }
    return same;
  }

  @Test
  void aDeviceThatIsLongerThanItsVolumeIsFilled() throws IOException {
    byte[] data = data(before, false);
    try (BlockDevice host = device(longer(before))) {
      with(
          host,
          false,
          volume -> {
            assertEquals(SIZE, volume.end());
            assertTrue(volume.grow(LARGER));
            assertEquals(LARGER, volume.end());
            assertFalse(volume.grow(LARGER));
            try (BlockDevice plaintext = volume.volume(host).plaintext()) {
              assertEquals(LARGER - 2 * 131_072, plaintext.size());
            }
          });
    }
    try (BlockDevice host = device(longer(before))) {
      with(host, false, volume -> volume.grow(LARGER));
      assertGrown(bytes(host), data);
    }
  }

  /** Random parts of what was not forced are lost at each write. */
  @Test
  void whereverTheGrowthIsCutTheVolumeOpensAndTheNextCallEndsIt() throws IOException {
    long seed = Seeds.of("VolumeExpansionTest");
    byte[] data = data(before, false);
    try (UnforcedDevice host = new UnforcedDevice(device(longer(before)), seed, 1)) {
      with(host, false, volume -> volume.grow(LARGER));
      assertGrown(host.forced(), data);
      int bySize = 0;
      for (byte[] moment : host.moments()) {
        byte[] opened = data(moment, false);
        boolean backup = opened == null;
        if (backup) {
          opened = data(moment, true);
        }
        assertTrue(opened != null, "neither header opens");
        assertArrayEquals(data, Arrays.copyOf(opened, data.length));
        assertArrayEquals(
            Arrays.copyOfRange(before, SLOT, 2 * SLOT), Arrays.copyOfRange(moment, SLOT, 2 * SLOT));
        bySize += opened.length > data.length ? 1 : 0;
        try (BlockDevice again = device(moment)) {
          with(again, backup, volume -> volume.grow(LARGER));
          assertGrown(bytes(again), data);
        }
      }
      assertTrue(bySize > 0 && bySize < host.moments().size(), "moments with the new size");
    }
  }

  @Test
  void sizesThatCannotBeAreRefusedAndNothingIsWritten() throws IOException {
    byte[] image = longer(before);
    try (BlockDevice host = device(image)) {
      with(
          host,
          false,
          volume -> {
            assertRefused("is not made smaller", volume, SIZE - 512);
            assertRefused("at least: its backup headers", volume, LARGER - 512);
            assertRefused("is not made longer here", volume, LARGER + 512);
            for (long size : new long[] {LARGER + 1, VolumeSizes.MAX_SIZE + 512}) {
              assertThrows(IllegalArgumentException.class, () -> volume.grow(size));
            }
            assertRefused("a hidden volume grows inside", volume, LARGER + 1, true);
          });
      assertArrayEquals(image, bytes(host));
    }
    byte[] hardly = Arrays.copyOf(before, SIZE + 131_072 - 512);
    try (BlockDevice host = device(hardly)) {
      with(host, false, volume -> assertRefused("must not touch", volume, hardly.length));
      assertArrayEquals(hardly, bytes(host));
    }
  }

  private static void assertRefused(String why, VolumeExpansion volume, long size) {
    assertRefused(why, volume, size, false);
  }

  private static void assertRefused(String why, VolumeExpansion volume, long size, boolean hidden) {
    FileSystemException refusal =
        assertThrows(
            FileSystemException.class,
            () -> {
              if (hidden) {
                volume.growHidden(size);
              } else {
                volume.grow(size);
              }
            });
    assertTrue(refusal.getReason().contains(why), refusal::toString);
  }

  /** Writes fail from some moment on; what is said of the state is true. */
  @Test
  void aHostThatFailsLeavesWhatTheMessageSays() throws IOException {
    byte[] data = data(before, false);
    int failures = 0;
    for (int writes = 0; ; writes++) {
      try (FailingDevice host = new FailingDevice(device(longer(before)), writes)) {
        try {
          with(host, false, volume -> volume.grow(LARGER));
          break;
        } catch (FileSystemException e) {
          failures++;
          byte[] left = bytes(host);
          boolean headerLost = e.getReason().contains("its header may be lost");
          byte[] opened = data(left, headerLost);
          assertArrayEquals(data, Arrays.copyOf(opened, data.length), e.getReason());
          boolean begun = e.getReason().contains("once more");
          assertEquals(!begun, e.getReason().startsWith("the volume is as it was: "));
          assertEquals(begun, data(left, true) != null, e.getReason());
        }
      }
    }
    assertTrue(failures > 10, failures + " failures");
  }

  /** Refuses all but the first writes. */
  private static final class FailingDevice extends DelegatingDevice {

    private int left;

    FailingDevice(BlockDevice lower, int left) {
      super(lower);
      this.left = left;
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws IOException {
      if (left-- <= 0) {
        throw new IOException("no more");
      }
      super.write(position, source, offset, length);
    }
  }

  @Test
  void aHeaderThatIsLostIsRestoredFirst() throws IOException {
    byte[] image = before.clone();
    Arrays.fill(image, 0, 512, (byte) 0);
    try (BlockDevice host = device(image)) {
      with(
          host,
          true,
          volume -> assertRefused("restore the header first", volume, SIZE + 10 * 131_072));
      assertArrayEquals(image, bytes(host));
    }
  }

  @Test
  void aBackupWithTheOldLengthAtTheEndIsNotTakenForANewOne() throws IOException {
    byte[] data = data(before, false);
    byte[] image = longer(before);
    System.arraycopy(before, SIZE - 131_072, image, LARGER - 131_072, 131_072); // the old fields
    try (BlockDevice host = device(image)) {
      with(host, false, volume -> assertTrue(volume.grow(LARGER)));
      assertGrown(bytes(host), data);
    }
  }
}
