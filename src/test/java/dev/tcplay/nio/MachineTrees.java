package dev.tcplay.nio;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files that we write and a Linux in a virtual machine reads and changes, and what each sees. */
final class MachineTrees {

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
        mount $mount_options $1 /volume
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

  private MachineTrees() {}

  /**
   * What Linux saw of one volume: size, time and sum of each file by its path.
   *
   * @param before as it was mounted
   * @param after when it had changed it
   */
  record Seen(Map<String, String> before, Map<String, String> after) {}

  /** Returns a script with a command {@code look DEVICE}, which mounts a volume with options. */
  static String script(String mountOptions) {
    return "mount_options='" + mountOptions + "'\n" + SCRIPT;
  }

  /** Makes files, and changes some of them. */
  static void write(FileSystem volume, Random random) throws IOException {
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
  static Map<String, String> read(FileSystem volume) throws Exception {
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

  /** Returns what the script printed, of each volume. */
  static List<Seen> seen(String output) {
    List<Seen> all = new ArrayList<>();
    List<String> lines = output.lines().toList();
    while (lines.contains("end")) {
      List<String> before = lines.subList(0, lines.indexOf("changed"));
      List<String> after = lines.subList(before.size() + 1, lines.indexOf("end"));
      lines = lines.subList(before.size() + after.size() + 2, lines.size());
      all.add(new Seen(parse(before), parse(after)));
    }
    return all;
  }

  /** Leaves out the times of what Linux wrote just now, which may be odd seconds in its memory. */
  static Map<String, String> withoutRecent(Map<String, String> files) {
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
