package dev.tcplay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
      addLink(tar, "home/link", "../outside");
    }
  }

  private static void addLink(TarArchiveOutputStream tar, String path, String target)
      throws IOException {
    TarArchiveEntry link = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
    link.setLinkName(target);
    link.setModTime(0);
    tar.putArchiveEntry(link);
    tar.closeArchiveEntry();
  }

  /** Makes an archive of a directory with a file, a pipe, and links by their paths and targets. */
  private void makeLinks(String... pathsAndTargets) throws IOException {
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
      TarArchiveEntry file = new TarArchiveEntry("in/file");
      file.setMode(0_100640);
      file.setModTime(0);
      file.setSize(3);
      tar.putArchiveEntry(file);
      tar.write("abc".getBytes(UTF_8));
      tar.closeArchiveEntry();
      TarArchiveEntry pipe = new TarArchiveEntry("in/pipe", TarConstants.LF_FIFO);
      pipe.setModTime(0);
      tar.putArchiveEntry(pipe);
      tar.closeArchiveEntry();
      for (int i = 0; i < pathsAndTargets.length; i += 2) {
        addLink(tar, pathsAndTargets[i], pathsAndTargets[i + 1]);
      }
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
    assertEquals("", result.err());
    assertEquals(Path.of("../outside"), Files.readSymbolicLink(target.resolve("home/link")));
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
  void lsShowsPermissionsAndWhereLinksLead() throws IOException {
    makeLinks("to", "in");
    assertEquals(
        List.of(
            "-rw-r-----            3 1970-01-01T00:00:00Z file",
            "?rw-r--r--            0 1970-01-01T00:00:00Z pipe"),
        out("ls", "-l", "in").lines().toList());
    String link = out("ls", "-l", "to").strip();
    assertTrue(link.matches("l[rwx-]{9} +\\d+ 1970-01-01T00:00:00Z to -> in"), link);
    String json = out("ls", "--json", "to");
    assertTrue(json.contains("\"link\": \"in\""), json);
    assertTrue(json.contains("\"mode\": \"r"), json);
  }

  @Test
  void aSlashBehindALinkListsWhatItLeadsTo() throws IOException {
    makeLinks("to", "in");
    assertEquals("to", out("ls", "to").strip());
    assertEquals("file\npipe", out("ls", "to/").strip());
  }

  @Test
  void findTellsFilesDirectoriesAndLinksApart() throws IOException {
    makeLinks("in/to", "file");
    assertEquals("in/file", out("find", "--type", "f", "*").strip());
    assertEquals("in/", out("find", "--type", "d", "*").strip());
    assertEquals("in/to", out("find", "--type", "l", "*").strip());
  }

  @Test
  void sha256HashesRegularFilesOnly() throws IOException {
    makeLinks("to", "in", "in/lost", "nowhere");
    String hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assertEquals(hash + "  in/file", out("sha256").strip());
    assertEquals(hash + "  file", out("sha256", "to").strip());
  }

  @Test
  void getMakesLinksThatStayInsideAndNoOthers() throws IOException {
    makeLinks(
        "in/up",
        "../in/file",
        "in/here",
        "..",
        "in/over",
        "here/..",
        "in/out",
        "../..",
        "root",
        "/etc/passwd",
        "top",
        "..");
    Path target = Files.createDirectories(folder.resolve("target"));
    Files.createDirectories(target.resolve("in"));
    Path secret = Files.writeString(folder.resolve("secret"), "mine");
    Files.createSymbolicLink(target.resolve("in/file"), secret);
    CommandRun.Result result = new CommandRun().run("get", "--plain", archive, "/", target);
    assertEquals(3, result.status());
    for (String refused : List.of("in/over", "in/out", "root", "top")) {
      assertTrue(
          result.err().contains(refused + ": is a symbolic link that could")
              || result.err().contains(refused + " -> "),
          result.err());
      assertFalse(Files.exists(target.resolve(refused), LinkOption.NOFOLLOW_LINKS), refused);
    }
    assertEquals(Path.of("../in/file"), Files.readSymbolicLink(target.resolve("in/up")));
    assertEquals(Path.of(".."), Files.readSymbolicLink(target.resolve("in/here")));
    assertEquals("abc", Files.readString(target.resolve("in/up")));
    assertEquals("mine", Files.readString(secret));
    // A second time, links are replaced, not followed.
    assertEquals(3, new CommandRun().run("get", "--plain", archive, "/", target).status());
    assertEquals("abc", Files.readString(target.resolve("in/up")));
    try (Stream<Path> all = Files.list(target)) {
      assertEquals(List.of(target.resolve("in")), all.toList());
    }
  }

  @Test
  void aCutStreamEndsInAMessageForPeople() throws IOException {
    byte[] packed = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(packed, packed.length / 2));
    CommandRun.Result result = new CommandRun().run("ls", "--plain", archive);
    assertEquals(3, result.status());
    assertTrue(result.err().contains("nexpected end"), result.err());
    assertFalse(result.err().contains("Exception"), result.err());
  }

  @Test
  void whatCannotBeMountedNamesTheArchive() throws IOException {
    Files.write(archive, new byte[] {'7', 'z', (byte) 0xBC, (byte) 0xAF, 0x27, 0x1C, 9, 9, 9, 9});
    CommandRun.Result result = new CommandRun().run("ls", "--plain", archive);
    assertEquals(3, result.status());
    assertTrue(result.err().startsWith("tcplay: " + archive + ": "), result.err());
  }

  @Test
  void ofAnEncryptedMemberThatIsSaid() throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      zip.putNextEntry(new ZipEntry("secret"));
      zip.write(new byte[100]);
    }
    byte[] bytes = Files.readAllBytes(archive);
    bytes[6] |= 1;
    // The central directory follows the one member; its place stands in the end record.
    bytes[ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 6) + 8] |= 1;
    Files.write(archive, bytes);
    assertEquals("secret", out("ls").strip());
    CommandRun.Result result = new CommandRun().run("cat", "--plain", archive, "secret");
    assertEquals(3, result.status());
    assertTrue(result.err().contains("it is encrypted, and archives are not"), result.err());
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
