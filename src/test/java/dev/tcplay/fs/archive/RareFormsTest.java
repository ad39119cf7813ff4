package dev.tcplay.fs.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.host.FileDevice;
import dev.tcplay.block.host.HostOpen;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.OpenNode;
import dev.tcplay.testing.Judge;
import dev.tcplay.testing.Walk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is lawful and seldom met. */
class RareFormsTest {

  @TempDir private Path folder;

  /** The shell that calls them would not tell a missing tool from a failure. */
  private static void skipWithout(String... tools) throws Exception {
    for (String tool : tools) {
      Judge.run(tool, "--help");
    }
  }

  private static MountedVolume mount(byte[] bytes, Charset codePage) throws IOException {
    return new ArchiveDriver()
        .mount(MadeArchives.device(bytes), MountOptions.DEFAULT.withCodePage(codePage));
  }

  /** The library counts the bytes of a file with holes in 31 bits. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--format=gnu",
        "--format=posix",
        "--format=posix --sparse-version=0.1",
        "--format=posix --sparse-version=0.0"
      })
  void aFileWithHolesMayHaveMoreThanTwoGigabytes(String form) throws Exception {
    skipWithout("truncate", "dd", "tar");
    Judge.Verdict verdict =
        Judge.run(
            "sh",
            "-c",
            "cd '"
                + folder
                + "' && truncate -s 3G s && printf mid | dd of=s bs=1 seek=2500000000 conv=notrunc"
                + " && echo behind > t && tar -S "
                + form
                + " -cf a.tar s t");
    assertEquals(0, verdict.status(), verdict.output());
    try (MountedVolume volume =
        new ArchiveDriver()
            .mount(
                FileDevice.open(folder.resolve("a.tar"), HostOpen.reading()),
                MountOptions.DEFAULT)) {
      assertEquals(List.of("s", "t"), Walk.names(volume, "/"));
      assertEquals(3L << 30, volume.attributes(Walk.find(volume, "/s")).size());
      byte[] bytes = new byte[5];
      try (OpenNode open = volume.open(Walk.find(volume, "/s"))) {
        int count = open.read(2_500_000_000L, bytes, 0, 5);
        assertEquals("mid", new String(bytes, 0, Math.min(3, count), US_ASCII));
        assertEquals(5, open.read((3L << 30) - 5, bytes, 0, 5));
        assertArrayEquals(new byte[5], bytes);
      }
      assertEquals("behind\n", new String(Walk.read(volume, "/t"), US_ASCII));
    }
  }

  @Test
  void tablesOfSymbolsOfBsdAreNoMembers() throws IOException {
    String archive =
        "!<arch>\n"
            + header("#1/20", 28)
            + "__.SYMDEF SORTED\0\0\0\0"
            + "\0".repeat(8)
            + header("x.o", 4)
            + "abcd"
            + header("__.SYMDEF", 8)
            + "\0".repeat(8);
    try (MountedVolume volume = mount(archive.getBytes(US_ASCII), UTF_8)) {
      assertEquals(List.of("x.o"), Walk.names(volume, "/"));
    }
  }

  private static String header(String name, int size) {
    return "%-16s%-12s%-6s%-6s%-8s%-10s`\n".formatted(name, "0", "0", "0", "100644", size);
  }

  /** As dictzip writes them, with a table of pieces in front. */
  @Test
  void aGzipMayBeginWithALongField() throws IOException {
    byte[] packed = MadeArchives.GZ.packed("text".getBytes(UTF_8));
    ByteArrayOutputStream longer = new ByteArrayOutputStream();
    longer.write(packed, 0, 3);
    longer.write(1 << 2);
    longer.write(packed, 4, 6);
    longer.writeBytes(new byte[] {(byte) 0x88, 0x13});
    longer.writeBytes(new byte[] {'R', 'A', (byte) 0x84, 0x13});
    longer.writeBytes(new byte[4996]);
    longer.write(packed, 10, packed.length - 10);
    try (MountedVolume volume = mount(longer.toByteArray(), UTF_8)) {
      assertArrayEquals("text".getBytes(UTF_8), Walk.read(volume, "/contents"));
    }
  }

  /** Whatever the code page lacks: one name must not hide the others. */
  @Test
  void namesOfAZipAreReadByAnyCodePage() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      zip.setEncoding("ISO-8859-1");
      zip.setUseLanguageEncodingFlag(false);
      for (String name : List.of("\u00FCber", "other", "on#windows")) {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setMethod(ZipArchiveEntry.STORED);
        entry.setSize(0);
        entry.setCrc(new CRC32().getValue());
        zip.putArchiveEntry(entry);
        zip.closeArchiveEntry();
      }
    }
    byte[] bytes =
        new String(out.toByteArray(), ISO_8859_1).replace('#', '\\').getBytes(ISO_8859_1);
    try (MountedVolume volume = mount(bytes, UTF_8)) {
      assertEquals(List.of("\uFFFDber", "other", "on"), Walk.names(volume, "/"));
      assertEquals(List.of("windows"), Walk.names(volume, "/on"));
    }
    try (MountedVolume volume = mount(bytes, ISO_8859_1)) {
      assertEquals("\u00FCber", Walk.names(volume, "/").get(0));
    }
  }

  /** Whatever their order, and however many there are. */
  @Test
  void allMembersThatAreUnsupportedTogetherSayWhy() throws Exception {
    skipWithout("7zz");
    Judge.Verdict verdict =
        Judge.run(
            "sh",
            "-c",
            "cd '"
                + folder
                + "' && echo 1 > a && echo 2 > b && echo 3 > c && 7zz a -m0=PPMd a.7z a b c");
    assertEquals(0, verdict.status(), verdict.output());
    try (MountedVolume volume =
        new ArchiveDriver()
            .mount(
                FileDevice.open(folder.resolve("a.7z"), HostOpen.reading()),
                MountOptions.DEFAULT)) {
      for (String name : List.of("/a", "/b", "/c")) {
        FileSystemException e =
            assertThrows(FileSystemException.class, () -> Walk.read(volume, name));
        assertTrue(e.getReason().contains("'a' cannot be read: Unsupported"), e.getReason());
      }
    }
  }

  /** Whatever its bytes: one name must not hide the others. */
  @Test
  void aNameThatIsWronglyMarkedAsUtf8HidesNoOther() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      for (String name : List.of("\u00FCber", "other")) {
        zip.putArchiveEntry(new ZipArchiveEntry(name));
        zip.closeArchiveEntry();
      }
    }
    String wrong = new String(out.toByteArray(), ISO_8859_1).replace("\u00C3\u00BC", "u\u00FF");
    try (MountedVolume volume = mount(wrong.getBytes(ISO_8859_1), UTF_8)) {
      assertEquals(List.of("u\uFFFDber", "other"), Walk.names(volume, "/"));
    }
  }
}
