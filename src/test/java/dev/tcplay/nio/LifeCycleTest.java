package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.fs.NameRules;
import dev.tcplay.model.NotAContainerException;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.nio.MemoryVolume.Item;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Opening, finding and closing file systems. */
class LifeCycleTest {

  private static final Map<String, ?> RAW =
      Map.of("format", "plain", "filesystem", "raw", "readOnly", true);

  @TempDir Path folder;

  private Path image(String name) throws IOException {
    byte[] bytes = new byte[4096];
    bytes[0] = 42;
    return Files.write(folder.resolve(name), bytes);
  }

  private static URI uri(Path container) {
    return URI.create("tcplay:" + container.toUri());
  }

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

  @Test
  void whatCannotBeAContainerIsNotOurs() throws IOException {
    TcplayFileSystemProvider provider = new TcplayFileSystemProvider();
    Path ours = image("a.tc");
    Path zip = Files.write(folder.resolve("a.zip"), new byte[] {'P', 'K', 3, 4});
    Path tiny = Files.write(folder.resolve("tiny"), new byte[1023]);
    Map<String, ?> env = Map.of("password", "x");
    assertThrows(UnsupportedOperationException.class, () -> provider.newFileSystem(ours, Map.of()));
    assertThrows(
        UnsupportedOperationException.class,
        () -> provider.newFileSystem(ours, Map.of("accessMode", "readOnly")));
    for (Path file : List.of(zip, tiny, folder)) {
      assertThrows(UnsupportedOperationException.class, () -> provider.newFileSystem(file, env));
      NotAContainerException byOpener =
          assertThrows(NotAContainerException.class, () -> Tcplay.open(file).password("x").mount());
      assertEquals(file.toString(), byOpener.getFile());
      NotAContainerException byUri =
          assertThrows(NotAContainerException.class, () -> provider.newFileSystem(uri(file), env));
      assertEquals(byOpener.getReason(), byUri.getReason());
    }
    assertThrows(
        NoSuchFileException.class, () -> provider.newFileSystem(folder.resolve("none"), env));
    assertThrows(
        NoSuchFileException.class, () -> Tcplay.open(folder.resolve("none")).password("x").mount());
    Path least = Files.write(folder.resolve("least"), new byte[512]);
    provider.newFileSystem(least, RAW).close();
    Files.write(tiny, new byte[511]);
    assertThrows(UnsupportedOperationException.class, () -> provider.newFileSystem(tiny, RAW));
  }

  @Test
  void zipFilesStillOpenForOthers() throws IOException {
    Path zip = folder.resolve("a.zip");
    FileSystems.newFileSystem(zip, Map.of("create", "true")).close();
    try (FileSystem opened = FileSystems.newFileSystem(zip)) {
      assertEquals("jar", opened.provider().getScheme());
    }
  }

  @Test
  void wrongOptionsAreRefusedBeforeAnythingIsRead() throws IOException {
    Path container = image("a.tc");
    List<Map<String, ?>> wrong =
        List.of(
            Map.of("password", 1),
            Map.of("password", "x", "unknown", "y"),
            Map.of("password", "x", "filesystem", "ntfs"),
            Map.of("password", "x", "hash", "md5"),
            Map.of("password", "x", "cipher", "rot13"),
            Map.of("format", "plain", "offset", 4096));
    for (Map<String, ?> env : wrong) {
      assertThrows(IllegalArgumentException.class, () -> FileSystems.newFileSystem(container, env));
      assertThrows(
          IllegalArgumentException.class, () -> FileSystems.newFileSystem(uri(container), env));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> FileSystems.newFileSystem(uri(container), Map.of("unknown", "y")));
    FileSystems.newFileSystem(uri(container), RAW).close();
  }

