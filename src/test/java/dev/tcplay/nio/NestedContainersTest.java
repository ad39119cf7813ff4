package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers in other file systems, ours among them. */
class NestedContainersTest {

  private static final Map<String, ?> ENV =
      Map.of("password", FatImages.PASSWORD, "pim", 1, "hash", "sha512");

  @TempDir static Path folder;

  private static Map<String, String> tree;

  /** Holds the tree in FAT. */
  private static Path inner;

  /** Holds {@link #inner}, in a directory with an exclamation mark, in FAT. */
  private static Path outer;

  @BeforeAll
  static void makeContainers() throws Exception {
    Path files = FatImages.makeTree(folder.resolve("files"), 7);
    tree = Trees.hashes(files);
    inner =
        FatImages.encrypt(
            folder.resolve("inner.tc"), FatImages.make(folder.resolve("inner.img"), 600, files));
    Path holder = Files.createDirectories(folder.resolve("holder/odd!"));
    Files.copy(inner, holder.resolve("in ner.tc"));
    outer =
        FatImages.encrypt(
            folder.resolve("outer.tc"),
            FatImages.make(folder.resolve("outer.img"), 2000, folder.resolve("holder")));
  }

  @Test
  void aContainerInMemoryOpensByPathAndByUri() throws IOException {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      Path copy = Files.copy(inner, memory.getPath("/copy.tc"));
      try (FileSystem volume = FileSystems.newFileSystem(copy, ENV)) {
        assertEquals(tree, Trees.hashes(volume.getPath("/")));
      }
      URI uri = URI.create("tcplay:" + copy.toUri());
      try (FileSystem volume = FileSystems.newFileSystem(uri, ENV)) {
        assertSame(volume, FileSystems.getFileSystem(uri));
        Path root = Path.of(URI.create(uri + "!/"));
        assertSame(volume, root.getFileSystem());
        assertEquals(tree, Trees.hashes(root));
        Path file = root.resolve("file 1");
        assertEquals(file, Path.of(file.toUri()));
      }
    }
  }

  @Test
  void aContainerInAZipFileOpens() throws IOException {
    Path zip = folder.resolve("a.zip");
    try (FileSystem archive = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Files.copy(inner, archive.getPath("/copy.tc"));
    }
    try (FileSystem archive = FileSystems.newFileSystem(zip);
        FileSystem volume = FileSystems.newFileSystem(archive.getPath("/copy.tc"), ENV)) {
      assertEquals(tree, Trees.hashes(volume.getPath("/")));
    }
  }

  @Test
  void aContainerInAContainerOpensByPath() throws IOException {
    try (FileSystem first = FileSystems.newFileSystem(outer, ENV);
        FileSystem second = FileSystems.newFileSystem(first.getPath("ODD!/in ner.tc"), ENV)) {
      assertEquals(tree, Trees.hashes(second.getPath("/")));
    }
  }

  @Test
  void aContainerInAContainerOpensByUri() throws IOException {
    URI outerUri = URI.create("tcplay:" + outer.toUri());
    try (FileSystem first = FileSystems.newFileSystem(outerUri, ENV)) {
      Path held = first.getPath("/odd!/in ner.tc");
      URI innerUri = URI.create("tcplay:" + held.toUri() + "!/");
      try (FileSystem second = FileSystems.newFileSystem(innerUri, ENV)) {
        assertEquals(tree, Trees.hashes(second.getPath("/")));
        Path file = second.getPath("/a directory/file 2");
        String printed = file.toUri().toString();
        assertTrue(printed.startsWith("tcplay:tcplay:file:///"), printed);
        assertTrue(
            printed.endsWith("outer.tc%21/odd%2521/in%20ner.tc!/a%20directory/file%202"), printed);
        assertEquals(file, Path.of(file.toUri()));
        assertSame(second, FileSystems.getFileSystem(file.toUri()));
        assertEquals(held, Path.of(held.toUri()));
      }
    }
  }

  @Test
  void closingTheOuterLeavesTheInnerWithIoExceptions() throws IOException {
    FileSystem first = FileSystems.newFileSystem(outer, ENV);
    FileSystem second = FileSystems.newFileSystem(first.getPath("odd!/in ner.tc"), ENV);
    try (InputStream stream = Files.newInputStream(second.getPath("file 1"))) {
      first.close();
      assertThrows(IOException.class, () -> stream.readAllBytes());
    }
    assertTrue(second.isOpen());
    second.close();
    assertFalse(second.isOpen());
  }
}
