package dev.tcplay.fs.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.DelegatingDevice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every format shows the files that were put in, whatever lies behind the archive. */
class FormatsTest {

  private static MountedVolume mount(byte[] bytes) throws IOException {
    return new ArchiveDriver().mount(MadeArchives.device(bytes), MountOptions.DEFAULT);
  }

  @ParameterizedTest
  @EnumSource
  void filesAreThoseThatWerePutIn(MadeArchives format) throws IOException {
    try (MountedVolume volume = mount(format.bytes())) {
      checkFiles(format, TreeReader.files(volume));
    }
  }

  @ParameterizedTest
  @EnumSource
  void zerosBehindAnArchiveDoNoHarm(MadeArchives format) throws IOException {
    byte[] bytes = format.bytes();
    try (MountedVolume volume = mount(Arrays.copyOf(bytes, bytes.length + 300_000))) {
      checkFiles(format, TreeReader.files(volume));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TAR_GZ", "TAR_BZ2", "TAR_XZ"})
  void streamsThatFollowEachOtherAreOne(MadeArchives format) throws IOException {
    byte[] tar = MadeArchives.TAR.bytes();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int from = 0; from < tar.length; from += 7000) {
      out.write(format.packed(Arrays.copyOfRange(tar, from, Math.min(tar.length, from + 7000))));
      out.write(new byte[from % 3 * 512]);
    }
    out.write("and something else".getBytes(StandardCharsets.UTF_8));
    try (MountedVolume volume = mount(out.toByteArray())) {
      checkFiles(format, TreeReader.files(volume));
    }
  }

  @Test
  void contentsArePassedOverUnread() throws IOException {
    long size = 300L << 30;
    CountingDevice device = new CountingDevice(new MemoryDevice(3 * (512 + size) + 1024));
    for (int i = 0; i < 3; i++) {
      TarArchiveEntry entry = new TarArchiveEntry("member" + i);
      entry.setSize(size);
      byte[] header = new byte[512];
      entry.writeEntryHeader(header, ZipEncodingHelper.getZipEncoding("UTF-8"), true);
      device.write(i * (512 + size), header, 0, 512);
      device.write(
          i * (512 + size) + 512 + size - 4, "last".getBytes(StandardCharsets.UTF_8), 0, 4);
    }
    device.reset();
    try (MountedVolume volume = new ArchiveDriver().mount(device, MountOptions.DEFAULT);
        OpenNode open =
            volume.open(Objects.requireNonNull(volume.lookup(volume.root(), "member2")))) {
      byte[] bytes = new byte[10];
      assertEquals(size, open.size());
      assertEquals(4, open.read(size - 4, bytes, 0, 10));
      assertEquals("last", new String(bytes, 0, 4, StandardCharsets.UTF_8));
      assertTrue(device.reads() <= 10, () -> device.reads() + " reads");
    }
  }

  @ParameterizedTest
  @EnumSource
  void threadsReadBesideEachOther(MadeArchives format) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (MountedVolume volume = mount(format.bytes())) {
      List<Future<Map<String, byte[]>>> found = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        found.add(threads.submit(() -> TreeReader.files(volume)));
      }
      for (Future<Map<String, byte[]>> each : found) {
        checkFiles(format, each.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFailureOfTheDeviceIsNoDamage(MadeArchives format) throws IOException {
    byte[] bytes = format.bytes();
    int reads = 0;
    boolean hasFailed = true;
    while (hasFailed) {
      int left = reads++;
      BlockDevice device = new BrokenDevice(MadeArchives.device(bytes), left);
      try (MountedVolume volume = new ArchiveDriver().mount(device, MountOptions.DEFAULT)) {
        hasFailed = new TreeReader(volume, Integer.MAX_VALUE).read().failures > 0;
      } catch (IOException e) {
        assertEquals("broken", e.getMessage(), format + " at read " + left);
      }
    }
    assertTrue(reads > 1);
  }

  /** Fails from a read on. */
  private static final class BrokenDevice extends DelegatingDevice {

    private int left;

    BrokenDevice(BlockDevice lower, int left) {
      super(lower);
      this.left = left;
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
      if (left-- <= 0) {
        throw new IOException("broken");
      }
      super.read(position, target, offset, length);
    }
  }

  private static void checkFiles(MadeArchives format, Map<String, byte[]> found) {
    if (format == MadeArchives.GZ) {
      assertEquals(Map.of("contents", 4500).keySet(), found.keySet());
      return;
    }
    Map<String, byte[]> expected = MadeArchives.files();
    if (format == MadeArchives.AR) {
      assertArrayEquals(expected.get("dir/noise"), found.get("noise"));
      assertEquals(expected.size(), found.size());
      return;
    }
    expected.forEach((path, bytes) -> assertArrayEquals(bytes, found.get(path), path));
  }
}
