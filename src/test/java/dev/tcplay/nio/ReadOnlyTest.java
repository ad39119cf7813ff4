package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.fs.CorruptFileSystemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What only a read-only volume that does not mind case can show. */
class ReadOnlyTest {

  private final FileSystem fileSystem =
      new MemoryVolume(
              MemoryVolume.CASELESS,
              MemoryItem.directory("")
                  .with(
                      MemoryItem.directory("Docs")
                          .with(MemoryItem.file("One.txt", new byte[3]).hidden()),
                      MemoryItem.file(".dot", new byte[2]),
                      MemoryItem.directory("odd")
                          .with(
                              MemoryItem.file("a/b", new byte[1]),
                              MemoryItem.file("..", new byte[1]),
                              MemoryItem.file("good", new byte[1])),
                      MemoryItem.directory("torn")
                          .with(MemoryItem.file("first", new byte[1]))
                          .damaged("cluster 7 is free"),
                      MemoryItem.file("bad.bin", new byte[20]).damaged("cluster 9 is bad")))
          .mount();
  private final FileSystemProvider provider = fileSystem.provider();
  private final Path file = fileSystem.getPath("docs/ONE.TXT");
  private final Path fresh = fileSystem.getPath("/new");

  @Test
  void everyChangeIsRefused(@TempDir Path elsewhere) {
    BasicFileAttributeView basic = Files.getFileAttributeView(file, BasicFileAttributeView.class);
    DosFileAttributeView dos = Files.getFileAttributeView(file, DosFileAttributeView.class);
    List<Executable> changes =
        List.of(
            () -> Files.write(fresh, new byte[1]),
            () -> Files.newByteChannel(fresh, CREATE_NEW, WRITE),
            () -> FileChannel.open(file, READ, WRITE),
            () -> FileChannel.open(fresh, CREATE, WRITE),
            () -> Files.newByteChannel(file, DELETE_ON_CLOSE),
            () -> Files.createFile(fresh),
            () -> Files.createDirectory(fresh),
            () -> Files.createDirectories(fresh),
            () -> Files.delete(file),
            () -> Files.deleteIfExists(file),
            () -> Files.copy(file, fresh),
            () -> Files.copy(Path.of("."), fresh),
            () -> Files.move(file, fresh),
            () -> Files.move(file, elsewhere.resolve("moved")),
            () -> Files.setLastModifiedTime(file, FileTime.fromMillis(0)),
            () -> Files.setAttribute(file, "dos:hidden", false),
            () -> basic.setTimes(null, null, null),
            () -> dos.setHidden(false),
            () -> dos.setReadOnly(false),
            () -> dos.setSystem(false),
            () -> dos.setArchive(false));
    for (Executable change : changes) {
      assertThrows(ReadOnlyFileSystemException.class, change, "change " + changes.indexOf(change));
    }
    assertThrows(UnsupportedOperationException.class, () -> Files.createLink(fresh, file));
    assertThrows(UnsupportedOperationException.class, () -> Files.createSymbolicLink(fresh, file));
    assertThrows(UnsupportedOperationException.class, () -> Files.readSymbolicLink(file));
  }

  @Test
  void whatIsAsWantedNeedsNoChange() throws IOException {
    assertFalse(Files.deleteIfExists(fresh));
    assertThrows(NoSuchFileException.class, () -> Files.delete(fresh));
    Path directory = fileSystem.getPath("/docs");
    assertEquals(directory, Files.createDirectories(directory));
    Path root = fileSystem.getPath("/");
    assertEquals(root, Files.createDirectories(root));
    assertThrows(FileAlreadyExistsException.class, () -> Files.createDirectory(directory));
  }

