package dev.tcplay.testing;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.exfat.ExFatDriver;
import dev.tcplay.fs.fat.FatDriver;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Small volumes of the types of file systems that can be written: FAT12, FAT16, FAT32, exFAT. */
public final class TypedVolumes {

  public static final MountOptions OPTIONS =
      MountOptions.DEFAULT.withCodePage(Charset.forName("IBM437"));

  private static final int CACHE = 4 << 20;

  private TypedVolumes() {}

  /** Returns the driver of a type. */
  public static FileSystemDriver driver(String type) {
    return type.equals("exFAT") ? new ExFatDriver() : new FatDriver();
  }

  /** Returns the driver of a volume. */
  public static FileSystemDriver driver(BlockDevice device) throws IOException {
    FileSystemDriver exFat = new ExFatDriver();
    return exFat.probe(device) > 0 ? exFat : new FatDriver();
  }

  /** Returns as many bytes as the smallest volume of a type has, or some more. */
  public static long smallest(String type) {
    return switch (type) {
      case "FAT12" -> 1 << 20;
      case "exFAT" -> 3 << 20;
      case "FAT16" -> 5 << 20;
      default -> 36 << 20;
    };
  }

  /** Makes an empty volume. */
  public static void format(BlockDevice device, String type) throws IOException {
    driver(type)
        .format(
            device,
            FormatOptions.DEFAULT
                .withType(Optional.of(type))
                .withCodePage(Charset.forName("IBM437")));
  }

  /** Makes an empty volume in a file, whose bytes take no room before they are written. */
  public static Path image(Path file, String type, long bytes) throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(bytes);
    }
    try (BlockDevice device = FileDevice.open(file, HostOpen.writing())) {
      format(device, type);
    }
    return file;
  }

  /** Mounts a device with a cache over it; closing the volume leaves the device open. */
  public static MountedVolume mount(BlockDevice device) throws IOException {
    return driver(device)
        .mount(new CachedDevice(new KeptDevice(device), CACHE, Duration.ZERO), OPTIONS);
  }
}
