package dev.tcplay.nio;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.fs.DirectoryCursor;
import dev.tcplay.fs.MountOptions;
import dev.tcplay.fs.MountedVolume;
import dev.tcplay.fs.OpenNode;
import example.toyfs.ToyDriver;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a driver does wrong, callers of {@code Files} meet the exceptions that they expect. */
class MisbehavingVolumesTest {

  /** Something done with the tree of {@link #make}. */
  private interface Use {
    Object on(Path root) throws IOException;
  }

  private static final Map<String, Use> USES =
      Map.ofEntries(
          Map.entry("attributes", root -> Files.readAttributes(at(root, "file"), "*")),
          Map.entry(
              "posix", root -> Files.readAttributes(at(root, "l"), PosixFileAttributes.class)),
          Map.entry("tcplay", root -> Files.readAttributes(root, "tcplay:*")),
          Map.entry("exists", root -> Files.exists(at(root, "link"))),
          Map.entry("real path", root -> at(root, "link").toRealPath()),
          Map.entry("own path", root -> at(root, "link").toRealPath(NOFOLLOW_LINKS)),
          Map.entry("same file", root -> Files.isSameFile(at(root, "file"), at(root, "hard"))),
          Map.entry("read link", root -> Files.readSymbolicLink(at(root, "link"))),
          Map.entry("read", root -> Files.readAllBytes(at(root, "link"))),
          Map.entry("write", root -> Files.writeString(at(root, "file"), "more")),
          Map.entry("new file", root -> Files.writeString(at(root, "new"), "more")),
          Map.entry("directory", root -> Files.createDirectories(at(root, "a/b"))),
          Map.entry("new link", root -> Files.createSymbolicLink(at(root, "l"), at(root, "x"))),
          Map.entry("new name", root -> Files.createLink(at(root, "l"), at(root, "file"))),
          Map.entry("delete", root -> Files.deleteIfExists(at(root, "file"))),
          Map.entry("copy", root -> Files.copy(at(root, "file"), at(root, "c"), COPY_ATTRIBUTES)),
          Map.entry(
              "copy link", root -> Files.copy(at(root, "link"), at(root, "c"), NOFOLLOW_LINKS)),
          Map.entry("move", root -> Files.move(at(root, "file"), at(root, "dir/m"))),
          Map.entry(
              "replace", root -> Files.move(at(root, "file"), at(root, "hard"), REPLACE_EXISTING)),
          Map.entry("list", MisbehavingVolumesTest::list),
          Map.entry("store", root -> Files.getFileStore(root).getTotalSpace()),
          Map.entry("times", root -> Files.setLastModifiedTime(root, FileTime.fromMillis(0))),
          Map.entry("label", root -> Files.setAttribute(root, "tcplay:label", "name")),
          Map.entry("streams", root -> Files.readAttributes(at(root, "file"), "user:*")),
          Map.entry("stream names", root -> streams(root).list()),
          Map.entry("stream size", root -> streams(root).size("note")),
          Map.entry("no stream", root -> delete(streams(root), "note")),
          Map.entry("stream", root -> streams(root).write("note", ByteBuffer.allocate(9))),
          Map.entry(
              "deleting channel",
              root -> {
                try (FileChannel channel =
                    FileChannel.open(
                        at(root, "file"),
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE)) {
                  channel.force(true);
                  return channel.size();
                }
              }));

  private static Path at(Path root, String path) {
    return root.resolve(path);
  }

  private static UserDefinedFileAttributeView streams(Path root) {
    return Files.getFileAttributeView(at(root, "file"), UserDefinedFileAttributeView.class);
  }

  private static Object delete(UserDefinedFileAttributeView view, String name) throws IOException {
    view.delete(name);
    return name;
  }

