package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.block.cache.CachedDevice;
import dev.tcplay.fs.FileSystemDriver;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.exfat.ExFatDriver;
import dev.tcplay.fs.fat.FatDriver;
import dev.tcplay.testing.CountingDevice;
import dev.tcplay.testing.KeptDevice;
import example.toyfs.ToyDriver;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A directory has the time of the last change of its entries, as on the default file system. */
class DirectoryTimesTest {

  /** Something done. */
  private interface Executable {
    void run() throws IOException;
  }

  /** Something done in a tree. */
  private interface Operation {
    void in(Path tree) throws IOException;
  }

  private static final FileTime PAST = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));

  @TempDir static Path folder;

  private int trees;

  private static Map<String, Operation> operations() {
    Map<String, Operation> all = new LinkedHashMap<>();
    all.put("new file", tree -> Files.createFile(tree.resolve("dir/new")));
    all.put("new directory", tree -> Files.createDirectory(tree.resolve("dir/new")));
    all.put("deleted file", tree -> Files.delete(tree.resolve("dir/file")));
    all.put("deleted directory", tree -> Files.delete(tree.resolve("dir/empty")));
    all.put("other name", tree -> move(tree, "dir/file", "dir/renamed"));
    all.put("move across", tree -> move(tree, "dir/file", "other/moved"));
    all.put("directory's move", tree -> move(tree, "dir/sub", "other/moved"));
    all.put(
        "replaced file",
        tree -> move(tree, "dir/file", "other/file", StandardCopyOption.ATOMIC_MOVE));
    all.put("copy", tree -> Files.copy(tree.resolve("dir/file"), tree.resolve("other/copy")));
    all.put("new contents", tree -> Files.writeString(tree.resolve("dir/file"), "new"));
    all.put("read contents", tree -> Files.readString(tree.resolve("dir/file")));
    all.put("time of a file", tree -> Files.setLastModifiedTime(tree.resolve("dir/file"), PAST));
    all.put("one level deeper", tree -> Files.createFile(tree.resolve("dir/sub/new")));
    all.put(
        "many",
        tree -> {
          for (int i = 0; i < 300; i++) {
            Files.createFile(tree.resolve("dir/a file with a long name " + i));
          }
        });
    return all;
  }

  private static void move(Path tree, String from, String to, CopyOption... options)
      throws IOException {
    Files.move(tree.resolve(from), tree.resolve(to), options);
  }

  @TestFactory
  Stream<DynamicTest> timesFollowTheEntriesAsOnTheDefaultFileSystem() throws IOException {
    Stream<TcplayFileSystem> volumes =
        Stream.of(
            DrivenVolumes.mount(new FatDriver(), Optional.of("FAT12"), 1 << 20),
            DrivenVolumes.mount(new FatDriver(), Optional.of("FAT32"), 64 << 20),
            DrivenVolumes.mount(new ExFatDriver(), Optional.empty(), 8 << 20),
            DrivenVolumes.mount(new ToyDriver(), Optional.empty(), 1 << 12));
    return volumes.flatMap(
        ours ->
            operations().entrySet().stream()
                .map(
                    entry ->
                        DynamicTest.dynamicTest(
                            ours.type() + ": " + entry.getKey(),
                            () -> {
                              String name = "tree" + ++trees;
                              assertEquals(
                                  turned(folder.resolve(name), entry.getValue()),
                                  turned(ours.getPath("/", name), entry.getValue()));
                            })));
  }

  /** Returns which directories have the present time when something was done. */
  private static Set<String> turned(Path tree, Operation operation) throws IOException {
    for (String directory : new String[] {"dir/sub", "dir/empty", "other"}) {
      Files.createDirectories(tree.resolve(directory));
    }
    Files.writeString(tree.resolve("dir/file"), "contents");
    Files.writeString(tree.resolve("other/file"), "other contents");
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.filter(Files::isDirectory).toList()) {
        Files.setLastModifiedTime(path, PAST);
      }
    }
    Instant before = Instant.now().minusSeconds(2);
    operation.in(tree);
    Set<String> turned = new TreeSet<>();
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.filter(Files::isDirectory).toList()) {
        FileTime time = Files.getLastModifiedTime(path);
        assertTrue(time.equals(PAST) || !time.toInstant().isBefore(before), path + " " + time);
        if (!time.equals(PAST)) {
          turned.add(tree.relativize(path).toString());
        }
      }
    }
    return turned;
  }

  @Test
  void theTimeIsOnTheDiskWithTheEntry() throws IOException {
    for (FileSystemDriver driver : new FileSystemDriver[] {new FatDriver(), new ExFatDriver()}) {
      MemoryDevice disk = new MemoryDevice(8 << 20);
      driver.format(disk, FormatOptions.DEFAULT);
      FileTime time;
      try (FileSystem first = DrivenVolumes.of(mount(driver, disk))) {
        Path directory = Files.createDirectory(first.getPath("/dir"));
        Files.setLastModifiedTime(directory, PAST);
        Files.createFile(directory.resolve("a"));
        time = Files.getLastModifiedTime(directory);
        assertTrue(time.compareTo(PAST) > 0);
      }
      try (FileSystem again = DrivenVolumes.of(mount(driver, disk))) {
        assertEquals(time, Files.getLastModifiedTime(again.getPath("/dir")));
      }
    }
  }

  @Test
  void theTimeCostsNoFlush() throws IOException {
    for (FileSystemDriver driver : new FileSystemDriver[] {new FatDriver(), new ExFatDriver()}) {
      MemoryDevice disk = new MemoryDevice(8 << 20);
      driver.format(disk, FormatOptions.DEFAULT);
      CountingDevice counted = new CountingDevice(disk);
      try (FileSystem volume = DrivenVolumes.of(mount(driver, counted))) {
        Path directory = Files.createDirectory(volume.getPath("/dir"));
        Path empty = Files.createFile(directory.resolve("empty"));
        // What is done once, such as the mark of being in use.
        flushes(counted, empty, () -> {});
        long inRoot = flushes(counted, empty, () -> Files.createFile(volume.getPath("/a")));
        Files.setLastModifiedTime(directory, PAST);
        flushes(counted, empty, () -> {});
        long inDirectory = flushes(counted, empty, () -> Files.createFile(directory.resolve("a")));
        assertTrue(Files.getLastModifiedTime(directory).compareTo(PAST) > 0);
        assertEquals(inRoot, inDirectory, driver.name());
        assertTrue(inRoot > 0);
      }
    }
  }

  /** Returns how often the device is flushed until what was done is forced. */
  private static long flushes(CountingDevice counted, Path any, Executable work)
      throws IOException {
    long before = counted.flushes();
    try (FileChannel channel = FileChannel.open(any, StandardOpenOption.WRITE)) {
      work.run();
      channel.force(true);
    }
    return counted.flushes() - before;
  }

  private static MountedVolume mount(FileSystemDriver driver, BlockDevice disk) throws IOException {
    return driver.mount(
        new CachedDevice(new KeptDevice(disk), 1 << 20, Duration.ofHours(1)),
        MountOptions.DEFAULT.withNamed(true));
  }
}
