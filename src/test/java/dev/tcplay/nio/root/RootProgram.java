package dev.tcplay.nio.root;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a program finds whose default file system has a container in it; one method a run. */
public final class RootProgram {

  private final Path app;
  private final Path host;

  private RootProgram(Path app, Path host) {
    this.app = app;
    this.host = host;
  }

  /** Takes the name of a method, the mount point, and a folder of the host to be made. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("refused")) {
      refused();
      return;
    }
    Path host = Files.createDirectories(Path.of(arguments[2]));
    RootProgram program = new RootProgram(Path.of(arguments[1]), host);
    RootProgram.class.getDeclaredMethod(arguments[0]).invoke(program);
  }

  /** Prints why the virtual machine has no default file system. */
  private static void refused() {
    Throwable failure = assertThrows(Error.class, FileSystems::getDefault);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      System.out.println(cause.getMessage());
    }
  }

  void filesReadAndWrite() throws Exception {
    assertEquals("from inside", Files.readString(app.resolve("hello")));
    Path dir = Files.createDirectories(app.resolve("dir/sub"));
    Files.writeString(dir.resolveSibling("kept"), "kept");
    Path temporary = Files.createTempFile(Files.createTempDirectory(app, "x"), "y", "z");
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
      channel.write(UTF_8.encode("0123456789"), 5);
      assertEquals(15, channel.size());
    }
    try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(temporary)) {
      ByteBuffer bytes = ByteBuffer.allocate(4);
      assertEquals(4, channel.read(bytes, 5).get());
      assertEquals("0123", UTF_8.decode(bytes.flip()).toString());
    }
    assertEquals(15, Files.size(temporary));
  }

  void theTreeIsOne() throws Exception {
    Path parent = app.getParent();
    assertEquals(1, count(parent, app), "the parent lists the mount point");
    assertEquals(0, count(host, host.resolve(app.getFileName())));
    assertTrue(Files.isDirectory(app));
    assertEquals(app, app.toRealPath());
    Path hello = app.resolve("hello");
    Files.createDirectory(app.resolve("dir"));
    assertEquals(hello, app.resolve("./dir/../hello").toRealPath());
    assertTrue(Files.isSameFile(hello, app.resolve("HELLO")));
    assertEquals(hello, app.resolve("HELLO").toRealPath());
    // Out of the container and back in, over both parents.
    Path around = app.resolve("..").resolve(app.getFileName()).resolve("hello");
    assertEquals("from inside", Files.readString(around));
    assertEquals(hello, around.toRealPath());
    assertTrue(Files.isSameFile(parent, app.resolve("..")));
    Path outside = app.resolve("..").resolve(parent.relativize(host));
    Files.writeString(outside.resolve("out"), "out");
    assertEquals("out", Files.readString(host.resolve("out")));
    assertEquals(host.toRealPath(), outside.toRealPath());
    assertEquals(hello, host.resolve(host.relativize(hello)).normalize());
    try (Stream<Path> walk = Files.walk(app)) {
      assertTrue(walk.anyMatch(hello::equals));
    }
    assertFalse(Files.isSameFile(hello, host.resolve("out")));
    assertThrows(FileSystemException.class, () -> Files.delete(app));
    assertThrows(FileSystemException.class, () -> Files.move(app, host.resolve("app")));
    assertThrows(FileAlreadyExistsException.class, () -> Files.createDirectory(app));
    assertEquals(app, Files.createDirectories(app));
    NoSuchFileException missing =
        assertThrows(NoSuchFileException.class, () -> Files.size(app.resolve("a/b")));
    assertEquals(app.resolve("a/b").toString(), missing.getFile());
  }

  private static long count(Path directory, Path entry) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(entry::equals).count();
    }
  }

  void filesCrossTheMountPoint() throws Exception {
    RootCrossing.check(app, host);
  }

  void failuresNameTheTree() throws Exception {
    RootFailures.check(app);
  }

  void interruptsCloseChannels() throws Exception {
    RootFailures.checkInterrupt(app);
  }

  void attributesAndStores() throws Exception {
    Path hello = app.resolve("hello");
    assertEquals("tcplay:fat16", Files.getFileStore(hello).type().replace("fat12", "fat16"));
    assertFalse(Files.getFileStore(host).type().startsWith("tcplay"));
    assertEquals(11, Files.readAttributes(hello, BasicFileAttributes.class).size());
    Files.setAttribute(hello, "dos:hidden", true);
    assertTrue(Files.isHidden(hello));
    assertThrows(
        UnsupportedOperationException.class,
        () -> Files.readAttributes(hello, PosixFileAttributes.class));
    assertNotNull(Files.readAttributes(host, PosixFileAttributes.class));
  }

  void watching() throws Exception {
    try (WatchService service = FileSystems.getDefault().newWatchService()) {
      WatchKey inside = app.register(service, StandardWatchEventKinds.ENTRY_CREATE);
      assertSame(inside, app.register(service, StandardWatchEventKinds.ENTRY_CREATE));
      Files.writeString(app.resolve("new inside"), "");
      WatchKey told = service.take();
      assertSame(inside, told);
      assertEquals(app, told.watchable());
      Path made = (Path) told.pollEvents().get(0).context();
      assertEquals(app.resolve("new inside"), app.resolve(made));
      assertTrue(told.reset());
      WatchKey registered = host.register(service, StandardWatchEventKinds.ENTRY_CREATE);
      Files.writeString(host.resolve("new"), "");
      WatchKey key = service.poll(1, TimeUnit.MINUTES);
      assertEquals(registered, key);
      assertEquals(host, key.watchable());
      Path name = (Path) key.pollEvents().get(0).context();
      assertEquals(host.resolve("new"), host.resolve(name));
      assertTrue(key.reset());
      key.cancel();
      assertFalse(key.isValid());
      assertNull(service.poll());
    }
  }

  void pathsOfOthersAreRefused() throws Exception {
    Files.createFile(host.resolve("some.zip"));
    try (FileSystem zip =
        FileSystems.newFileSystem(host.resolve("new.zip"), Map.of("create", "true"))) {
      Path other = zip.getPath("/x");
      assertThrows(ProviderMismatchException.class, () -> app.resolve(other));
      assertThrows(ProviderMismatchException.class, () -> app.relativize(other));
      assertFalse(app.startsWith(other));
      // Across providers Files does it itself.
      Files.copy(app.resolve("hello"), other);
      assertEquals("from inside", Files.readString(other));
    }
  }

  void urisLeadBack() throws Exception {
    Path odd = Files.writeString(app.resolve("a b%20#ü"), "odd");
    for (Path path : List.of(app, odd, app.resolve("hello"), app.resolve("none"), host)) {
      assertEquals("file", path.toUri().getScheme());
      assertEquals(path, Path.of(path.toUri()));
    }
    assertTrue(app.toUri().toString().endsWith("/"));
    assertFalse(odd.toUri().toString().endsWith("/"));
  }

  void javaIoFileSeesTheHostOnly() throws Exception {
    Path hello = app.resolve("hello");
    assertFalse(hello.toFile().exists());
    assertEquals(hello, hello.toFile().toPath());
    assertTrue(host.toFile().isDirectory());
    assertEquals(host, new File(host.toString()).toPath());
  }

  void linksOfTheHostEndOnTheHost() throws Exception {
    Path link = Files.createSymbolicLink(host.resolve("link"), app.resolve("hello"));
    assertEquals(app.resolve("hello"), Files.readSymbolicLink(link));
    assertThrows(NoSuchFileException.class, () -> Files.readString(link));
    assertThrows(
        UnsupportedOperationException.class,
        () -> Files.createSymbolicLink(app.resolve("link"), host));
    assertThrows(
        FileSystemException.class, () -> Files.createLink(host.resolve("x"), app.resolve("hello")));
  }

  void manyThreadsOpenItOnce() {
    List<String> read =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(i -> readString(app.resolve("hello")))
            .distinct()
            .toList();
    assertEquals(List.of("from inside"), read);
  }

  private static String readString(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  void archivesInside() throws Exception {
    Path zip = app.resolve("inside.zip");
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Files.writeString(files.getPath("/entry"), "zipped");
    }
    try (FileSystem files = FileSystems.newFileSystem(zip)) {
      assertEquals("zipped", Files.readString(files.getPath("/entry")));
    }
  }

  void hostOnly() throws Exception {
    Files.writeString(host.resolve("x"), "x");
    assertEquals(1, count(host, host.resolve("x")));
    assertEquals(1, count(app.getParent(), app));
    assertEquals("hello", app.resolve("hello").getFileName().toString());
    assertEquals(app.resolve("hello"), Path.of(app.resolve("hello").toUri()));
    assertFalse(Files.exists(app));
  }

  void wrongPassword() {
    Path hello = app.resolve("hello");
    FileSystemException first =
        assertThrows(FileSystemException.class, () -> Files.readString(hello));
    assertEquals(app.toString(), first.getFile());
    assertTrue(first.getReason().contains("vault could not be opened"), first.getReason());
    FileSystemException next =
        assertThrows(FileSystemException.class, () -> Files.readString(hello));
    assertEquals(first.getCause(), next.getCause());
  }

  void readOnly() throws Exception {
    Path hello = app.resolve("hello");
    assertEquals("from inside", Files.readString(hello));
    assertFalse(Files.isWritable(hello));
    assertThrows(ReadOnlyFileSystemException.class, () -> Files.delete(hello));
    assertThrows(
        ReadOnlyFileSystemException.class, () -> Files.writeString(app.resolve("new"), "x"));
  }
}
