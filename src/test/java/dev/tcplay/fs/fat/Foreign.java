package dev.tcplay.fs.fat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.tcplay.testing.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A volume in an image, as mtools and sleuthkit see it and change it. */
final class Foreign {

  /**
   * A file of a tree: its time in seconds since the epoch, and the letters of {@code rhs} that are
   * set.
   */
  static final class Entry {

    private final byte[] bytes;
    private final long modified;
    private final String flags;

    Entry(byte[] bytes, long modified, String flags) {
      this.bytes = bytes;
      this.modified = modified;
      this.flags = flags;
    }

    byte[] bytes() {
      return bytes;
    }

    long modified() {
      return modified;
    }

    String flags() {
      return flags;
    }

    /** Returns what two sides must agree on. */
    String picture() {
      return bytes.length + " bytes " + sum(bytes) + " of " + Instant.ofEpochSecond(modified);
    }
  }

  private static final Pattern ATTRIBUTES = Pattern.compile("^(.{13})::(/.*)$");
  private static final Pattern BODY =
      Pattern.compile("^0\\|(/.*)\\|(\\d+)\\|r/[^|]*\\|0\\|0\\|(\\d+)\\|\\d+\\|(\\d+)\\|.*$");

  /** The status of a process that ended by SIGABRT. */
  private static final int ABORTED = 128 + 6;

  private final Path image;
  private final Path folder;

  /**
   * Takes an image.
   *
   * @param folder for files that are copied in and out
   */
  Foreign(Path image, Path folder) {
    this.image = image;
    this.folder = folder;
  }

  static String sum(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Runs a command of mtools on the image. Mtools 4.0 sometimes fails an assertion about its own
   * cache of a directory when it renames a file in it; if fsck.fat finds nothing wrong with the
   * volume, it has not judged.
   */
  String run(String command, String... arguments) throws IOException, InterruptedException {
    List<String> line =
        Stream.concat(Stream.of(command, "-i", image.toString()), Arrays.stream(arguments))
            .toList();
    Judge.Verdict verdict = Judge.run(line.toArray(String[]::new));
    if (command.equals("mmove")
        && verdict.status() == ABORTED
        && verdict.output().contains("dirCache.c:")) {
      assertFsckIsContent();
      abort("mtools failed an assertion of its own: " + line + ": " + verdict.output());
    }
    assertEquals(0, verdict.status(), () -> line + ": " + verdict.output());
    return verdict.output();
  }

  /** Copies bytes in, as a file of a time. */
  void write(String path, byte[] bytes, long modified) throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("in"), bytes);
    Files.setLastModifiedTime(file, FileTime.fromMillis(modified * 1000));
    run("mcopy", "-m", "-o", "-Q", file.toString(), "::" + path);
  }

  /** Returns each file by its path, as mtools copies it out and lists its attributes. */
  Map<String, Entry> readByMtools() throws IOException, InterruptedException {
    Path out = Files.createTempDirectory(folder, "out");
    run("mcopy", "-s", "-m", "-n", "-Q", "::/*", out.toString());
    Map<String, Entry> entries = new TreeMap<>();
    // Its status is that of the root directory's own files, of which there may be none.
    Judge.Verdict attributes = Judge.run("mattrib", "-i", image.toString(), "-/", "::");
    for (String line : attributes.output().split("\n", -1)) {
      Matcher matcher = ATTRIBUTES.matcher(line);
      Path file = matcher.matches() ? out.resolve(matcher.group(2).substring(1)) : out;
      if (Files.isRegularFile(file)) {
        long modified = Files.getLastModifiedTime(file).toMillis() / 1000;
        String flags = matcher.group(1).toLowerCase(java.util.Locale.ROOT);
        StringBuilder set = new StringBuilder();
        "rhs".chars().filter(c -> flags.indexOf(c) >= 0).forEach(c -> set.append((char) c));
        entries.put(matcher.group(2), new Entry(Files.readAllBytes(file), modified, set + ""));
      }
    }
    return entries;
  }

  /** Returns size, sum and time of each file by its path, as sleuthkit reads them. */
  Map<String, String> readBySleuthkit() throws IOException, InterruptedException {
    Judge.Verdict list =
        Judge.run("fls", "-r", "-p", "-u", "-m", "/", "-z", "UTC", image.toString());
    assertEquals(0, list.status(), list::output);
    List<Matcher> files =
        list.output().lines().map(BODY::matcher).filter(Matcher::matches).toList();
    StringBuilder script = new StringBuilder();
    for (Matcher file : files) {
      script.append("icat '%s' %s | sha256sum\n".formatted(image, file.group(2)));
    }
    Path commands = Files.writeString(folder.resolve("icat.sh"), script);
    String[] sums = Judge.run("bash", commands.toString()).output().split(" +-\n", -1);
    Map<String, String> pictures = new TreeMap<>();
    for (Matcher file : files) {
      Instant modified = Instant.ofEpochSecond(Long.parseLong(file.group(4)));
      String picture =
          "%s bytes %s of %s".formatted(file.group(3), sums[pictures.size()], modified);
      pictures.put(file.group(1), picture);
    }
    return pictures;
  }

  void assertFsckIsContent() throws IOException, InterruptedException {
    Judge.Verdict fsck = Judge.run("fsck.fat", "-n", image.toString());
    assertEquals(0, fsck.status(), fsck::output);
  }
}
