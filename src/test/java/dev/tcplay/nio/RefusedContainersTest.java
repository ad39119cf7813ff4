package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerCreator;
import dev.tcplay.Tcplay;
import dev.tcplay.block.host.HostInUseException;
import dev.tcplay.model.MissingCredentialsException;
import dev.tcplay.model.NewFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Containers that are not made leave everything as it was. */
class RefusedContainersTest extends NewContainers {

  /** A setting that cannot be, each named by what is said of it. */
  @Test
  void whatCannotBeIsRefusedAndLeavesNothingBehind() throws IOException {
    Path container = folder.resolve("new.hc");
    List<Consumer<ContainerCreator>> wrong =
        List.of(
            c -> c.size(0),
            c -> c.size(299_007),
            c -> c.size(1L << 51),
            c -> c.label("longer than eleven"),
            c -> c.label("日本"),
            c -> c.label("日本").codePage(StandardCharsets.US_ASCII),
            c -> c.type("fat32"),
            c -> c.type("ntfs"),
            c -> c.filesystem("ntfs"),
            c -> c.hash("md5"),
            c -> c.cipher("rot13"),
            c -> c.pim(-1),
            c -> c.format("plain"),
            c -> c.format("TrueCrypt"),
            c -> c.password("x".repeat(129)),
            c -> c.password(""),
            c -> c.keyfile(new byte[0]),
            c -> c.type("fat32").size(3L << 40));
    for (Consumer<ContainerCreator> change : wrong) {
      ContainerCreator creator = creator(container, 299_008);
      change.accept(creator);
      assertThrows(IllegalArgumentException.class, creator::create);
      assertEquals(List.of(), names(folder));
    }
  }

  @Test
  void aFailureWhileWritingLeavesNothingBehind() throws IOException {
    Path container = folder.resolve("new.hc");
    ContainerCreator creator =
        creator(container, 1 << 20)
            .progress(
                (written, total) -> {
                  if (written == total) {
                    throw new UncheckedIOException(new IOException("no more"));
                  }
                });
    assertThrows(UncheckedIOException.class, creator::create);
    assertEquals(List.of(), names(folder));
  }

  @Test
  void withoutSecretsNothingIsMade() throws IOException {
    Path container = folder.resolve("new.hc");
    assertThrows(
        MissingCredentialsException.class, () -> Tcplay.create(container).size(299_008).create());
    assertEquals(List.of(), names(folder));
  }

  @Test
  void whatExistsIsKeptUnlessItIsToBeReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "kept");
    assertThrows(FileAlreadyExistsException.class, () -> creator(file, 299_008).create());
    assertEquals("kept", Files.readString(file));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    creator(link, 299_008).replaceExisting(true).create();
    assertTrue(Files.isSymbolicLink(link));
    facts(opener(file));
    Path directory = Files.createDirectory(folder.resolve("directory"));
    assertThrows(
        FileSystemException.class,
        () -> creator(directory, 299_008).replaceExisting(true).create());
    assertTrue(Files.isDirectory(directory));
    Path nowhere = folder.resolve("missing/new.hc");
    NoSuchFileException e =
        assertThrows(NoSuchFileException.class, () -> creator(nowhere, 299_008).create());
    assertEquals(folder.resolve("missing").toString(), e.getFile());
  }

  @Test
  void aContainerThatIsOpenIsNeitherReplacedNorFormatted() throws IOException {
    Path container = folder.resolve("new.hc");
    creator(container, 299_008).create();
    byte[] before = Files.readAllBytes(container);
    try (FileSystem reader = opener(container).readOnly(true).mount()) {
      assertTrue(reader.isOpen());
      assertThrows(
          HostInUseException.class,
          () -> creator(container, 299_008).replaceExisting(true).create());
      assertThrows(
          HostInUseException.class, () -> opener(container).makeFileSystem(new NewFileSystem()));
    }
    assertArrayEquals(before, Files.readAllBytes(container));
  }
}
