package dev.tcplay.fs.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.host.SpoolSpace;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.testing.ChildJvm;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZMethod;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Archives that ask for more than there is, in a JVM of its own with a heap of 64 MiB. */
class BombsTest {

  @Test
  void bombsAreReadOrRefusedIn64MibOfHeap() throws Exception {
    String text = ChildJvm.main(List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError"), Bombs.class);
    System.out.println(text);
    List<String> lines = text.lines().toList();
    assertEquals(Bombs.RESULTS.size(), lines.size(), text);
    for (String line : lines) {
      String[] parts = line.split(": ", 2);
      assertTrue(parts[1].contains(Bombs.RESULTS.get(parts[0])), line);
    }
  }

  /** Runs in a JVM of its own, and prints a line for each bomb. */
  static final class Bombs {

    /** What becomes of each. */
    static final Map<String, String> RESULTS =
        Map.ofEntries(
            Map.entry("gzip of zeros", "more than 41943040 bytes"),
            Map.entry("bzip2 of zeros", "more than 41943040 bytes"),
            Map.entry("xz of a large dictionary", "takes more memory than it may"),
            Map.entry("gzip of an endless name", "those of no archive"),
            Map.entry("tar of many members", "more than 41943040 bytes"),
            Map.entry("tar of an endless name", "Truncated TAR archive"),
            Map.entry("tar of headers of headers", "no member follows"),
            Map.entry("tar of members in memory", "a quarter of the largest heap"),
            Map.entry("cpio of many members", "a quarter of the largest heap"),
            Map.entry("cpio of a long name", "the cpio header at byte 0 cannot be read"),
            Map.entry("zip of many members", "a quarter of the largest heap"),
            Map.entry("zip of many fields", "a quarter of the largest heap"),
            Map.entry("zip of an end in its comment", "1 files, 0 failures"),
            Map.entry("zip of a large file", "1 files, 0 failures"),
            Map.entry("7z of zeros", "2 files, 1 failures"),
            Map.entry("7z of a list of zeros", "the list of the 7z has 1073741824 bytes"),
            Map.entry("7z of a list of sums", "the list of the 7z has 1073741824 bytes"),
            Map.entry("7z of a number below zero", "the header of the 7z's list is cut off"),
            Map.entry("7z of a large list", "the list of the 7z has 7340032 bytes"));

    private static final int MOST_ON_DISK = 40 << 20;
    private static final int MANY = 100_000;
    private static final int END_BYTES = 22;

    private Bombs() {}

    public static void main(String[] args) throws IOException {
      byte[] zeros = new byte[1 << 16];
      packed("gzip of zeros", new GzipMaker(), zeros, 800);
      packed("bzip2 of zeros", BZip2CompressorOutputStream::new, zeros, 800);
      packed("xz of a large dictionary", Bombs::largeDictionary, zeros, 1);
      run("gzip of an endless name", endlessName());
      packed("tar of many members", new GzipMaker(), header("a", '0'), MANY);
      packed("tar of members in memory", new GzipMaker(), header("a", '0'), 60_000);
      run("tar of an endless name", endlessTarName());
      packed("tar of headers of headers", new GzipMaker(), header("././@LongLink", 'L'), 5000);
      run("cpio of many members", cpio());
      run("cpio of a long name", longCpioName());
      run("zip of many members", zip(MANY / 4));
      run("zip of many fields", manyFields());
      run("zip of an end in its comment", endInComment());
      run("zip of a large file", largeFile());
      run("7z of zeros", sevenZ());
      run("7z of a list of zeros", listOfZeros());
      run("7z of a list of sums", listOfSums());
      run("7z of a number below zero", numberBelowZero());
      run("7z of a large list", largeList());
    }

    private static void run(String name, byte[] archive) throws IOException {
      BlockDevice device = MadeArchives.device(archive);
      SpoolSpace space = new SpoolSpace(1 << 20, MOST_ON_DISK);
      String result;
      try (MountedVolume volume =
          new Mounting(device, MountOptions.DEFAULT, space, Bounds.treeBytes()).mount()) {
        TreeReader reader = new TreeReader(volume, 1 << 16).read();
        result = reader.files.size() + " files, " + reader.failures + " failures";
      } catch (IOException e) {
        result = e.getMessage();
        space.close();
      }
      System.out.println(name + ": " + result);
    }

    /** Opens a packing. */
    private interface Maker {
      OutputStream over(OutputStream out) throws IOException;
    }

    private static final class GzipMaker implements Maker {
      @Override
      public OutputStream over(OutputStream out) throws IOException {
        return new GzipCompressorOutputStream(out);
      }
    }

    private static void packed(String name, Maker maker, byte[] piece, int times)
        throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (OutputStream packing = maker.over(out)) {
        for (int i = 0; i < times; i++) {
          packing.write(piece);
        }
      }
      run(name, out.toByteArray());
    }

    /** The header of a stream of one block says that its dictionary has 1.5 GiB. */
    private static OutputStream largeDictionary(OutputStream target) throws IOException {
      ByteArrayOutputStream small = new ByteArrayOutputStream();
      return new FilterOutputStream(
          new XZOutputStream(small, new LZMA2Options(0), org.tukaani.xz.XZ.CHECK_NONE)) {
        @Override
        public void close() throws IOException {
          super.close();
          byte[] bytes = small.toByteArray();
          // Behind the stream header: size, flags, id of the filter, size of its properties, these.
          bytes[16] = 37;
          int length = (bytes[12] + 1) * 4 - 4;
          ByteBuffer.wrap(bytes)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(12 + length, sum(bytes, 12, length));
          target.write(bytes);
        }
      };
    }

    private static byte[] endlessName() {
      byte[] bytes = new byte[8 << 20];
      Arrays.fill(bytes, (byte) 'n');
      byte[] start = {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 3};
      System.arraycopy(start, 0, bytes, 0, start.length);
      return bytes;
    }

    private static byte[] header(String name, char type) {
      byte[] block = new byte[512];
      TarArchiveEntry entry = new TarArchiveEntry(name, (byte) type, true);
      entry.setSize(0);
      entry.writeEntryHeader(block);
      return block;
    }

    private static byte[] endlessTarName() {
      TarArchiveEntry entry =
          new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
      entry.setSize(1L << 32);
      byte[] bytes = new byte[8 << 20];
      Arrays.fill(bytes, (byte) 'n');
      byte[] block = new byte[512];
      entry.writeEntryHeader(block);
      System.arraycopy(block, 0, bytes, 0, 512);
      return bytes;
    }

    private static byte[] cpio() throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (CpioArchiveOutputStream cpio = new CpioArchiveOutputStream(out)) {
        for (int i = 0; i < MANY; i++) {
          CpioArchiveEntry entry = new CpioArchiveEntry("d" + i + "/f");
          entry.setMode(0_100644);
          cpio.putArchiveEntry(entry);
          cpio.closeArchiveEntry();
        }
      }
      return out.toByteArray();
    }

