package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.fs.NameRules;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Whoever closes a file system or a channel closes all that it opened. */
class ClosingTest extends RawImages {

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
            MemoryItem.directory("")
                .with(MemoryItem.file("a", new byte[10]), MemoryItem.file("b", new byte[1])));
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