  @Test
  void thePlaintextChannelClosesWhatItOpened() throws IOException {
    Path container = image("a.tc");
    try (SeekableByteChannel channel =
        Tcplay.open(container).format("plain").offset(512).channel()) {
      assertEquals(4096 - 512, channel.size());
      assertEquals(0, channel.position(7).position() - 7);
      assertEquals(4096 - 512 - 7, channel.read(ByteBuffer.allocate(9000)));
      close(channel);
      close(channel);
      assertFalse(channel.isOpen());
      assertThrows(ClosedChannelException.class, channel::size);
    }
  }

  private static void close(Closeable thing) throws IOException {
    thing.close();
  }

  @Test
  @SuppressWarnings("StreamResourceLeak") // that the file system closes it is the point
  void closingClosesEverythingOnce() throws IOException {
    MemoryVolume volume =
        new MemoryVolume(
            NameRules.EXACT,
            Item.directory("").with(Item.file("a", new byte[10]), Item.file("b", new byte[1])));
    FileSystem fileSystem = volume.mount();
    Path file = fileSystem.getPath("/a");
    SeekableByteChannel bytes = Files.newByteChannel(file);
    FileChannel channel = FileChannel.open(file);
    SeekableByteChannel closedBefore = Files.newByteChannel(file);
    DirectoryStream<Path> stream = Files.newDirectoryStream(fileSystem.getPath("/"));
    Iterator<Path> entries = stream.iterator();
    BasicFileAttributeView view = Files.getFileAttributeView(file, BasicFileAttributeView.class);
    assertEquals(3, volume.openFiles.get());
    closedBefore.close();
    assertEquals(2, volume.openFiles.get());
    entries.next();
    assertTrue(fileSystem.isOpen());

    fileSystem.close();
    fileSystem.close();

    assertFalse(fileSystem.isOpen());
    assertEquals(0, volume.openFiles.get());
    assertEquals(1, volume.closings.get());
    assertFalse(bytes.isOpen());
    assertFalse(channel.isOpen());
    assertThrows(ClosedChannelException.class, () -> bytes.read(ByteBuffer.allocate(1)));
    assertThrows(ClosedChannelException.class, () -> channel.read(ByteBuffer.allocate(1)));
    bytes.close();
    channel.close();
    assertFalse(entries.hasNext());
    assertThrows(IllegalStateException.class, stream::iterator);
    stream.close();
    assertEquals("/a", file.toString());
    assertEquals("/a/b", file.resolve("b").toString());
    FileSystemProvider provider = fileSystem.provider();
    List<Executable> operations =
        List.of(
            () -> Files.readAllBytes(file),
            () -> FileChannel.open(file),
            () -> Files.newDirectoryStream(file),
            () -> Files.size(file),
            () -> provider.checkAccess(file),
            () -> Files.getFileStore(file),
            () -> Files.isHidden(file),
            () -> Files.isSameFile(file, fileSystem.getPath("/b")),
            () -> Files.delete(file),
            () -> Files.createDirectory(file),
            () -> Files.move(file, fileSystem.getPath("/c")),
            () -> Files.copy(file, fileSystem.getPath("/c")),
            () -> Files.setAttribute(file, "dos:hidden", true),
            () -> Files.readAttributes(file, "*"),
            view::readAttributes,
            file::toRealPath,
            fileSystem::newWatchService,
            () -> fileSystem.getFileStores().iterator());
    for (Executable operation : operations) {
      assertThrows(ClosedFileSystemException.class, operation);
    }
  }

  @Test
  void aContainerMayBeReplacedAfterClosing() throws IOException {
    Path container = image("a.tc");
    FileSystem opened = FileSystems.newFileSystem(uri(container), RAW);
    opened.close();
    Files.write(container, new byte[8192]);
    try (FileSystem again = FileSystems.newFileSystem(uri(container), RAW)) {
      assertArrayEquals(new byte[8192], Files.readAllBytes(again.getPath("volume.img")));
      assertInstanceOf(TcplayFileSystem.class, again);
    }
  }
}
