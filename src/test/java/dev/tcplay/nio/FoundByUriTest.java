package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.model.WrongPasswordException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** File systems that are opened by URI, found, and not opened twice. */
class FoundByUriTest extends RawImages {

  @Test
  void aContainerOpenByUriIsFoundByUri() throws IOException {
    Path container = image("with space % # ? é !.tc");
    try (FileSystem opened = FileSystems.newFileSystem(uri(container), RAW)) {
      assertSame(opened, FileSystems.getFileSystem(uri(container)));
      assertSame(
          opened, FileSystems.getFileSystem(URI.create("TCPLAY:" + container.toUri() + "!/x")));
      Path file = opened.getPath("/volume.img");
      assertEquals(file, Path.of(file.toUri()));
      assertEquals(opened.getPath("/"), Path.of(uri(container)));
      assertTrue(file.toUri().toString().endsWith("%21.tc!/volume.img"), file.toUri().toString());
      assertEquals(42, Files.readAllBytes(Path.of(file.toUri()))[0]);
      FileSystemProvider installed =
          FileSystemProvider.installedProviders().stream()
              .filter(provider -> provider.getScheme().equals("tcplay"))
              .findFirst()
              .orElseThrow();
      assertSame(installed, opened.provider());
    }
  }

  @Test
  void aContainerIsFoundByEveryNameOfItsFile() throws IOException {
    Path container = image("real.tc");
    Path link = Files.createSymbolicLink(folder.resolve("link.tc"), container);
    try (FileSystem opened = FileSystems.newFileSystem(uri(link), RAW)) {
      assertSame(opened, FileSystems.getFileSystem(uri(container)));
      assertSame(
          opened,
          FileSystems.getFileSystem(
              URI.create("tcplay:" + folder.toUri().getPath() + "./real.tc")));
      assertThrows(
          FileSystemAlreadyExistsException.class,
          () -> FileSystems.newFileSystem(uri(container), RAW));
      URI gone = uri(container.toRealPath());
      Files.delete(container);
      assertSame(opened, FileSystems.getFileSystem(gone));
    }
  }

  @Test
  void aContainerNotOpenByUriIsNotFound() throws IOException {
    Path container = image("a.tc");
    assertThrows(
        FileSystemNotFoundException.class, () -> FileSystems.getFileSystem(uri(container)));
    assertThrows(FileSystemNotFoundException.class, () -> Path.of(uri(container)));
    try (FileSystem one = FileSystems.newFileSystem(container, RAW);
        FileSystem two = FileSystems.newFileSystem(container, RAW)) {
      assertNotSame(one, two);
      assertThrows(
          FileSystemNotFoundException.class, () -> FileSystems.getFileSystem(uri(container)));
      assertTrue(one.getPath("/x").toUri().toString().endsWith("a.tc!/x"));
    }
    FileSystem opened = FileSystems.newFileSystem(uri(container), RAW);
    opened.close();
    assertThrows(
        FileSystemNotFoundException.class, () -> FileSystems.getFileSystem(uri(container)));
    FileSystems.newFileSystem(uri(container), RAW).close();
  }

  @Test
  void aContainerThatFailsToOpenIsNotKept() throws IOException {
    Path container = image("a.tc");
    Map<String, ?> wrong = Map.of("password", "x", "hash", "sha512", "format", "TrueCrypt");
    for (int i = 0; i < 2; i++) {
      assertThrows(
          WrongPasswordException.class, () -> FileSystems.newFileSystem(uri(container), wrong));
    }
    FileSystems.newFileSystem(uri(container), RAW).close();
  }

  @Test
  void aContainerBeingOpenedCannotBeOpenedAgain() throws Exception {
    Path container = image("a.tc");
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Supplier<String> password =
        () -> {
          asked.countDown();
          await(goOn);
          return "x";
        };
    Map<String, ?> env = Map.of("format", "plain", "filesystem", "raw", "password", password);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<FileSystem> opening =
          thread.submit(() -> FileSystems.newFileSystem(uri(container), env));
      asked.await();
      assertThrows(
          FileSystemAlreadyExistsException.class,
          () -> FileSystems.newFileSystem(uri(container), RAW));
      assertThrows(
          FileSystemNotFoundException.class, () -> FileSystems.getFileSystem(uri(container)));
      goOn.countDown();
      try (FileSystem opened = opening.get()) {
        assertSame(opened, FileSystems.getFileSystem(uri(container)));
      }
    } finally {
      goOn.countDown();
      thread.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void instancesOfTheProviderShareWhatIsOpen() throws IOException {
    Path container = image("a.tc");
    try (FileSystem opened = new TcplayFileSystemProvider().newFileSystem(uri(container), RAW)) {
      assertSame(opened, new TcplayFileSystemProvider().getFileSystem(uri(container)));
    }
  }
}
