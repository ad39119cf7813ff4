package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.DelegatingDevice;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An Error in the middle of a change, from each call of the device: treated as a failure of it. */
class ErrorsTest {

  /** Throws an Error, once, from a call with some number. */
  private static final class ErringDevice extends DelegatingDevice {

    private int left = Integer.MAX_VALUE;

    ErringDevice(BlockDevice lower) {
      super(lower);
    }

    void throwAfter(int calls) {
      left = calls;
    }

    boolean hasThrown() {
      return left < 0;
    }

    private void call() {
      if (left >= 0 && left-- == 0) {
        throw new OutOfMemoryError("by the test");
      }
    }

    @Override
    public void read(long position, byte[] target, int offset, int length) throws IOException {
      call();
      super.read(position, target, offset, length);
    }

    @Override
    public void write(long position, byte[] source, int offset, int length) throws IOException {
      call();
      super.write(position, source, offset, length);
    }

    @Override
    public void flush() throws IOException {
      call();
      super.flush();
    }
  }

  /** What a user does, each step of which may fail; remembers what must be there at the end. */
  private static final class Work {

    private interface Step {
      void run() throws IOException;
    }

    private final Map<String, byte[]> done = new TreeMap<>();
    private boolean failed;

    private void step(Step step) {
      try {
        step.run();
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        failed = true;
      }
    }

    private void write(MountedVolume volume, String path, int length) {
      done.remove(path);
      byte[] contents = new byte[length];
      Arrays.fill(contents, (byte) path.hashCode());
      step(
          () -> {
            int slash = path.lastIndexOf('/');
            Node parent = slash == 0 ? volume.root() : Walk.find(volume, path.substring(0, slash));
            Node file =
                volume.create(
                    parent, path.substring(slash + 1), NodeType.FILE, AttributeChange.NONE);
            try (OpenNode open = volume.open(file)) {
              open.write(0, contents, 0, length / 2);
              open.force();
              open.write(length / 2, contents, length / 2, length - length / 2);
            }
            done.put(path, contents);
          });
    }

    void run(MountedVolume volume) {
      step(
          () ->
              volume.create(
                  volume.root(), "a directory", NodeType.DIRECTORY, AttributeChange.NONE));
      for (int i = 0; i < 4; i++) {
        write(volume, "/a directory/a file with a long name " + i, 9_000 * i + 10);
        write(volume, "/file" + i, 5_000);
      }
      byte[] moved = done.remove("/file1");
      step(
          () -> {
            volume.move(
                Walk.find(volume, "/file1"), Walk.find(volume, "/a directory"), "moved", false);
            if (moved != null) {
              done.put("/a directory/moved", moved);
            }
          });
      done.remove("/file2");
      step(() -> volume.delete(Walk.find(volume, "/file2")));
      write(volume, "/last", 20_000);
      step(volume::close);
    }
  }

  private static BlockDevice copy(BlockDevice disk) throws IOException {
    byte[] bytes = new byte[(int) disk.size()];
    disk.read(0, bytes, 0, bytes.length);
    BlockDevice copy = new MemoryDevice(bytes.length);
    copy.write(0, bytes, 0, bytes.length);
    return copy;
  }

  private static MountedVolume mount(BlockDevice device, boolean cached) throws IOException {
    BlockDevice kept = new KeptDevice(device);
    BlockDevice stack = cached ? new CachedDevice(kept, 4 << 20, Duration.ZERO) : kept;
    return new FatDriver().mount(stack, WritableVolume.OPTIONS);
  }

  @ParameterizedTest
  @CsvSource({"FAT12,true", "FAT16,true", "FAT12,false", "FAT16,false"})
  void whateverCallThrowsAnErrorNoClosedFileIsLostAndNoDamageCalledClean(
      String type, boolean cached) throws Exception {
    MemoryDevice empty = new MemoryDevice(WritableVolume.smallest(type));
    new FatDriver().format(empty, WritableVolume.options(type));
    int calls = 0;
    boolean thrown = true;
    for (; thrown; calls++) {
      BlockDevice disk = copy(empty);
      ErringDevice erring = new ErringDevice(disk);
      MountedVolume volume = mount(erring, cached);
      erring.throwAfter(calls);
      Work work = new Work();
      work.run(volume);
      thrown = erring.hasThrown();
      String when = "after " + calls + " calls";
      assertEquals(thrown, work.failed, when);
      List<String> findings = new ArrayList<>();
      new FatDriver()
          .check(copy(disk), WritableVolume.OPTIONS, finding -> findings.add(finding.toString()));
      if (findings.stream().noneMatch(finding -> finding.endsWith("[dirty]"))) {
        assertEquals(List.of(), findings, when);
      }
      try (MountedVolume again = mount(copy(disk), false)) {
        for (Map.Entry<String, byte[]> file : work.done.entrySet()) {
          assertArrayEquals(
              file.getValue(), Walk.read(again, file.getKey()), () -> when + ": " + file.getKey());
        }
      }
    }
    assertTrue(calls > 50, "calls: " + calls);
  }

  @Test
  void anErrorMakesTheVolumeReadOnlyAndClosingReportsIt() throws Exception {
    MemoryDevice disk = new MemoryDevice(WritableVolume.smallest("FAT16"));
    new FatDriver().format(disk, WritableVolume.options("FAT16"));
    ErringDevice erring = new ErringDevice(disk);
    MountedVolume volume = mount(erring, false);
    volume.create(volume.root(), "before", NodeType.FILE, AttributeChange.NONE);
    erring.throwAfter(1);
    assertThrows(
        OutOfMemoryError.class,
        () -> volume.create(volume.root(), "file", NodeType.DIRECTORY, AttributeChange.NONE));
    assertTrue(volume.isReadOnly());
    assertThrows(FileSystemException.class, volume::close);
    assertEquals(1, BootSector.read(disk, 0).state());
  }
}
