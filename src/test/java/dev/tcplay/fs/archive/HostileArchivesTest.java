package dev.tcplay.fs.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.CorruptFileSystemException;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.Node;
import dev.tcplay.fs.NodeType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

/** What archives may say that no honest one says. */
class HostileArchivesTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8");

  HostileArchivesTest() {
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
  }

  private void file(String path, String contents) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path, true);
    entry.setSize(contents.length());
    tar.putArchiveEntry(entry);
    tar.write(contents.getBytes(UTF_8));
    tar.closeArchiveEntry();
  }

  private void link(String path, String target, byte type) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(path, type, true);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  private MountedVolume mount() throws IOException {
    tar.finish();
    return mount(out.toByteArray());
  }

  private static MountedVolume mount(byte[] bytes) throws IOException {
    return new ArchiveDriver().mount(MadeArchives.device(bytes), MountOptions.DEFAULT);
  }

  private static Node find(MountedVolume volume, String... names) throws IOException {
    Node node = volume.root();
    for (String name : names) {
      node = Objects.requireNonNull(volume.lookup(node, name), name);
    }
    return node;
  }

  @Test
  void pathsStayBelowTheRoot() throws IOException {
    file("../../etc/passwd", "one");
    file("/etc/passwd", "two");
    file("a/../../b/./c//d", "three");
    file("..", "four");
    link("/", "..", TarConstants.LF_SYMLINK);
    try (MountedVolume volume = mount()) {
      assertEquals(
          List.of("etc/passwd", "etc/passwd~2", "a/b/c/d", "_"),
          List.copyOf(TreeReader.files(volume).keySet()));
      assertEquals(NodeType.SYMLINK, find(volume, "_~2").type());
    }
  }

  @Test
  void noMemberOfANameThatComesTwiceIsLost() throws IOException {
    for (String contents : List.of("1", "2", "3")) {
      file("a", contents);
    }
    file("a~2", "own name taken");
    file("a/b", "in a directory of the name");
    file("a/b", "again");
    link("s", "/elsewhere", TarConstants.LF_SYMLINK);
    file("s/x", "not behind the link");
    link("hard", "a", TarConstants.LF_LINK);
    try (MountedVolume volume = mount()) {
      assertEquals(
          List.of("a", "a~2", "a~3", "a~2~2", "a~4/b", "a~4/b~2", "s~2/x", "hard"),
          List.copyOf(TreeReader.files(volume).keySet()));
      // As for tar, a hard link leads to the last of the name before it.
      assertEquals(find(volume, "a~3").id(), find(volume, "hard").id());
      assertEquals(2, volume.attributes(find(volume, "hard")).posix().orElseThrow().links());
    }
  }

  @Test
  void hardLinksInCirclesLeadNowhere() throws IOException {
    link("a", "b", TarConstants.LF_LINK);
    link("b", "a", TarConstants.LF_LINK);
    link("c", "c", TarConstants.LF_LINK);
    file("d", "sound");
    try (MountedVolume volume = mount()) {
      Node broken = find(volume, "c");
      assertEquals(NodeType.FILE, broken.type());
      IOException e = assertThrows(CorruptFileSystemException.class, () -> volume.open(broken));
      assertTrue(e.getMessage().contains("leads to no member before it"), e::getMessage);
      TreeReader reader = new TreeReader(volume, 100).read();
      assertEquals(3, reader.failures);
      assertArrayEquals("sound".getBytes(UTF_8), reader.files.get("d"));
    }
  }

  @Test
  void membersBeforeDamageAreShownAndTheListSaysThatItIsCutOff() throws IOException {
    file("first", "1");
    file("second", "2");
    tar.finish();
    byte[] bytes = out.toByteArray();
    bytes[1024] ^= 1;
    try (MountedVolume volume = mount(bytes)) {
      TreeReader reader = new TreeReader(volume, 100).read();
      assertEquals(List.of("first"), List.copyOf(reader.files.keySet()));
      assertEquals(1, reader.failures);
      assertEquals(
          List.of("the checksum of the tar header at byte 1024 does not match"), volume.warnings());
    }
  }

  @Test
  void aMemberThatClaimsMoreThanThereIsIsReadAsFarAsItGoes() throws IOException {
    file("cut", "x".repeat(1000));
    tar.finish();
    byte[] bytes = Arrays.copyOf(out.toByteArray(), 1024);
    try (MountedVolume volume = mount(bytes)) {
      TreeReader reader = new TreeReader(volume, 5000).read();
      assertEquals(512, reader.files.get("cut").length);
      assertEquals(2, reader.failures, "the contents, and the list");
    }
  }

  @Test
  void aFileWithHolesOfANegativeSizeIsDamaged() throws IOException {
    file("sound", "1");
    String record = "24 GNU.sparse.size=-100\n";
    TarArchiveEntry header = new TarArchiveEntry("header", (byte) 'x', true);
    header.setSize(record.length());
    tar.putArchiveEntry(header);
    tar.write(record.getBytes(UTF_8));
    tar.closeArchiveEntry();
    file("holes", "");
    try (MountedVolume volume = mount()) {
      assertTrue(volume.warnings().toString().contains("negative"), volume.warnings()::toString);
      TreeReader reader = new TreeReader(volume, 100).read();
      assertEquals(List.of("sound"), List.copyOf(reader.files.keySet()));
    }
  }

  @Test
  void depthAndLengthOfPathsAreBounded() throws IOException {
    file("sound", "1");
    file("d/".repeat(Bounds.DEPTH + 1) + "f", "2");
    try (MountedVolume volume = mount()) {
      assertEquals(1, volume.warnings().size());
      assertTrue(volume.warnings().get(0).contains("1026 parts"), volume.warnings()::toString);
    }
  }
}
