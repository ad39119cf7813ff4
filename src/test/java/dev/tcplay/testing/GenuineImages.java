package dev.tcplay.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The images made by TrueCrypt, VeraCrypt and others, which are not part of the project. Each
 * archive is unpacked once below {@code target}; tests treat the unpacked images as read-only and
 * copy what they change.
 */
public final class GenuineImages {

  private GenuineImages() {}

  /** Returns the folder of an unpacked archive: truecrypt, veracrypt or odd-filesystems. */
  public static Path folder(String archive) {
    Path source = Path.of(System.getProperty("tcplay.images", "../shared/images"));
    Path packed = source.resolve(archive + ".tar.xz");
    assumeTrue(Files.isRegularFile(packed), () -> "genuine images missing: " + packed);
    Path folder = Path.of("target", "images", archive);
    try {
      unpackOnce(packed, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder.toAbsolutePath();
  }

  /** Returns the rows of a table with a heading line, each a map from column to value. */
  public static List<Map<String, String>> table(Path tsv) {
    try {
      List<String> lines = Files.readAllLines(tsv);
      String[] columns = lines.get(0).split("\t", -1);
      return lines.stream().skip(1).map(line -> row(columns, line)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> row(String[] columns, String line) {
    String[] values = line.split("\t", -1);
    Map<String, String> row = new HashMap<>();
    IntStream.range(0, columns.length).forEach(i -> row.put(columns[i], values[i]));
    return Map.copyOf(row);
  }

  private static synchronized void unpackOnce(Path packed, Path folder) throws IOException {
    Path done = folder.resolveSibling(folder.getFileName() + ".done");
    if (Files.exists(done)) {
      return;
    }
    Files.createDirectories(folder);
    // Forked test JVMs share the folder.
    Path lockFile = folder.resolveSibling(folder.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.exists(done)) {
        unpack(packed, folder);
        Files.createFile(done);
      }
    }
  }

  private static void unpack(Path packed, Path folder) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(packed));
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(raw))) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("entry leaves the folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          copySparse(tar, target, entry.getRealSize());
        }
      }
    }
  }

  /** Leaves blocks of zeros out, as some images are a GiB of them. */
  private static void copySparse(InputStream source, Path target, long size) throws IOException {
    byte[] block = new byte[1 << 16];
    byte[] zeros = new byte[block.length];
    Files.deleteIfExists(target);
    try (FileChannel channel =
        FileChannel.open(
            target,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      long position = 0;
      int n;
      while ((n = source.readNBytes(block, 0, block.length)) > 0) {
        if (!Arrays.equals(block, 0, n, zeros, 0, n)) {
          channel.write(ByteBuffer.wrap(block, 0, n), position);
        }
        position += n;
      }
      if (channel.size() < size) {
        channel.write(ByteBuffer.wrap(new byte[1]), size - 1);
      }
    }
  }
}