  @Test
  void accessIsGrantedForReadingAndSearching() throws IOException {
    provider.checkAccess(file, AccessMode.READ);
    provider.checkAccess(fileSystem.getPath("docs"), AccessMode.READ, AccessMode.EXECUTE);
    AccessDeniedException writing =
        assertThrows(
            AccessDeniedException.class, () -> provider.checkAccess(file, AccessMode.WRITE));
    assertEquals("docs/ONE.TXT", writing.getFile());
    assertThrows(AccessDeniedException.class, () -> provider.checkAccess(file, AccessMode.EXECUTE));
    assertThrows(NoSuchFileException.class, () -> provider.checkAccess(fresh, AccessMode.WRITE));
    assertFalse(Files.isWritable(file));
  }

  @Test
  void hiddenIsWhatTheDosAttributeSays() throws IOException {
    assertTrue(Files.isHidden(file));
    assertFalse(Files.isHidden(fileSystem.getPath(".dot")));
    assertThrows(NoSuchFileException.class, () -> Files.isHidden(fresh));
  }

  @Test
  void filesAreTheSameByEveryName() throws IOException {
    Path other = fileSystem.getPath("/Docs/../docs/./one.txt");
    assertNotEquals(file, other);
    assertTrue(Files.isSameFile(file, other));
    assertTrue(Files.isSameFile(fresh, fileSystem.getPath("/NEW")));
    assertFalse(Files.isSameFile(file, fileSystem.getPath(".dot")));
    assertThrows(NoSuchFileException.class, () -> Files.isSameFile(file, fresh));
    assertFalse(Files.isSameFile(file, Path.of("docs")));
    FileSystem twin = new MemoryVolume(MemoryVolume.CASELESS, MemoryItem.directory("")).mount();
    assertFalse(Files.isSameFile(fileSystem.getPath("/"), twin.getPath("/")));
  }

  @Test
  void viewsOfAttributesAreBasicDosAndTcplay() throws IOException {
    assertEquals(Set.of("basic", "dos", "tcplay"), fileSystem.supportedFileAttributeViews());
    FileStore store = Files.getFileStore(file);
    for (String view : List.of("basic", "dos", "tcplay", "posix", "owner", "acl", "user")) {
      assertEquals(
          fileSystem.supportedFileAttributeViews().contains(view),
          store.supportsFileAttributeView(view));
    }
    assertTrue(store.supportsFileAttributeView(BasicFileAttributeView.class));
    assertTrue(store.supportsFileAttributeView(DosFileAttributeView.class));
    assertFalse(store.supportsFileAttributeView(AclFileAttributeView.class));
    assertNull(Files.getFileAttributeView(file, AclFileAttributeView.class));
    assertThrows(
        UnsupportedOperationException.class,
        () -> Files.readAttributes(file, PosixFileAttributes.class));
    assertThrows(UnsupportedOperationException.class, () -> Files.readAttributes(file, "posix:*"));
    assertThrows(IllegalArgumentException.class, () -> Files.readAttributes(file, "basic:hidden"));
    Map<String, Object> dos = Files.readAttributes(file, "dos:hidden,system,size,archive,readonly");
    assertEquals(
        Map.of("hidden", true, "system", false, "size", 3L, "archive", true, "readonly", false),
        dos);
    assertEquals("dos", Files.getFileAttributeView(file, DosFileAttributeView.class).name());
    assertEquals("basic", Files.getFileAttributeView(file, BasicFileAttributeView.class).name());
    assertTrue(Files.readAttributes(file, DosFileAttributes.class).isHidden());
    assertThrows(
        NoSuchFileException.class,
        () -> Files.getFileAttributeView(fresh, DosFileAttributeView.class).readAttributes());
  }

  @Test
  void theFileStoreIsTheVolume() throws IOException {
    FileStore store = Files.getFileStore(file);
    assertEquals("MEMORY", store.name());
    assertEquals("tcplay:memory", store.type());
    assertTrue(store.isReadOnly());
    assertEquals(1 << 20, store.getTotalSpace());
    assertEquals(1L << 20, store.getAttribute("totalSpace"));
    assertEquals(1L << 10, store.getAttribute("usableSpace"));
    assertEquals(1L << 10, store.getAttribute("unallocatedSpace"));
    assertEquals(512, store.getBlockSize());
    assertThrows(UnsupportedOperationException.class, () -> store.getAttribute("colour"));
    assertEquals(store, Files.getFileStore(fileSystem.getPath("/")));
    assertEquals(List.of(store), stores());
    assertThrows(NoSuchFileException.class, () -> Files.getFileStore(fresh));
  }