    private static byte[] longCpioName() {
      byte[] bytes = new byte[8 << 20];
      Arrays.fill(bytes, (byte) '0');
      byte[] start = ("070701" + "0".repeat(88) + "7FFFFFFF" + "0".repeat(8)).getBytes(UTF_8);
      System.arraycopy(start, 0, bytes, 0, start.length);
      System.arraycopy("000081A4".getBytes(UTF_8), 0, bytes, 14, 8);
      return bytes;
    }

    private static byte[] zip(int members) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
        for (int i = 0; i < members; i++) {
          zip.putArchiveEntry(new ZipArchiveEntry("f" + i));
          zip.closeArchiveEntry();
        }
      }
      return out.toByteArray();
    }

    /** Entries with fields of no bytes, for each of which the library makes an object. */
    private static byte[] manyFields() {
      int entries = 100;
      int fields = 60_000;
      ByteBuffer all = ByteBuffer.allocate(30 + entries * (46 + fields) + 22);
      all.order(ByteOrder.LITTLE_ENDIAN).putInt(0x04034b50).position(30);
      for (int i = 0; i < entries; i++) {
        int start = all.position();
        all.putInt(0x02014b50).putShort(start + 30, (short) fields).position(start + 46 + fields);
      }
      int start = all.position();
      all.putInt(0x06054b50).putShort(start + 10, (short) entries);
      return all.putInt(start + 12, start - 30).putInt(start + 16, 30).array();
    }

    /** In the comment there is the end of one part of many, which leads to another directory. */
    private static byte[] endInComment() {
      byte[] many = manyFields();
      int start = many.length - END_BYTES;
      ByteBuffer all = ByteBuffer.allocate(start + 46 + 2 * END_BYTES);
      all.order(ByteOrder.LITTLE_ENDIAN).put(many, 0, start).putInt(0x02014b50);
      int end = start + 46;
      all.putInt(end, 0x06054b50).putShort(end + 10, (short) 1);
      all.putInt(end + 12, 46).putInt(end + 16, start).putShort(end + 20, (short) END_BYTES);
      all.position(end + END_BYTES).put(many, start, END_BYTES);
      return all.putShort(end + END_BYTES + 4, (short) 7)
          .putInt(end + END_BYTES + 12, end + END_BYTES - 30)
          .array();
    }

    /** A member that goes on until the disk may take no more. */
    private static byte[] largeFile() throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
        zip.putArchiveEntry(new ZipArchiveEntry("large"));
        byte[] zeros = new byte[1 << 20];
        for (int i = 0; i < 100; i++) {
          zip.write(zeros);
        }
        zip.closeArchiveEntry();
      }
      return out.toByteArray();
    }

    private static byte[] sevenZ() throws IOException {
      SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel();
      try (SevenZOutputFile out = new SevenZOutputFile(channel)) {
        out.setContentCompression(SevenZMethod.DEFLATE);
        for (String name : List.of("large", "last")) {
          SevenZArchiveEntry entry = new SevenZArchiveEntry();
          entry.setName(name);
          out.putArchiveEntry(entry);
          for (int i = 0; i < 60; i++) {
            out.write(new byte[1 << 20]);
          }
          out.closeArchiveEntry();
        }
        out.finish();
      }
      return Arrays.copyOf(channel.array(), (int) channel.size());
    }

    /** The list is packed by a method that nothing is known of, and says that it has 1 GiB. */
    private static byte[] listOfZeros() {
      int[] list = {0x17, 6, 0, 1, 9, 1, 0, 7, 11, 1, 0, 1, 1, 0x21, 12, 0xF0, 0, 0, 0, 0x40, 0, 0};
      return listed(list.length + 1, list);
    }

    /** Only a bit says that the packed list has a checksum. */
    private static byte[] listOfSums() {
      int[] list = {
        0x17, 6, 0, 1, 9, 1, 10, 0, 0x80, 1, 2, 3, 4, 0, 7, 11, 1, 0, 1, 1, 0x21, 12, 0xF0, 0, 0, 0,
        0x40, 0, 0
      };
      return listed(list.length + 1, list);
    }

    /** The properties of the method have -14 bytes, which lead back to its beginning. */
    private static byte[] numberBelowZero() {
      int[] list = {0x17, 11, 1, 0, 1, 0x20, 0xFF, 0xF2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
      return listed(list.length + 1, list);
    }

    private static byte[] largeList() {
      return listed(7 << 20, new int[] {1});
    }

    private static byte[] listed(int size, int[] list) {
      byte[] bytes = new byte[32 + size];
      for (int i = 0; i < list.length; i++) {
        bytes[32 + i] = (byte) list[i];
      }
      ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      all.put(new byte[] {'7', 'z', (byte) 0xBC, (byte) 0xAF, 0x27, 0x1C, 0, 4});
      all.putLong(20, size).putInt(28, sum(bytes, 32, size));
      all.putInt(8, sum(bytes, 12, 20));
      return bytes;
    }

    private static int sum(byte[] bytes, int offset, int length) {
      CRC32 sum = new CRC32();
      sum.update(bytes, offset, length);
      return (int) sum.getValue();
    }
  }
}
