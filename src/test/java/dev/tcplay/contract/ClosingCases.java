package dev.tcplay.contract;

import static dev.tcplay.contract.Case.ours;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Points 13 to 15: closed file systems. */
@SuppressWarnings({
  "ReturnValueIgnored",
  "StreamResourceLeak"
}) // refusals and closing are the point
final class ClosingCases {

  private static final int THREADS = 4;

  private ClosingCases() {}

  static List<Case> all() {
    return List.of(
        ours("13", ClosingCases::closeTwice),
        ours("14", ClosingCases::operations),
        ours("15", ClosingCases::whatWasOpen));
  }

  private static void closeTwice(Place place) throws Exception {
    FileSystem fileSystem = place.fileSystem();
    SeekableByteChannel channel = Files.newByteChannel(place.file("file", "text"));
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      CountDownLatch together = new CountDownLatch(THREADS);
      List<Future<?>> closings = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        closings.add(
            threads.submit(
                () -> {
                  together.countDown();
                  together.await();
                  fileSystem.close();
                  return null;
                }));
      }
      for (Future<?> closing : closings) {
        closing.get();
      }
    } finally {
      threads.shutdownNow();
    }
    fileSystem.close();
    assertFalse(fileSystem.isOpen());
    assertFalse(channel.isOpen());
  }

  private static void operations(Place place) throws Exception {
    Path file = place.file("file", "text");
    Path other = place.path("other");
    FileSystemProvider provider = place.fileSystem().provider();
    BasicFileAttributeView view = Files.getFileAttributeView(file, BasicFileAttributeView.class);
    FileStore store = Files.getFileStore(file);
    place.fileSystem().close();
    Map<String, Place.Change> operations = new LinkedHashMap<>();
    operations.put("newByteChannel", () -> Files.newByteChannel(file));
    operations.put("newFileChannel", () -> FileChannel.open(file));
    operations.put("newAsynchronousFileChannel", () -> AsynchronousFileChannel.open(file));
    operations.put("newInputStream", () -> Files.newInputStream(file));
    operations.put("newOutputStream", () -> Files.newOutputStream(file));
    operations.put("newDirectoryStream", () -> Files.newDirectoryStream(place.folder()));
    operations.put("createDirectory", () -> Files.createDirectory(other));
    operations.put("createFile", () -> Files.createFile(other));
    operations.put("createSymbolicLink", () -> Files.createSymbolicLink(other, file));
    operations.put("createLink", () -> Files.createLink(other, file));
    operations.put("readSymbolicLink", () -> Files.readSymbolicLink(file));
    operations.put("delete", () -> Files.delete(file));
    operations.put("deleteIfExists", () -> Files.deleteIfExists(file));
    operations.put("copy", () -> Files.copy(file, other));
    operations.put("copy to itself", () -> Files.copy(file, file));
    operations.put("move", () -> Files.move(file, other));
    operations.put("move to itself", () -> Files.move(file, file));
    operations.put("isSameFile", () -> Files.isSameFile(file, other));
    operations.put("isHidden", () -> Files.isHidden(file));
    operations.put("getFileStore", () -> Files.getFileStore(file));
    operations.put("checkAccess", () -> provider.checkAccess(file, AccessMode.READ));
    operations.put("view", () -> Files.getFileAttributeView(file, BasicFileAttributeView.class));
    operations.put(
        "view, no links",
        () ->
            provider.getFileAttributeView(
                file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS));
    operations.put("readAttributes", () -> Files.readAttributes(file, BasicFileAttributes.class));
    operations.put("readAttributes by name", () -> Files.readAttributes(file, "*"));
    operations.put("setAttribute", () -> Files.setLastModifiedTime(file, FileTime.fromMillis(0)));
    operations.put("toRealPath", () -> file.toRealPath());
    operations.put("newWatchService", () -> place.fileSystem().newWatchService());
    operations.put("getFileStores", () -> place.fileSystem().getFileStores());
    operations.put("view.readAttributes", view::readAttributes);
    operations.put("view.setTimes", () -> view.setTimes(null, null, null));
    operations.put("getTotalSpace", store::getTotalSpace);
    operations.put("getUsableSpace", store::getUsableSpace);
    operations.put("getUnallocatedSpace", store::getUnallocatedSpace);
    operations.put("getBlockSize", store::getBlockSize);
    operations.put("getAttribute", () -> store.getAttribute("totalSpace"));
    operations.forEach(
        (name, operation) -> assertThrows(ClosedFileSystemException.class, operation::make, name));
  }

  private static void whatWasOpen(Place place) throws Exception {
    Path file = place.file("file", "text");
    place.file("second", "text");
    SeekableByteChannel bytes = Files.newByteChannel(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    FileLock lock = channel.lock();
    InputStream in = Files.newInputStream(file);
    DirectoryStream<Path> entries = Files.newDirectoryStream(place.folder());
    DirectoryStream<Path> unread = Files.newDirectoryStream(place.folder());
    var iterator = entries.iterator();
    iterator.next();
    place.fileSystem().close();
    ByteBuffer buffer = ByteBuffer.allocate(1);
    for (Place.Change use :
        List.<Place.Change>of(
            () -> bytes.read(buffer),
            bytes::position,
            bytes::size,
            () -> channel.read(buffer),
            () -> channel.write(buffer, 0),
            channel::size,
            channel::lock,
            lock::release,
            () -> in.read(),
            in::available)) {
      assertThrows(ClosedChannelException.class, use::make);
    }
    assertFalse(lock.isValid());
    int left = 0;
    while (iterator.hasNext()) {
      iterator.next();
      left++;
    }
    assertEquals(true, left <= 1);
    assertThrows(IllegalStateException.class, unread::iterator);
  }
}
