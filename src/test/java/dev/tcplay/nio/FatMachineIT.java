package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.ContainerOpener;
import dev.tcplay.Tcplay;
import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.fs.FormatOptions;
import dev.tcplay.fs.fat.FatDriver;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.LinuxMachine;
import dev.tcplay.testing.Seeds;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Linux mounts what we wrote, in a virtual machine: it sees the names, sizes, times and bytes that
 * we see; and we read what it makes of the volume. One of the volumes lies in a container that we
 * made, and Linux reads it through dm-crypt.
 */
@Execution(ExecutionMode.CONCURRENT)
class FatMachineIT {

  private static final List<String> NAMES =
      List.of(
          "UPPER.TXT",
          "lower.txt",
          "Mixed.Case",
          "a rather long name of a file.text",
          "ünïcode 日本",
          "many.dots.in.a.name",
          "å",
          "x".repeat(200));

  /** Prints all files; changes some; prints all again. */
  private static final String SCRIPT =
      """
      set -e
      all() {
        find . -type f | LC_ALL=C sort | while read -r file; do
          echo "$(stat -c '%s %Y' "$file") $(sha256sum <"$file" | cut -c1-64) $file"
        done
      }
      look() {
        mkdir -p /volume
        mount -t vfat -o tz=UTC,iocharset=utf8,shortname=mixed $1 /volume
        cd /volume
        all
        echo "name of Linux" >"Linux made this 日本.text"
        touch -d '2003-04-05 06:07:08' "Linux made this 日本.text"
        mkdir -p "of Linux/deeper"
        head -c 30000 /dev/urandom >"of Linux/deeper/RANDOM.BIN"
        cat "of Linux/deeper/RANDOM.BIN" >>lower.txt
        mv Mixed.Case "of Linux/moved.case"
        rm UPPER.TXT
        cp "a rather long name of a file.text" copy.txt
        truncate -s 100 many.dots.in.a.name
        touch -d '2003-04-05 06:07:08' lower.txt many.dots.in.a.name
        sync
        echo changed
        all
        echo end
        cd /
        umount /volume
      }
      """;

  @TempDir private Path folder;
  private final Random random = new Random(Seeds.of("FatMachineIT"));

  /**
   * A volume and how both sides open it.
   *
   * @param theirs commands that print what Linux sees
   */
  private record Volume(Path file, ContainerOpener ours, String theirs) {}

  private Path image(String type, int kib) throws IOException {
    Path image = folder.resolve(type + ".img");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(kib * 1024L);
    }
    try (BlockDevice device = FileDevice.open(image, HostOpen.writing())) {
      new FatDriver()
          .format(
              device,
              FormatOptions.DEFAULT
                  .withType(Optional.of(type))
                  .withLabel(Optional.of("OURS"))
                  .withCodePage(Charset.forName("IBM437")));
    }
    return image;
  }

  private List<Volume> volumes() throws IOException {
    List<Volume> volumes = new ArrayList<>();
    for (String type : List.of("FAT12", "FAT16", "FAT32")) {
      Path image = image(type, type.equals("FAT32") ? 40_000 : 12_000);
      String device = "/dev/vd" + (char) ('a' + volumes.size());
      volumes.add(
          new Volume(
              image,
              Tcplay.open(image).format("plain").zone(ZoneOffset.UTC),
              "look " + device + "\n"));
    }
    Path container = FatImages.encrypt(folder.resolve("container.hc"), volumes.get(1).file());
    String theirs =
        """
        cs_map volume /dev/vd%c '%s' --veracrypt --veracrypt-pim 1 --hash sha512
        look /dev/mapper/volume
        cs_unmap volume
        """
            .formatted('a' + volumes.size(), FatImages.PASSWORD);
    ContainerOpener ours =
        Tcplay.open(container)
            .password(FatImages.PASSWORD)
            .pim(1)
            .hash("sha512")
            .zone(ZoneOffset.UTC);
    volumes.add(new Volume(container, ours, theirs));
    return volumes;
  }

  /** Makes files, and changes some of them. */
  private void write(FileSystem volume) throws IOException {
    Path directory = Files.createDirectories(volume.getPath("/a directory/deeper"));
    for (String name : NAMES) {
      for (Path parent : List.of(volume.getPath("/"), directory)) {
        byte[] bytes = new byte[random.nextInt(40_000)];
        random.nextBytes(bytes);
        Files.write(parent.resolve(name), bytes);
      }
    }
    Files.delete(directory.resolve(NAMES.get(0)));
    Files.move(directory.resolve(NAMES.get(1)), volume.getPath("/moved by us.txt"));
    Files.write(directory.resolve(NAMES.get(2)), new byte[7000], StandardOpenOption.APPEND);
    try (Stream<Path> files = Files.walk(volume.getPath("/"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        long seconds = 1_000_000_000L + 2L * random.nextInt(100_000_000);
        Files.setLastModifiedTime(file, FileTime.fromMillis(seconds * 1000));
      }
    }
  }

  /** Returns size, time and sum of each file by its path, as the script prints them. */
  private static Map<String, String> read(FileSystem volume) throws Exception {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(volume.getPath("/"))) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        long seconds = Files.getLastModifiedTime(file).toMillis() / 1000;
        files.put("." + file, bytes.length + " " + seconds + " " + sum);
      }
    }
    return files;
  }

  private static Map<String, String> parse(List<String> lines) {
    Map<String, String> files = new TreeMap<>();
    for (String line : lines) {
      int path = line.indexOf("./");
      files.put(line.substring(path), line.substring(0, path - 1));
    }
    return files;
  }

  @Test
  void linuxReadsWhatWeWroteAndWeReadWhatItWrote() throws Exception {
    LinuxMachine machine = LinuxMachine.require(folder);
    List<Volume> volumes = volumes();
    List<Map<String, String>> written = new ArrayList<>();
    StringBuilder script = new StringBuilder(SCRIPT);
    for (Volume volume : volumes) {
      try (FileSystem mounted = volume.ours.mount()) {
        write(mounted);
        written.add(read(mounted));
      }
      script.append(volume.theirs);
    }
    Judge.Verdict verdict =
        machine.run(
            volumes.stream().map(Volume::file).toList(),
            Files.writeString(folder.resolve("script"), script));
    assertEquals(0, verdict.status(), verdict::output);
    List<String> lines = verdict.output().lines().toList();
    for (int i = 0; i < volumes.size(); i++) {
      List<String> before = lines.subList(0, lines.indexOf("changed"));
      List<String> after = lines.subList(before.size() + 1, lines.indexOf("end"));
      lines = lines.subList(before.size() + after.size() + 2, lines.size());
      assertEquals(written.get(i), parse(before));
      try (FileSystem mounted = volumes.get(i).ours.mount()) {
        assertEquals(withoutRecent(parse(after)), withoutRecent(read(mounted)));
      }
    }
  }

  /** Leaves out the times of what Linux wrote just now, which may be odd seconds in its memory. */
  private static Map<String, String> withoutRecent(Map<String, String> files) {
    Map<String, String> result = new TreeMap<>();
    files.forEach(
        (path, line) -> {
          String[] fields = line.split(" ", -1);
          boolean recent = Long.parseLong(fields[1]) > 1_700_000_000L;
          result.put(path, fields[0] + (recent ? " recent " : " " + fields[1] + " ") + fields[2]);
        });
    return result;
  }
}
