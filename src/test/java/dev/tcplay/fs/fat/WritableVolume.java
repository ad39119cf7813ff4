package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.AttributeChange;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.KeptDevice;
import dev.tcplay.testing.Walk;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** An empty volume in memory that tests write to, over a cache as a mounted container has it. */
final class WritableVolume implements AutoCloseable {

  static final Charset CODE_PAGE = Charset.forName("IBM437");

  static final MountOptions OPTIONS = MountOptions.DEFAULT.withCodePage(CODE_PAGE);

  private final BlockDevice disk;
  private MountedVolume volume;

  private WritableVolume(BlockDevice disk) throws IOException {
    this.disk = disk;
    this.volume = mount(disk);
  }

  /** Makes a volume of some type, such as FAT16, that is as small as the type allows. */
  static WritableVolume of(String type) throws IOException {
    return of(type, smallest(type));
  }

  static WritableVolume of(String type, long bytes) throws IOException {
    BlockDevice disk = new MemoryDevice(bytes);
    new FatDriver().format(disk, options(type));
    return new WritableVolume(disk);
  }

  /** Mounts what is on a disk. */
  static WritableVolume on(BlockDevice disk) throws IOException {
    return new WritableVolume(disk);
  }

  static FormatOptions options(String type) {
    return FormatOptions.DEFAULT.withType(Optional.of(type)).withCodePage(CODE_PAGE);
  }

  static long smallest(String type) {
    return switch (type) {
      case "FAT12" -> 1 << 20;
      case "FAT16" -> 5 << 20;
      default -> 36 << 20;
    };
  }

  private static MountedVolume mount(BlockDevice disk) throws IOException {
    return new FatDriver()
        .mount(new CachedDevice(new KeptDevice(disk), 4 << 20, Duration.ZERO), OPTIONS);
  }

  MountedVolume volume() {
    return volume;
  }

  BlockDevice disk() {
    return disk;
  }

  Node find(String path) throws IOException {
    return Walk.find(volume, path);
  }

  Node directory(String path) throws IOException {
    return volume.create(
        find(Walk.parent(path)), Walk.name(path), NodeType.DIRECTORY, AttributeChange.NONE);
  }

  Node file(String path, byte... contents) throws IOException {
    Node file =
        volume.create(
            find(Walk.parent(path)), Walk.name(path), NodeType.FILE, AttributeChange.NONE);
    try (OpenNode open = volume.open(file)) {
      open.write(0, contents, 0, contents.length);
    }
    return file;
  }

  byte[] read(String path) throws IOException {
    return Walk.read(volume, path);
  }

  /** Closes and mounts again, as another program would. */
  void remount() throws IOException {
    volume.close();
    volume = mount(disk);
  }

  /** Closes the volume and lets fsck.fat find nothing. */
  void closeAndCheck() throws Exception {
    volume.close();
    Path image = Files.createTempFile("volume", ".img");
    try {
      save(image);
      Judge.Verdict verdict = Judge.run("fsck.fat", "-n", "-v", image.toString());
      assertEquals(0, verdict.status(), verdict.output());
    } finally {
      Files.delete(image);
    }
  }

  void save(Path image) throws IOException {
    byte[] bytes = new byte[(int) disk.size()];
    disk.read(0, bytes, 0, bytes.length);
    Files.write(image, bytes);
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
