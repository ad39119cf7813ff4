package dev.tcplay.fs.fat;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.testing.KeptDevice;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Short ways to make volumes, to mount them for writing and to hand them to a judge. */
final class WritableVolumes {

  static final MountOptions OPTIONS =
      MountOptions.DEFAULT
          .withZone(Volumes.OPTIONS.zone())
          .withCodePage(Volumes.OPTIONS.codePage());

  private static final int CACHE = 4 << 20;
  private static final int AT_ONCE = 1 << 16;

  private WritableVolumes() {}

  /** Makes an empty volume of the smallest clusters that suit. */
  static void format(BlockDevice device, String type) throws IOException {
    FormatOptions options =
        FormatOptions.DEFAULT
            .withType(Optional.of(type))
            .withZone(OPTIONS.zone())
            .withCodePage(OPTIONS.codePage());
    new FatDriver().format(device, options);
  }

  /** Makes a file of {@code kib} KiB that is an empty volume. */
  static Path format(Path image, String type, int kib) throws IOException {
    Files.deleteIfExists(image);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(kib * 1024L);
    }
    try (BlockDevice device = FileDevice.open(image, HostOpen.writing())) {
      format(device, type);
    }
    return image;
  }

  /** Mounts a device with a cache over it; closing the volume leaves the device open. */
  static MountedVolume mount(BlockDevice device) throws IOException {
    return new FatDriver()
        .mount(new CachedDevice(new KeptDevice(device), CACHE, Duration.ZERO), OPTIONS);
  }

  static MountedVolume mount(Path image) throws IOException {
    return new FatDriver()
        .mount(
            new CachedDevice(FileDevice.open(image, HostOpen.writing()), CACHE, Duration.ZERO),
            OPTIONS);
  }

  /** Writes a device into a file, holes where it has zeros. */
  static Path save(BlockDevice device, Path file) throws IOException {
    byte[] bytes = new byte[AT_ONCE];
    byte[] zeros = new byte[AT_ONCE];
    Files.deleteIfExists(file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (long at = 0; at < device.size(); at += AT_ONCE) {
        int length = (int) Math.min(AT_ONCE, device.size() - at);
        device.read(at, bytes, 0, length);
        boolean isEnd = at + length == device.size();
        if (isEnd || !Arrays.equals(bytes, zeros)) {
          channel.write(ByteBuffer.wrap(bytes, 0, length), at);
        }
      }
    }
    return file;
  }
}
