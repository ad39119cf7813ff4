package dev.tcplay.nio;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.fs.NameRules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Changes through {@code Files} that the default file system cannot judge. */
class MutatorTest {

  private static final FileTime WHEN = FileTime.fromMillis(1_600_000_000_000L);

  private final MemoryVolume volume = MemoryVolume.writable(NameRules.EXACT);
  private final FileSystem fileSystem = volume.mount();
  private final FileSystemProvider provider = fileSystem.provider();
  private final Path file = fileSystem.getPath("/file");
  private final Path fresh = fileSystem.getPath("fresh");

  private static FileAttribute<?> attribute(String name, Object value) {
    return new FileAttribute<>() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Object value() {
        return value;
      }
    };
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void filesAreMadeWithDosAttributesAndNoOthers() throws IOException {
    for (FileAttribute<?> refused :
        new FileAttribute<?>[] {
          attribute("posix:permissions", Set.of()),
          attribute("basic:lastModifiedTime", WHEN),
          attribute("dos:size", 1),
          attribute("hidden", true)
        }) {
      assertThrows(
          UnsupportedOperationException.class,
          () -> Files.createFile(fresh, attribute("dos:hidden", true), refused));
      assertThrows(
          UnsupportedOperationException.class, () -> Files.createDirectory(fresh, refused));
      assertFalse(Files.exists(fresh));
    }
    assertThrows(
        ClassCastException.class, () -> Files.createFile(fresh, attribute("dos:hidden", "yes")));
    assertFalse(Files.exists(fresh));
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            fresh,
            Set.of(CREATE_NEW, WRITE),
            attribute("dos:readonly", true),
            attribute("dos:hidden", true),
            attribute("dos:system", true),
            attribute("dos:archive", false))) {
      assertTrue(channel.isOpen());
    }
    DosFileAttributes attributes = Files.readAttributes(fresh, DosFileAttributes.class);
    assertTrue(attributes.isReadOnly() && attributes.isHidden() && attributes.isSystem());
    assertFalse(attributes.isArchive());
    Path directory = fileSystem.getPath("/dir");
    Files.createDirectory(directory, attribute("dos:hidden", true));
    assertTrue(Files.isHidden(directory));
  }

  @Test
  void aNewFileHasItsAttributesFromTheFirstMomentOrIsNotMade() throws IOException {
    failAt("change");
    Files.createFile(fresh, attribute("dos:hidden", true));
    assertTrue(Files.isHidden(fresh));
    Path other = fileSystem.getPath("/other");
    failAt("create");
    assertThrows(IOException.class, () -> Files.createFile(other, attribute("dos:hidden", true)));
    assertFalse(Files.exists(other));
  }

  private void failAt(String wanted) {
    volume.hook(
        operation -> {
          if (operation.equals(wanted)) {
            throw new IOException("broken");
          }
        });
  }

  @Test
  void attributesAreSetByNameAndByView() throws IOException {
    Files.createFile(file);
    Files.setLastModifiedTime(file, WHEN);
    Files.setAttribute(file, "basic:creationTime", FileTime.fromMillis(2000));
    Files.setAttribute(file, "dos:lastAccessTime", FileTime.fromMillis(4000));
    Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(null, null, null);
    for (String name : List.of("readonly", "hidden", "system", "archive")) {
      Files.setAttribute(file, "dos:" + name, true);
      assertEquals(true, Files.getAttribute(file, "dos:" + name));
      Files.setAttribute(file, "dos:" + name, false);
      assertEquals(false, Files.getAttribute(file, "dos:" + name));
    }
    DosFileAttributeView view = Files.getFileAttributeView(file, DosFileAttributeView.class);
    view.setArchive(true);
    view.setHidden(true);
    view.setSystem(true);
    view.setReadOnly(true);
    DosFileAttributes attributes = view.readAttributes();
    assertTrue(attributes.isArchive() && attributes.isHidden());
    assertTrue(attributes.isSystem() && attributes.isReadOnly());
    assertEquals(WHEN, attributes.lastModifiedTime());
    assertEquals(FileTime.fromMillis(2000), attributes.creationTime());
    assertEquals(FileTime.fromMillis(4000), attributes.lastAccessTime());
    for (String name :
        List.of("size", "dos:isDirectory", "basic:hidden", "tcplay:serial", "tcplay:nope", "x")) {
      assertThrows(IllegalArgumentException.class, () -> Files.setAttribute(file, name, 1L), name);
    }
    assertThrows(
        UnsupportedOperationException.class, () -> Files.setAttribute(file, "posix:group", null));
    assertThrows(ClassCastException.class, () -> Files.setAttribute(file, "lastModifiedTime", 1L));
    assertThrows(ClassCastException.class, () -> Files.setAttribute(file, "dos:hidden", 1));
    assertThrows(NullPointerException.class, () -> Files.setAttribute(file, "dos:hidden", null));
    NoSuchFileException missing =
        assertThrows(
            NoSuchFileException.class, () -> Files.setAttribute(fresh, "dos:hidden", true));
    assertEquals("fresh", missing.getFile());
  }

  @Test
  void theLabelIsSetAndRemoved() throws IOException {
    Path root = fileSystem.getPath("/");
    Files.setAttribute(root, "tcplay:label", "NAME");
    assertEquals("NAME", Files.getAttribute(root, "tcplay:label"));
    assertEquals("NAME", Files.getFileStore(root).name());
    assertThrows(
        IllegalArgumentException.class,
        () -> Files.setAttribute(root, "tcplay:label", "LONGER THAN ELEVEN"));
    Files.setAttribute(root, "tcplay:label", "");
    assertEquals("", Files.getFileStore(root).name());
  }

  @Test
  void aReadOnlyFileIsNeitherWrittenNorDeletedNorReplaced() throws IOException {
    Files.writeString(file, "kept");
    Files.writeString(fresh, "other");
    Files.setAttribute(file, "dos:readonly", true);
    Path away = new MutatorTest().fileSystem.getPath("/away");
    for (Executable refused :
        new Executable[] {
          () -> Files.writeString(file, "x"),
          () -> Files.newByteChannel(file, APPEND),
          () -> Files.newByteChannel(file, DELETE_ON_CLOSE),
          () -> Files.delete(file),
          () -> Files.copy(fresh, file, REPLACE_EXISTING),
          () -> Files.move(fresh, file, REPLACE_EXISTING),
          () -> Files.move(fresh, file, ATOMIC_MOVE),
          () -> provider.move(file, away)
        }) {
      assertThrows(AccessDeniedException.class, refused);
    }
    assertFalse(Files.isWritable(file));
    assertFalse(Files.exists(away));
    assertEquals("kept", Files.readString(file));
    Files.move(file, fileSystem.getPath("/renamed"));
    Path directory = Files.createDirectory(file, attribute("dos:readonly", true));
    assertTrue(Files.isWritable(directory));
    Files.createFile(directory.resolve("inside"));
  }

  @Test
  void aFileIsDeletedWhenItsChannelOrItsFileSystemIsClosed() throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(fresh, CREATE, WRITE, DELETE_ON_CLOSE)) {
      channel.write(ByteBuffer.allocate(3));
      assertEquals(3, Files.size(fresh));
    }
    assertFalse(Files.exists(fresh));
    try (SeekableByteChannel channel =
        Files.newByteChannel(fresh, CREATE, WRITE, DELETE_ON_CLOSE)) {
      Files.move(fresh, file);
      assertTrue(channel.isOpen());
    }
    assertTrue(Files.exists(file));
    SeekableByteChannel left = Files.newByteChannel(fresh, CREATE, WRITE, DELETE_ON_CLOSE);
    fileSystem.close();
    assertFalse(left.isOpen());
    assertEquals(List.of("file"), names(volume.mount().getPath("/")));
    assertEquals(0, volume.openFiles.get());
  }

  @Test
  void whatThreadsAppendAtOnceIsAllThere() throws Exception {
    Thread[] threads = new Thread[4];
    AtomicInteger failures = new AtomicInteger();
    for (int i = 0; i < threads.length; i++) {
      byte mark = (byte) ('a' + i);
      threads[i] =
          new Thread(
              () -> {
                byte[] line = {mark, mark, mark, '\n'};
                ByteBuffer direct = ByteBuffer.allocateDirect(4);
                try (FileChannel channel = FileChannel.open(file, CREATE, APPEND)) {
                  for (int round = 0; round < 250; round++) {
                    channel.write(ByteBuffer.wrap(line));
                    channel.write(direct.clear().put(line).flip());
                  }
                } catch (IOException | RuntimeException e) {
                  failures.incrementAndGet();
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(0, failures.get());
    Map<String, Long> lines =
        Files.readAllLines(file).stream()
            .collect(
                java.util.stream.Collectors.groupingBy(
                    line -> line, java.util.stream.Collectors.counting()));
    assertEquals(Map.of("aaa", 500L, "bbb", 500L, "ccc", 500L, "ddd", 500L), lines);
  }

  @Test
  void syncForcesEveryWrite() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(fresh, CREATE, WRITE, SYNC)) {
      channel.write(ByteBuffer.allocate(1));
      channel.write(ByteBuffer.allocate(1));
    }
    assertEquals(2, volume.forces.get());
  }

  @Test
  void createGoesOnWhereAnotherWasQuicker() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    volume.hook(
        operation -> {
          if (operation.equals("create") && calls.getAndIncrement() == 0) {
            Files.writeString(file, "theirs");
          } else if (operation.equals("open") && calls.getAndIncrement() == 1) {
            Files.delete(file);
          }
        });
    try (SeekableByteChannel channel = Files.newByteChannel(file, CREATE, WRITE)) {
      assertEquals(0, channel.size());
    }
    assertTrue(calls.get() >= 3);
    Files.delete(file);
    calls.set(0);
    assertThrows(
        FileAlreadyExistsException.class, () -> Files.newByteChannel(file, CREATE_NEW, WRITE));
    volume.hook(operation -> {});
    assertEquals("theirs", Files.readString(file));
  }

  @Test
  void anInterruptBeforeAnyStepLeavesItsResultWhole() throws IOException {
    AtomicInteger left = new AtomicInteger();
    volume.hook(
        operation -> {
          if (left.getAndDecrement() == 0) {
            Thread.currentThread().interrupt();
          }
        });
    for (int step = 0; step < 8; step++) {
      Path directory = fileSystem.getPath("/" + step);
      left.set(step);
      Files.createDirectory(directory);
      Files.createFile(directory.resolve("a"), attribute("dos:hidden", true));
      Files.write(directory.resolve("a"), new byte[5], APPEND);
      Files.copy(directory.resolve("a"), directory.resolve("b"));
      Files.move(directory.resolve("a"), directory.resolve("c"));
      Files.delete(directory.resolve("b"));
      assertTrue(Thread.interrupted(), "step " + step);
      assertEquals(List.of("c"), names(directory));
      assertEquals(5, Files.size(directory.resolve("c")));
    }
  }

  @Test
  void aCopyThatFailsHalfWayLeavesNothing() throws IOException {
    Files.write(file, new byte[600_000]);
    volume.capacity(1_000_000);
    IOException full = assertThrows(IOException.class, () -> Files.copy(file, fresh));
    assertEquals("no space left on the volume", full.getMessage());
    assertEquals(List.of("file"), names(fileSystem.getPath("/")));
    assertEquals(0, volume.openFiles.get());
  }

  @Test
  void aNameThatCannotBeStoredIsAnIoExceptionThatQuotesTheRule() throws IOException {
    MemoryVolume strict =
        MemoryVolume.writable(
            new dev.tcplay.fs.WindowsNameRules(dev.tcplay.fs.UpcaseTable.standard()));
    FileSystem windows = strict.mount();
    Files.createFile(windows.getPath("good"));
    Path bad = windows.getPath("bad:name");
    for (Executable refused :
        new Executable[] {
          () -> Files.createFile(bad),
          () -> Files.createDirectory(bad),
          () -> Files.copy(windows.getPath("good"), bad),
          () -> Files.move(windows.getPath("good"), bad)
        }) {
      FileSystemException e = assertThrows(FileSystemException.class, refused);
      assertEquals(
          "the volume cannot store the name \"bad:name\": Forbidden character at index 3",
          e.getReason());
    }
    Files.move(windows.getPath("good"), windows.getPath("GOOD"));
    assertEquals(List.of("GOOD"), names(windows.getPath("/")));
    Files.move(windows.getPath("good"), windows.getPath("./good"), ATOMIC_MOVE);
    assertEquals(List.of("good"), names(windows.getPath("/")));
  }

  @Test
  void theRootIsNeitherDeletedNorMovedNorReplaced() throws IOException {
    Path root = fileSystem.getPath("/");
    Files.createFile(file);
    assertThrows(FileSystemException.class, () -> Files.delete(root));
    assertThrows(FileSystemException.class, () -> Files.delete(fileSystem.getPath("")));
    assertThrows(FileSystemException.class, () -> Files.move(root, fresh));
    assertThrows(FileSystemException.class, () -> Files.move(file, root, REPLACE_EXISTING));
    assertThrows(FileSystemException.class, () -> Files.copy(file, root, REPLACE_EXISTING));
    assertThrows(FileAlreadyExistsException.class, () -> Files.createDirectory(root));
    assertThrows(FileAlreadyExistsException.class, () -> Files.createFile(root));
    Files.move(root, root);
    assertEquals(List.of("file"), names(root));
  }

  @Test
  void filesMoveToAnotherVolumeAndDirectoriesWhenEmpty() throws IOException {
    FileSystem other = MemoryVolume.writable(NameRules.EXACT).mount();
    Path there = other.getPath("/there");
    Files.write(file, new byte[300_000]);
    Files.setLastModifiedTime(file, WHEN);
    Files.setAttribute(file, "dos:hidden", true);
    assertThrows(
        AtomicMoveNotSupportedException.class, () -> provider.move(file, there, ATOMIC_MOVE));
    provider.move(file, there);
    assertFalse(Files.exists(file));
    assertArrayEquals(new byte[300_000], Files.readAllBytes(there));
    assertEquals(WHEN, Files.getLastModifiedTime(there));
    assertTrue(Files.isHidden(there));
    Files.createDirectories(fresh.resolve("sub"));
    DirectoryNotEmptyException full =
        assertThrows(
            DirectoryNotEmptyException.class, () -> provider.move(fresh, there, REPLACE_EXISTING));
    assertEquals("fresh", full.getFile());
    Files.delete(fresh.resolve("sub"));
    assertThrows(FileAlreadyExistsException.class, () -> provider.move(fresh, there));
    provider.move(fresh, there, REPLACE_EXISTING);
    assertTrue(Files.isDirectory(there));
    assertEquals(List.of(), names(fileSystem.getPath("/")));
  }

  @Test
  void filesAreCopiedAndMovedFromAndToOtherProvidersWithTheirTimes() throws IOException {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix())) {
      Path there = jimfs.getPath("/there");
      Files.write(there, new byte[70_000]);
      Files.setLastModifiedTime(there, WHEN);
      Files.copy(there, file, COPY_ATTRIBUTES);
      assertEquals(WHEN, Files.getLastModifiedTime(file));
      assertEquals(70_000, Files.size(file));
      Files.setLastModifiedTime(file, FileTime.fromMillis(8000));
      Files.move(file, there, REPLACE_EXISTING);
      assertFalse(Files.exists(file));
      assertEquals(FileTime.fromMillis(8000), Files.getLastModifiedTime(there));
      Files.move(there, file);
      assertFalse(Files.exists(there));
      assertEquals(FileTime.fromMillis(8000), Files.getLastModifiedTime(file));
      Files.copy(Files.createDirectory(fresh), there);
      assertTrue(Files.isDirectory(there));
    }
  }

  @Test
  void aClosedFileSystemChangesNothing() throws IOException {
    Files.createFile(file);
    BasicFileAttributeView view = Files.getFileAttributeView(file, BasicFileAttributeView.class);
    fileSystem.close();
    for (Executable refused :
        new Executable[] {
          () -> Files.createFile(fresh),
          () -> Files.createDirectory(fresh),
          () -> Files.delete(file),
          () -> Files.deleteIfExists(file),
          () -> Files.copy(file, fresh),
          () -> Files.move(file, fresh),
          () -> Files.newByteChannel(file, WRITE),
          () -> Files.setAttribute(file, "dos:hidden", true),
          () -> Files.setAttribute(file, "tcplay:label", "X"),
          () -> view.setTimes(WHEN, null, null)
        }) {
      assertThrows(ClosedFileSystemException.class, refused);
    }
  }

  @Test
  void aVolumeThatBecomesReadOnlyRefusesWritesWithAnIoException() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file, CREATE, WRITE)) {
      volume.readOnly(true);
      FileSystemException refused =
          assertThrows(FileSystemException.class, () -> channel.write(ByteBuffer.allocate(1)));
      assertEquals("the volume has become read-only", refused.getReason());
      assertEquals("/file", refused.getFile());
    }
  }
}
