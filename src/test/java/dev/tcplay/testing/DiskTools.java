package dev.tcplay.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Disk images whose tables and file systems the tools of others make, and say what is in them. */
public final class DiskTools {

  private static final String SBIN = "PATH=$PATH:/usr/sbin:/sbin; ";
  private static final Pattern ROW =
      Pattern.compile("\\S*?(\\d+) : start= *(\\d+), size= *(\\d+), type=(\\S+?)(,.*)?");

  private DiskTools() {}

  /**
   * A partition as a tool lists it.
   *
   * @param number its number
   * @param start its first sector
   * @param sectors how many it has
   * @param type as the tool prints it
   */
  public record Row(int number, long start, long sectors, String type) {}

  /** Makes an image with a table by a script of sfdisk. */
  public static Path sfdisk(Path image, long bytes, String... script) throws Exception {
    return feed(image, bytes, "sfdisk", "sfdisk -q \"$1\"", script);
  }

  /** Makes an image with a table by the commands of fdisk, for sectors of a size. */
  public static Path fdisk(Path image, long bytes, int sectorSize, String... commands)
      throws Exception {
    return feed(image, bytes, "fdisk", "fdisk -b " + sectorSize + " \"$1\"", commands);
  }

  private static Path feed(Path image, long bytes, String tool, String line, String... input)
      throws Exception {
    Judge.run(tool, "--version");
    blank(image, bytes);
    Path script = Files.createTempFile("script", ".txt");
    try {
      Files.write(script, List.of(input));
      fine("sh", "-c", SBIN + line + " <\"$2\"", "sh", image.toString(), script.toString());
    } finally {
      Files.delete(script);
    }
    return image;
  }

  /** Makes an empty image with a table by the arguments of sgdisk, which the image follows. */
  public static Path sgdisk(Path image, long bytes, String... arguments) throws Exception {
    blank(image, bytes);
    return sgdiskAgain(image, arguments);
  }

  /** Changes the table of an image by sgdisk. */
  public static Path sgdiskAgain(Path image, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("sgdisk"));
    command.addAll(List.of(arguments));
    command.add(image.toString());
    fine(command.toArray(String[]::new));
    return image;
  }

  /** Makes an image of zeros. */
  public static Path blank(Path image, long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(0);
      file.setLength(bytes);
    }
    return image;
  }

  /** Returns what sfdisk lists. */
  public static List<Row> listed(Path image) throws Exception {
    List<Row> rows = new ArrayList<>();
    for (String line : fine("sfdisk", "-d", image.toString()).lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(
            new Row(
                Integer.parseInt(row.group(1)),
                Long.parseLong(row.group(2)),
                Long.parseLong(row.group(3)),
                row.group(4)));
      }
    }
    return rows;
  }

  /** Returns the label that sfdisk reads. */
  public static String label(Path image, int number) throws Exception {
    return fine("sfdisk", "--part-label", image.toString(), String.valueOf(number)).stripTrailing();
  }

  /** Puts a FAT volume by mkfs.fat into an image; with the file A.TXT, which holds a text. */
  public static void fat(Path image, long start, long bytes, int width, String text)
      throws Exception {
    Path volume = blank(Files.createTempFile("volume", ".img"), bytes);
    Path file = Files.writeString(Files.createTempFile("file", ".txt"), text);
    try {
      fine("mkfs.fat", "-F", String.valueOf(width), volume.toString());
      fine("mcopy", "-i", volume.toString(), file.toString(), "::A.TXT");
      put(image, start, Files.readAllBytes(volume));
    } finally {
      Files.delete(volume);
      Files.delete(file);
    }
  }

  /** Returns what mtools reads in the FAT volume at a place of an image. */
  public static String mtype(Path image, long start, String file) throws Exception {
    return fine("mtype", "-i", image + "@@" + start, "::" + file);
  }

  /** Overwrites bytes of an image. */
  public static void put(Path image, long position, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(image, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer, position + buffer.position());
      }
    }
  }

  private static String fine(String... command) throws IOException, InterruptedException {
    Judge.Verdict verdict = Judge.run(command);
    assertEquals(0, verdict.status(), verdict::output);
    return verdict.output();
  }
}
