package dev.tcplay.fs.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Archives of one small tree, which need no tools. */
enum MadeArchives {
  TAR,
  CPIO,
  CPIO_OLD,
  AR,
  ZIP,
  SEVEN_Z,
  TAR_GZ,
  TAR_BZ2,
  TAR_XZ,
  GZ;

  /** Returns the files of the tree, of which an ar has the names without directories. */
  static Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("a", "hello".getBytes(UTF_8));
    files.put("empty", new byte[0]);
    byte[] noise = new byte[9000];
    new Random(1).nextBytes(noise);
    files.put("dir/noise", noise);
    files.put("dir/" + "long".repeat(40), new byte[5000]);
    files.put("dir/deep/Ümläut €", "text ".repeat(300).getBytes(UTF_8));
    return files;
  }

  /** Returns the archive. */
  byte[] bytes() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (this) {
      case TAR -> tar(out);
      case CPIO -> cpio(out, CpioConstants.FORMAT_NEW);
      case CPIO_OLD -> cpio(out, CpioConstants.FORMAT_OLD_ASCII);
      case AR -> ar(out);
      case ZIP -> zip(out);
      case SEVEN_Z -> {
        return sevenZ();
      }
      case TAR_GZ, TAR_BZ2, TAR_XZ -> {
        return packed(TAR.bytes());
      }
      case GZ -> {
        return packed("only text".repeat(500).getBytes(UTF_8));
      }
    }
    return out.toByteArray();
  }

  /** Returns bytes packed as this one is. */
  byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packing = packing(out)) {
      packing.write(bytes);
    }
    return out.toByteArray();
  }

  private OutputStream packing(OutputStream out) throws IOException {
    return switch (this) {
      case TAR_BZ2 -> new BZip2CompressorOutputStream(out, 1);
      case TAR_XZ -> new XZOutputStream(out, new LZMA2Options(1));
      default -> new GzipCompressorOutputStream(out);
    };
  }

  private static void tar(OutputStream out) throws IOException {
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      for (Map.Entry<String, byte[]> file : files().entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      for (byte type : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK}) {
        TarArchiveEntry link = new TarArchiveEntry("link" + type, type);
        link.setLinkName(type == TarConstants.LF_LINK ? "dir/noise" : "dir/" + "long".repeat(40));
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
      }
    }
  }

  private static void cpio(OutputStream out, short format) throws IOException {
    try (CpioArchiveOutputStream cpio = new CpioArchiveOutputStream(out, format, 512, "UTF-8")) {
      long inode = 1;
      for (Map.Entry<String, byte[]> file : files().entrySet()) {
        CpioArchiveEntry entry =
            new CpioArchiveEntry(format, file.getKey(), file.getValue().length);
        entry.setInode(inode++);
        entry.setNumberOfLinks(1);
        entry.setMode(CpioConstants.C_ISREG | 0_640);
        cpio.putArchiveEntry(entry);
        cpio.write(file.getValue());
        cpio.closeArchiveEntry();
      }
    }
  }

  private static void ar(OutputStream out) throws IOException {
    try (ArArchiveOutputStream ar = new ArArchiveOutputStream(out)) {
      ar.setLongFileMode(ArArchiveOutputStream.LONGFILE_BSD);
      for (Map.Entry<String, byte[]> file : files().entrySet()) {
        String name = file.getKey().replaceAll("[^a-z/]", "_").replaceFirst(".*/", "");
        ar.putArchiveEntry(new ArArchiveEntry(name, file.getValue().length));
        ar.write(file.getValue());
        ar.closeArchiveEntry();
      }
    }
  }

  private static void zip(OutputStream out) throws IOException {
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files().entrySet()) {
        ZipArchiveEntry entry = new ZipArchiveEntry(file.getKey());
        entry.setUnixMode(0_100640);
        zip.putArchiveEntry(entry);
        zip.write(file.getValue());
        zip.closeArchiveEntry();
      }
      ZipArchiveEntry link = new ZipArchiveEntry("link");
      link.setUnixMode(0_120777);
      zip.putArchiveEntry(link);
      zip.write("dir/noise".getBytes(UTF_8));
      zip.closeArchiveEntry();
    }
  }

  private static byte[] sevenZ() throws IOException {
    SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel();
    try (SevenZOutputFile out = new SevenZOutputFile(channel)) {
      for (Map.Entry<String, byte[]> file : files().entrySet()) {
        SevenZArchiveEntry entry = new SevenZArchiveEntry();
        entry.setName(file.getKey());
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        out.putArchiveEntry(entry);
        out.write(file.getValue());
        out.closeArchiveEntry();
      }
      out.finish();
    }
    return Arrays.copyOf(channel.array(), (int) channel.size());
  }

  /** Returns a device of these bytes. */
  static BlockDevice device(byte[] bytes) throws IOException {
    MemoryDevice device = new MemoryDevice(bytes.length);
    device.write(0, bytes, 0, bytes.length);
    return device;
  }
}