  private static Object list(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
      stream.forEach(found::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  private static MountedVolume make() throws IOException {
    MountedVolume toy = new ToyDriver().mount(new MemoryDevice(4096), MountOptions.DEFAULT);
    Path root = DrivenVolumes.of(toy).getPath("/");
    Files.createDirectory(at(root, "dir"));
    Files.writeString(at(root, "file"), "text");
    Files.setAttribute(at(root, "file"), "user:note", new byte[] {1});
    Files.createLink(at(root, "hard"), at(root, "file"));
    Files.createSymbolicLink(at(root, "link"), at(root, "file"));
    return toy;
  }

  /** A fault in one method of a volume. */
  private interface Fault {
    Object instead(Object result);
  }

  private static MountedVolume with(MountedVolume volume, String method, Fault fault) {
    return proxy(MountedVolume.class, volume, method, fault);
  }

  private static <T> T proxy(Class<T> type, T inner, String method, Fault fault) {
    Object made =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, called, arguments) -> {
              try {
                Object result = called.invoke(inner, arguments);
                return called.getName().equals(method) ? fault.instead(result) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(made);
  }

  /** Returns the root of a tree in whose files reading has a fault. */
  private static Path reading(Fault fault) throws IOException {
    MountedVolume volume =
        with(make(), "open", opened -> proxy(OpenNode.class, (OpenNode) opened, "read", fault));
    return DrivenVolumes.of(volume).getPath("/");
  }

  /** No fault: the calls are counted. */
  private static Fault counted(AtomicInteger calls) {
    return result -> {
      calls.incrementAndGet();
      return result;
    };
  }

  @Test
  void aReadThatFailsHalfwayMovesThePositionAsFarAsTheBuffer() throws IOException {
    AtomicInteger reads = new AtomicInteger();
    Path root =
        reading(
            result -> {
              if (reads.incrementAndGet() > 1) {
                throw new IndexOutOfBoundsException("a driver's mistake");
              }
              return result;
            });
    Files.write(at(root, "long"), new byte[200_000]);
    ByteBuffer target = ByteBuffer.allocateDirect(200_000);
    try (FileChannel channel = FileChannel.open(at(root, "long"))) {
      assertThrows(FileSystemException.class, () -> channel.read(target));
      assertTrue(target.position() > 0, "nothing was read");
      assertEquals(target.position(), channel.position());
    }
  }

  @Test
  void behindABufferThatWasNotFilledNoneIs() throws IOException {
    AtomicInteger reads = new AtomicInteger();
    Path root = reading(counted(reads));
    try (FileChannel channel = FileChannel.open(at(root, "file"))) {
      ByteBuffer[] targets = {ByteBuffer.allocate(9), ByteBuffer.allocate(9)};
      assertEquals(4, channel.read(targets));
      assertEquals(1, reads.get());
    }
  }

  @Test
  void whoForcesADirectoryForcesTheVolume() throws IOException {
    AtomicInteger forced = new AtomicInteger();
    MountedVolume volume = with(make(), "force", counted(forced));
    try (FileChannel channel = FileChannel.open(DrivenVolumes.of(volume).getPath("/dir"))) {
      channel.force(true);
    }
    assertEquals(1, forced.get());
  }

  @Test
  void aMistakeAtTheEndIsToldOnce() throws IOException {
    FileSystem fileSystem =
        DrivenVolumes.of(
            with(
                make(),
                "close",
                result -> {
                  throw new IndexOutOfBoundsException("a driver's mistake");
                }));
    FileSystemException told = assertThrows(FileSystemException.class, fileSystem::close);
    assertTrue(told.getMessage().contains("the driver of type "), told::getMessage);
    fileSystem.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attributes",
        "change",
        "create",
        "createLink",
        "createSymbolicLink",
        "delete",
        "deleteStream",
        "label",
        "list",
        "lookup",
        "move",
        "name",
        "open",
        "openStream",
        "readLink",
        "root",
        "setLabel",
        "space",
        "streams"
      })
  void whatAVolumeMustNotThrowOrReturnIsAFailure(String method) throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, Use> use : USES.entrySet()) {
      for (Fault fault :
          List.<Fault>of(
              result -> {
                throw new IndexOutOfBoundsException("a driver's mistake");
              },
              result -> null)) {
        try {
          use.getValue().on(DrivenVolumes.of(with(make(), method, fault)).getPath("/"));
        } catch (IOException e) {
          // As callers expect.
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
          if (!use.getKey().equals("label")) {
            wrong.add(use.getKey() + ": " + e);
          }
        } catch (RuntimeException e) {
          wrong.add(use.getKey() + ": " + e + " " + e.getStackTrace()[0]);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void aMistakeOfADriverIsToldWithThePathAndItsCause() throws IOException {
    MountedVolume volume =
        with(
            make(),
            "attributes",
            result -> {
              throw new IllegalStateException("lost count");
            });
    FileSystemException e =
        assertThrows(
            FileSystemException.class, () -> Files.size(DrivenVolumes.of(volume).getPath("/link")));
    assertEquals("/link", e.getFile());
    assertTrue(e.getReason().contains("toy") && e.getReason().contains("lost count"), e.toString());
    assertTrue(e.getCause() instanceof IllegalStateException);
  }

  @Test
  void entriesWithoutNameOrNodeEndAListing() throws IOException {
    MountedVolume volume =
        with(
            make(),
            "list",
            cursor ->
                proxy(
                    DirectoryCursor.class,
                    (DirectoryCursor) cursor,
                    "next",
                    entry -> new DirectoryCursor.Entry(null, null)));
    assertTimeoutPreemptively(
        Duration.ofSeconds(9),
        () -> assertThrows(IOException.class, () -> list(DrivenVolumes.of(volume).getPath("/"))));
  }

  @Test
  void contentsOfAnImpossibleSizeCannotBeRead() throws IOException {
    for (Object size : List.of(-5L, Long.MIN_VALUE)) {
      MountedVolume volume =
          with(
              make(),
              "open",
              file -> proxy(OpenNode.class, (OpenNode) file, "size", right -> size));
      Path file = DrivenVolumes.of(volume).getPath("/file");
      assertThrows(IOException.class, () -> Files.readAllBytes(file));
    }
    for (Object read : List.of(-2, 1000_000)) {
      MountedVolume volume =
          with(
              make(),
              "open",
              file -> proxy(OpenNode.class, (OpenNode) file, "read", right -> read));
      Path file = DrivenVolumes.of(volume).getPath("/file");
      assertThrows(IOException.class, () -> Files.readAllBytes(file));
    }
  }

  @Test
  void linksThatNeverEndAreALoop() throws IOException {
    String far = "dir/../".repeat(10_000) + "link";
    Path root = DrivenVolumes.of(with(make(), "readLink", held -> far)).getPath("/");
    assertTimeoutPreemptively(
        Duration.ofSeconds(9),
        () -> {
          assertThrows(FileSystemException.class, () -> Files.size(at(root, "link")));
          assertThrows(FileSystemException.class, () -> Files.writeString(at(root, "link"), "x"));
          assertFalse(Files.exists(at(root, "link")));
          assertFalse(Files.notExists(at(root, "link")));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b"})
  void aLinkThatHoldsNoPathReplacesNothing(String held) throws IOException {
    MountedVolume volume = make();
    Path root = DrivenVolumes.of(with(volume, "readLink", right -> held)).getPath("/");
    FileSystemProvider provider = root.getFileSystem().provider();
    Path other = DrivenVolumes.of(make()).getPath("/file");
    for (Path target : Set.of(at(root, "hard"), other)) {
      assertThrows(
          FileSystemException.class,
          () -> provider.copy(at(root, "link"), target, NOFOLLOW_LINKS, REPLACE_EXISTING));
      assertEquals("text", Files.readString(target));
    }
    assertThrows(
        FileSystemException.class, () -> provider.move(at(root, "link"), other, REPLACE_EXISTING));
    assertEquals("text", Files.readString(other));
    assertThrows(FileSystemException.class, () -> Files.readSymbolicLink(at(root, "link")));
  }
}
