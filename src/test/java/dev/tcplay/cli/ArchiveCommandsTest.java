package dev.tcplay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that read volumes read plain archives. */
class ArchiveCommandsTest {

  @TempDir private Path folder;
  private Path archive;

  @BeforeEach
  void makeArchive() throws IOException {
    archive = folder.resolve("backup.tar.gz");
    try (OutputStream out = Files.newOutputStream(archive);
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(new GzipCompressorOutputStream(out))) {
      for (String path : new String[] {"home/letter", "home/letter", "../../outside"}) {
        TarArchiveEntry entry = new TarArchiveEntry(path, true);
        entry.setModTime(0);
        entry.setSize(path.length());
        tar.putArchiveEntry(entry);
        tar.write(path.getBytes(UTF_8));
        tar.closeArchiveEntry();
      }
      TarArchiveEntry link = new TarArchiveEntry("home/link", TarConstants.LF_SYMLINK);
      link.setLinkName("../outside");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
  }

  private String out(String command, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of(command, "--plain", archive));
    arguments.addAll(List.of(more));
    CommandRun.Result result = new CommandRun().run(arguments.toArray());
    assertEquals("", result.err());
    assertEquals(0, result.status());
    return result.out();
  }

  @Test
  void lsShowsAnArchive() {
    assertEquals("home/\nhome/letter\nhome/letter~2\nhome/link\noutside", out("ls", "-R").strip());
  }

  @Test
  void catFollowsALinkInside() {
    assertEquals("../../outside", out("cat", "home/link"));
  }

  @Test
  void infoTellsTheFormat() {
    assertTrue(out("info").contains("\nfilesystem: tar.gz\n"));
  }

  @Test
  void getCopiesOutAndStaysInside() throws IOException {
    Path target = Files.createDirectories(folder.resolve("a/b/target"));
    CommandRun.Result result = new CommandRun().run("get", "--plain", archive, "/", target);
    assertTrue(result.err().contains("home/link: is a symbolic link"), result.err());
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> outside =
          all.filter(Files::isRegularFile)
              .filter(path -> !path.startsWith(target) && !path.equals(archive))
              .toList();
      assertEquals(List.of(), outside);
    }
    assertEquals("../../outside", Files.readString(target.resolve("outside")));
    assertEquals("home/letter", Files.readString(target.resolve("home/letter~2")));
  }

  @Test
  void aCutArchiveEndsInAMessage() throws IOException {
    byte[] tar;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
      tar = in.readAllBytes();
    }
    // Behind the header of the second member.
    Files.write(archive, Arrays.copyOf(tar, 1536));
    CommandRun.Result result = new CommandRun().run("ls", "--plain", "-R", archive);
    assertEquals(3, result.status());
    assertTrue(result.err().contains("beyond the end of the archive, byte 1536"), result.err());
    assertTrue(result.out().contains("home/letter"), result.out());
  }
}