  private List<FileStore> stores() {
    List<FileStore> stores = new ArrayList<>();
    fileSystem.getFileStores().forEach(stores::add);
    return stores;
  }

  @Test
  void existenceIsAskedWithoutAnException() throws IOException {
    TcplayFileSystemProvider ours = (TcplayFileSystemProvider) provider;
    assertTrue(ours.exists(file));
    assertFalse(ours.exists(fresh));
    assertFalse(ours.exists(file.resolve("below")));
    assertNull(ours.readAttributesIfExists(fresh, BasicFileAttributes.class));
    assertEquals(3, ours.readAttributesIfExists(file, BasicFileAttributes.class).size());
  }

  @Test
  void entriesAreResolvedAgainstTheDirectoryAsGiven() throws IOException {
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(fileSystem.getPath("docs"), "*.TXT")) {
      assertEquals("docs/One.txt", entries.iterator().next().toString());
    }
  }

  @Test
  void damageIsNamedByThePathAsGivenAfterWhatIsWhole() throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(fileSystem.getPath("./torn"))) {
      Iterator<Path> iterator = entries.iterator();
      assertEquals("./torn/first", iterator.next().toString());
      IOException cause =
          assertThrows(DirectoryIteratorException.class, iterator::hasNext).getCause();
      assertEquals("./torn: cluster 7 is free", cause.getMessage());
      assertFalse(iterator.hasNext());
    }
    try (FileChannel channel = FileChannel.open(fileSystem.getPath("BAD.bin"))) {
      assertEquals(4, channel.read(ByteBuffer.allocate(4)));
      CorruptFileSystemException e =
          assertThrows(
              CorruptFileSystemException.class, () -> channel.read(ByteBuffer.allocate(4)));
      assertEquals("BAD.bin", e.getFile());
      assertTrue(channel.isOpen());
    }
  }

  @Test
  void namesThatNoPathCanHoldAreDamage() throws IOException {
    List<String> seen = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(fileSystem.getPath("/odd"))) {
      IOException cause =
          assertThrows(
                  DirectoryIteratorException.class,
                  () -> entries.forEach(path -> seen.add(path.toString())))
              .getCause();
      assertTrue(cause instanceof CorruptFileSystemException, cause.toString());
    }
    assertEquals(List.of("/odd/good"), seen);
  }

  @Test
  void pathsOfOtherProvidersAreRefused() {
    Path foreign = Path.of("x");
    List<Executable> operations =
        List.of(
            () -> provider.newByteChannel(foreign, Set.of()),
            () -> provider.newFileChannel(foreign, Set.of()),
            () -> provider.newAsynchronousFileChannel(foreign, Set.of(), null),
            () -> provider.newDirectoryStream(foreign, path -> true),
            () -> provider.createDirectory(foreign),
            () -> provider.delete(foreign),
            () -> provider.copy(foreign, file),
            () -> provider.copy(file, foreign),
            () -> provider.move(foreign, file),
            () -> provider.move(file, foreign),
            () -> provider.isSameFile(foreign, file),
            () -> provider.isHidden(foreign),
            () -> provider.getFileStore(foreign),
            () -> provider.checkAccess(foreign),
            () -> provider.readAttributes(foreign, "*"),
            () -> provider.readAttributes(foreign, BasicFileAttributes.class),
            () -> provider.getFileAttributeView(foreign, BasicFileAttributeView.class),
            () -> provider.setAttribute(foreign, "size", 1));
    for (Executable operation : operations) {
      assertThrows(ProviderMismatchException.class, operation);
    }
    assertThrows(NullPointerException.class, () -> provider.delete(null));
    assertThrows(NullPointerException.class, () -> provider.newByteChannel(null, Set.of()));
  }
}
