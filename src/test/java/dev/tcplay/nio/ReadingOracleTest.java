package dev.tcplay.nio;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tcplay.fs.NameRules;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channels;
import java.nio.channels.CompletionHandler;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reading a tree gives what reading the same tree on the default file system gives: the same
 * results, and exceptions of the same class with the same file in them.
 */
@SuppressWarnings({"StreamResourceLeak", "FutureReturnValueIgnored"}) // outcomes are compared
class ReadingOracleTest {

  @TempDir static Path tree;

  private interface Operation {
    Object on(Path root) throws Exception;
  }

  private final Map<String, Operation> operations = new LinkedHashMap<>();

  @TestFactory
  Stream<DynamicTest> operationsEndAsOnTheDefaultFileSystem() throws IOException {
    Files.createDirectories(tree.resolve("dir/sub dir"));
    Files.createDirectory(tree.resolve("void"));
    Files.writeString(tree.resolve("text"), "line one\nline two\n");
    Files.write(tree.resolve("empty"), new byte[0]);
    Files.write(tree.resolve("dir/data.bin"), bytes(200_000));
    Files.writeString(tree.resolve("dir/sub dir/ünï.html"), "<html>");
    TcplayFileSystem ours = MemoryVolume.copyOf(tree, NameRules.EXACT).mount();
    wholeFiles();
    attributes();
    directories();
    openOptions();
    byteChannels();
    fileChannels();
    transfers();
    locks();
    asynchronousChannels();
    return operations.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        assertEquals(
                            outcome(entry.getValue(), tree),
                            outcome(entry.getValue(), ours.getPath("/")))));
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    return bytes;
  }

  private void wholeFiles() {
    for (String name :
        List.of("text", "empty", "dir/data.bin", "missing", "dir", "text/x", "a/b")) {
      operations.put("readAllBytes " + name, root -> Files.readAllBytes(root.resolve(name)));
      operations.put(
          "size " + name,
          root -> Files.isDirectory(root.resolve(name)) || Files.size(root.resolve(name)) >= 0);
      operations.put(
          "input stream " + name, root -> read(Files.newInputStream(root.resolve(name))));
      operations.put(
          "lines " + name,
          root -> {
            try (Stream<String> lines =
                Files.lines(root.resolve(name), java.nio.charset.StandardCharsets.ISO_8859_1)) {
              return lines.toList();
            }
          });
      operations.put(
          "questions " + name,
          root -> {
            Path path = root.resolve(name);
            return List.of(
                Files.exists(path),
                name.equals("text/x") || Files.notExists(path),
                Files.isReadable(path),
                Files.isDirectory(path),
                Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS),
                Files.isSymbolicLink(path));
          });
      operations.put(
          "isHidden " + name,
          root -> Files.exists(root.resolve(name)) && Files.isHidden(root.resolve(name)));
      operations.put("file store " + name, root -> Files.getFileStore(root.resolve(name)) != null);
      operations.put(
          "real path " + name,
          root -> root.toRealPath().relativize(root.resolve(name).toRealPath()).toString());
      operations.put(
          "checkAccess " + name,
          root -> {
            root.getFileSystem().provider().checkAccess(root.resolve(name), AccessMode.READ);
            return "granted";
          });
      for (String other : List.of("text", "dir/../text", "missing", "./dir", "dir/data.bin")) {
        operations.put(
            "isSameFile " + name + ", " + other,
            root -> Files.isSameFile(root.resolve(name), root.resolve(other)));
      }
      operations.put(
          "mismatch " + name,
          root -> Files.mismatch(root.resolve(name), root.resolve("dir/data.bin")));
    }
    operations.put(
        "probeContentType", root -> Files.probeContentType(root.resolve("dir/sub dir/ünï.html")));
    operations.put(
        "skip",
        root -> {
          try (InputStream stream = Files.newInputStream(root.resolve("dir/data.bin"))) {
            stream.skipNBytes(199_998);
            return List.of(stream.available(), stream.read(), stream.read(), stream.read());
          }
        });
    operations.put(
        "copy to a stream",
        root -> {
          var copy = new java.io.ByteArrayOutputStream();
          return List.of(
              Files.copy(root.resolve("dir/data.bin"), copy), Arrays.hashCode(copy.toByteArray()));
        });
  }

  private void attributes() {
    for (String names :
        List.of(
            "size,isDirectory",
            "isRegularFile",
            "basic:isOther,isSymbolicLink",
            "",
            "basic:",
            "nope",
            "size,nope",
            "size,",
            ",",
            "nope:*",
            "lastModifiedTime")) {
      operations.put(
          "attributes \"" + names + '"',
          root -> new TreeMap<>(Files.readAttributes(root.resolve("text"), names)));
    }
    operations.put(
        "attributes *",
        root -> new TreeSet<>(Files.readAttributes(root.resolve("text"), "*").keySet()));
    operations.put(
        "attribute of nothing", root -> Files.getAttribute(root.resolve("missing"), "size"));
    operations.put(
        "a list of attributes", root -> Files.getAttribute(root.resolve("text"), "size,isOther"));
    operations.put(
        "attributes by class",
        root -> {
          BasicFileAttributes attributes =
              Files.readAttributes(root.resolve("text"), BasicFileAttributes.class);
          return List.of(
              attributes.size(),
              attributes.isDirectory(),
              attributes.isRegularFile(),
              attributes.isOther(),
              attributes.isSymbolicLink(),
              attributes.lastModifiedTime());
        });
    operations.put(
        "file keys",
        root -> {
          Object key =
              Files.readAttributes(root.resolve("text"), BasicFileAttributes.class).fileKey();
          return List.of(
              key.equals(Files.getAttribute(root.resolve("dir/../text"), "fileKey")),
              key.equals(Files.getAttribute(root.resolve("empty"), "fileKey")));
        });
    operations.put(
        "attributes of class null",
        root -> Files.readAttributes(root.resolve("text"), (Class<BasicFileAttributes>) null));
  }

  private void directories() {
    for (String name : List.of("", "dir", "void", "missing", "text", "dir/sub dir/..", ".")) {
      operations.put("list " + name, root -> names(root.resolve(name)));
    }
    operations.put(
        "walk",
        root -> {
          try (Stream<Path> walk = Files.walk(root)) {
            return walk.map(path -> root.relativize(path).toString())
                .collect(Collectors.toCollection(TreeSet::new));
          }
        });
    operations.put(
        "find",
        root -> {
          try (Stream<Path> found =
              Files.find(root, 9, (path, attributes) -> attributes.size() == 6)) {
            return found.map(path -> root.relativize(path).toString()).toList();
          }
        });
    operations.put(
        "glob",
        root -> {
          try (DirectoryStream<Path> stream = Files.newDirectoryStream(root, "{te*,v?id}")) {
            return sorted(stream);
          }
        });
    operations.put(
        "second iterator",
        root -> {
          try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
            return List.of(stream.iterator(), stream.iterator());
          }
        });
    operations.put(
        "iterator of a closed stream",
        root -> {
          DirectoryStream<Path> stream = Files.newDirectoryStream(root);
          stream.close();
          return stream.iterator();
        });
    operations.put(
        "iteration after close",
        root -> {
          DirectoryStream<Path> stream = Files.newDirectoryStream(root);
          Iterator<Path> iterator = stream.iterator();
          stream.close();
          stream.close();
          return iterator.hasNext();
        });
    operations.put(
        "entry read ahead, then close",
        root -> {
          DirectoryStream<Path> stream = Files.newDirectoryStream(root.resolve("dir"));
          Iterator<Path> iterator = stream.iterator();
          boolean ahead = iterator.hasNext();
          stream.close();
          iterator.next();
          return ahead && iterator.hasNext();
        });
    operations.put(
        "next at the end",
        root -> {
          try (DirectoryStream<Path> stream = Files.newDirectoryStream(root.resolve("void"))) {
            return stream.iterator().next();
          }
        });
    operations.put(
        "remove by the iterator",
        root -> {
          try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
            Iterator<Path> iterator = stream.iterator();
            iterator.next();
            iterator.remove();
            return "removed";
          }
        });
    operations.put(
        "failing filter",
        root -> {
          try (DirectoryStream<Path> stream =
              Files.newDirectoryStream(
                  root,
                  path -> {
                    throw new IOException("no");
                  })) {
            return stream.iterator().hasNext();
          }
        });
  }

  private void openOptions() {
    Map<String, Set<OpenOption>> sets = new LinkedHashMap<>();
    sets.put("none", Set.of());
    sets.put("read", Set.of(READ));
    sets.put("read, truncate", Set.of(READ, TRUNCATE_EXISTING));
    sets.put("read, sparse, create new", Set.of(READ, SPARSE, CREATE_NEW));
    sets.put("read, append", Set.of(READ, APPEND));
    sets.put("append, truncate", Set.of(APPEND, TRUNCATE_EXISTING));
    sets.put("nofollow", Set.of(LinkOption.NOFOLLOW_LINKS));
    sets.put("unknown", Set.of(READ, new OpenOption() {}));
    sets.put("null", new java.util.HashSet<>(Arrays.asList(READ, null)));
    sets.forEach(
        (name, options) -> {
          operations.put(
              "byte channel with " + name,
              root -> {
                try (SeekableByteChannel channel =
                    Files.newByteChannel(root.resolve("text"), options)) {
                  return channel.size();
                }
              });
          operations.put(
              "file channel with " + name,
              root -> {
                try (FileChannel channel = FileChannel.open(root.resolve("text"), options)) {
                  return channel.size();
                }
              });
        });
    operations.put(
        "input stream with append", root -> Files.newInputStream(root.resolve("text"), APPEND));
    operations.put(
        "output stream with read", root -> Files.newOutputStream(root.resolve("text"), READ));
  }

  private void byteChannels() {
    channel("position", c -> List.of(c.position(), c.position(7).position(), c.size()));
    channel("negative position", c -> c.position(-1));
    channel("read behind the end", c -> c.position(1L << 40).read(ByteBuffer.allocate(3)));
    channel("read nothing", c -> c.read(ByteBuffer.allocate(0)));
    channel("read nothing at the end", c -> c.position(c.size()).read(ByteBuffer.allocate(0)));
    channel(
        "read over the end",
        c -> {
          ByteBuffer buffer = ByteBuffer.allocate(9);
          return List.of(c.position(c.size() - 4).read(buffer), buffer.position(), c.position());
        });
    channel(
        "read into a slice",
        c -> {
          ByteBuffer buffer = ByteBuffer.allocate(40);
          c.read(buffer.slice(10, 20));
          return buffer.array();
        });
    channel(
        "read into memory off the heap",
        c -> {
          ByteBuffer buffer = ByteBuffer.allocateDirect(150_000);
          int n = c.read(buffer);
          byte[] bytes = new byte[n];
          buffer.flip().get(bytes);
          return bytes;
        });
    channel("read into a read-only buffer", c -> c.read(ByteBuffer.allocate(3).asReadOnlyBuffer()));
    channel("read into null", c -> c.read(null));
    channel("write", c -> c.write(ByteBuffer.allocate(3)));
    channel("truncate", c -> c.truncate(3));
    for (String name : List.of("read", "size", "position", "seek", "write", "truncate")) {
      channel(
          name + " when closed",
          c -> {
            c.close();
            c.close();
            return switch (name) {
              case "read" -> c.read(ByteBuffer.allocate(3));
              case "size" -> c.size();
              case "position" -> c.position();
              case "seek" -> c.position(-1);
              case "write" -> c.write(ByteBuffer.allocate(3));
              default -> c.truncate(3);
            };
          });
    }
  }

  private interface ChannelUse<C> {
    Object with(C channel) throws Exception;
  }

  /** Tries the byte channel and the file channel as a byte channel. */
  private void channel(String name, ChannelUse<SeekableByteChannel> use) {
    operations.put(
        "byte channel: " + name,
        root -> {
          try (SeekableByteChannel channel = Files.newByteChannel(root.resolve("dir/data.bin"))) {
            return use.with(channel);
          }
        });
    fileChannel(name, use::with);
  }

  private void fileChannel(String name, ChannelUse<FileChannel> use) {
    operations.put(
        "file channel: " + name,
        root -> {
          try (FileChannel channel = FileChannel.open(root.resolve("dir/data.bin"))) {
            return use.with(channel);
          }
        });
  }

  private void fileChannels() {
    fileChannel(
        "positional read",
        c -> {
          ByteBuffer buffer = ByteBuffer.allocate(100);
          return List.of(c.read(buffer, 1234), c.position(), Arrays.hashCode(buffer.array()));
        });
    fileChannel("positional read behind the end", c -> c.read(ByteBuffer.allocate(3), 1L << 40));
    fileChannel("positional read at a negative position", c -> c.read(ByteBuffer.allocate(3), -1));
    fileChannel("positional write", c -> c.write(ByteBuffer.allocate(3), 0));
    fileChannel(
        "positional write at a negative position", c -> c.write(ByteBuffer.allocate(3), -1));
    fileChannel(
        "scatter",
        c -> {
          ByteBuffer[] buffers = {
            ByteBuffer.allocate(5),
            ByteBuffer.allocate(0),
            ByteBuffer.allocate(70),
            ByteBuffer.allocate(9)
          };
          long n = c.read(buffers, 1, 2);
          return List.of(
              n,
              c.position(),
              buffers[0].position(),
              buffers[3].position(),
              Arrays.hashCode(buffers[2].array()));
        });
    fileChannel(
        "scatter at the end",
        c -> c.position(c.size()).read(new ByteBuffer[] {ByteBuffer.allocate(1)}));
    fileChannel("scatter outside", c -> c.read(new ByteBuffer[2], 1, 2));
    fileChannel("scatter into none", c -> c.read(new ByteBuffer[0]));
    fileChannel("gather", c -> c.write(new ByteBuffer[] {ByteBuffer.allocate(1)}));
    fileChannel("gather outside", c -> c.write(new ByteBuffer[2], 1, 2));
    fileChannel(
        "force",
        c -> {
          c.force(true);
          return "forced";
        });
    fileChannel(
        "force when closed",
        c -> {
          c.close();
          c.force(true);
          return "forced";
        });
    fileChannel("negative truncate", c -> c.truncate(-1));
    fileChannel(
        "map for writing",
        c -> {
          try {
            return c.map(FileChannel.MapMode.READ_WRITE, 0, 1);
          } catch (UnsupportedOperationException
              | java.nio.channels.NonWritableChannelException e) {
            return "refused";
          }
        });
    operations.put(
        "a directory as file",
        root -> {
          try (FileChannel channel = FileChannel.open(root.resolve("dir"))) {
            channel.force(true);
            return channel.read(ByteBuffer.allocate(3));
          } catch (FileSystemException e) {
            throw new IOException(e);
          }
        });
  }

  private void transfers() {
    for (long[] range :
        new long[][] {
          {0, 10},
          {5, 200_000},
          {199_999, 5},
          {200_000, 5},
          {1L << 40, 5},
          {0, 0},
          {-1, 5},
          {0, -1},
          {0, Long.MAX_VALUE}
        }) {
      fileChannel(
          "transfer to a stream " + Arrays.toString(range),
          c -> {
            var copy = new java.io.ByteArrayOutputStream();
            long n = c.transferTo(range[0], range[1], Channels.newChannel(copy));
            return List.of(n, Arrays.hashCode(copy.toByteArray()), c.position());
          });
      fileChannel(
          "transfer to a file " + Arrays.toString(range),
          c -> {
            Path copy = Files.createTempFile("transfer", null);
            try (FileChannel target =
                FileChannel.open(copy, java.nio.file.StandardOpenOption.WRITE)) {
              long n = c.transferTo(range[0], range[1], target);
              return List.of(n, Arrays.hashCode(Files.readAllBytes(copy)), target.position());
            } finally {
              Files.delete(copy);
            }
          });
    }
    operations.put(
        "transfer to a closed channel",
        root -> {
          WritableByteChannel closed = Channels.newChannel(new java.io.ByteArrayOutputStream());
          closed.close();
          try (FileChannel channel = FileChannel.open(root.resolve("text"))) {
            return channel.transferTo(0, 1, closed);
          }
        });
    operations.put(
        "transfer to a channel for reading",
        root -> {
          try (FileChannel channel = FileChannel.open(root.resolve("text"));
              FileChannel other = FileChannel.open(root.resolve("empty"))) {
            return channel.transferTo(0, 1, other);
          }
        });
    operations.put(
        "transfer from",
        root -> {
          try (FileChannel channel = FileChannel.open(root.resolve("text"));
              FileChannel other = FileChannel.open(root.resolve("empty"))) {
            return channel.transferFrom(other, 0, 1);
          }
        });
    operations.put(
        "transfer from a closed channel",
        root -> {
          try (FileChannel channel = FileChannel.open(root.resolve("text"));
              FileChannel other = FileChannel.open(root.resolve("empty"))) {
            close(other);
            return channel.transferFrom(other, 0, 1);
          }
        });
    operations.put(
        "transfer of a closed channel",
        root -> {
          try (FileChannel channel = FileChannel.open(root.resolve("text"))) {
            close(channel);
            return channel.transferTo(
                0, 1, Channels.newChannel(new java.io.ByteArrayOutputStream()));
          }
        });
  }

  private static void close(Closeable thing) throws IOException {
    thing.close();
  }

  private void locks() {
    fileChannel("exclusive lock", c -> c.tryLock());
    fileChannel(
        "shared lock",
        c -> {
          FileLock lock = c.tryLock(3, 10, true);
          List<Object> facts =
              List.of(
                  lock.isShared(),
                  lock.isValid(),
                  lock.position(),
                  lock.size(),
                  lock.overlaps(12, 1),
                  lock.overlaps(13, 1));
          lock.release();
          return List.of(facts, lock.isValid());
        });
    fileChannel(
        "overlapping locks",
        c -> {
          c.lock(3, 10, true);
          return c.lock(12, 1, true);
        });
    fileChannel(
        "neighbouring locks",
        c -> {
          c.lock(3, 10, true);
          return c.lock(13, 1, true).isValid();
        });
    fileChannel(
        "lock again after release",
        c -> {
          c.lock(0, Long.MAX_VALUE, true).release();
          return c.lock(0, Long.MAX_VALUE, true).isValid();
        });
    fileChannel("lock at a negative position", c -> c.lock(-1, 10, true));
    fileChannel(
        "lock when closed",
        c -> {
          c.close();
          return c.lock(0, 1, true);
        });
    fileChannel(
        "release when closed",
        c -> {
          FileLock lock = c.lock(0, 1, true);
          c.close();
          if (lock.isValid()) {
            return "valid";
          }
          lock.release();
          return "released";
        });
    operations.put(
        "overlapping locks of two channels",
        root -> {
          try (FileChannel one = FileChannel.open(root.resolve("text"));
              FileChannel other = FileChannel.open(root.resolve("text"))) {
            one.lock(0, 5, true);
            return other.tryLock(4, 1, true);
          }
        });
    operations.put(
        "closing a channel gives up its locks",
        root -> {
          try (FileChannel other = FileChannel.open(root.resolve("text"))) {
            FileChannel one = FileChannel.open(root.resolve("text"));
            one.lock(0, 5, true);
            one.close();
            return other.tryLock(4, 1, true).isValid();
          }
        });
  }

  private void asynchronousChannels() {
    asynchronous(
        "read",
        c -> {
          ByteBuffer buffer = ByteBuffer.allocate(20);
          return List.of(c.read(buffer, 100).get(), Arrays.hashCode(buffer.array()), c.size());
        });
    asynchronous("read behind the end", c -> c.read(ByteBuffer.allocate(3), 1L << 40).get());
    asynchronous("read at a negative position", c -> c.read(ByteBuffer.allocate(3), -1));
    asynchronous(
        "read into a read-only buffer", c -> c.read(ByteBuffer.allocate(3).asReadOnlyBuffer(), 0));
    asynchronous("read with a handler", c -> handled(c, 5));
    asynchronous(
        "read when closed",
        c -> {
          c.close();
          try {
            return c.read(ByteBuffer.allocate(3), 0).get();
          } catch (ExecutionException e) {
            return e.getCause().getClass();
          }
        });
    asynchronous(
        "read with a handler when closed",
        c -> {
          c.close();
          try {
            return handled(c, 5);
          } catch (ExecutionException e) {
            return e.getCause().getClass();
          }
        });
    asynchronous("write", c -> c.write(ByteBuffer.allocate(3), 0));
    asynchronous("truncate", c -> c.truncate(3));
    asynchronous("shared lock", c -> c.lock(0, 5, true).get().isShared());
    asynchronous("exclusive lock", c -> c.tryLock(0, 5, false));
    asynchronous(
        "overlapping locks",
        c -> {
          c.lock(0, 5, true).get();
          return c.tryLock(4, 5, true);
        });
    asynchronous(
        "size when closed",
        c -> {
          c.close();
          return c.size();
        });
    asynchronous(
        "force",
        c -> {
          c.force(true);
          return c.isOpen();
        });
  }

  private void asynchronous(String name, ChannelUse<AsynchronousFileChannel> use) {
    operations.put(
        "asynchronous channel: " + name,
        root -> {
          try (AsynchronousFileChannel channel =
              AsynchronousFileChannel.open(root.resolve("dir/data.bin"))) {
            return use.with(channel);
          }
        });
  }

  private static Integer handled(AsynchronousFileChannel channel, long position) throws Exception {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    channel.read(
        ByteBuffer.allocate(30),
        position,
        result,
        new CompletionHandler<Integer, CompletableFuture<Integer>>() {
          @Override
          public void completed(Integer n, CompletableFuture<Integer> future) {
            future.complete(n);
          }

          @Override
          public void failed(Throwable e, CompletableFuture<Integer> future) {
            future.completeExceptionally(e);
          }
        });
    return result.get();
  }

  private static byte[] read(InputStream stream) throws IOException {
    try (stream) {
      return stream.readAllBytes();
    }
  }

  private static Set<String> names(Path directory) throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      return sorted(stream);
    }
  }

  private static Set<String> sorted(DirectoryStream<Path> stream) {
    TreeSet<String> names = new TreeSet<>();
    stream.forEach(path -> names.add(path.getFileName().toString()));
    return names;
  }

  /** Returns what came of an operation in a form that does not depend on the provider. */
  private static String outcome(Operation operation, Path root) {
    try {
      Object result = operation.on(root);
      return result instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(result);
    } catch (FileSystemException e) {
      if ("Is a directory".equals(e.getReason())) {
        // The JDK says so without the name of the file.
        return IOException.class.getName();
      }
      if (e.getFile().endsWith("text/x")) {
        // Below a file: releases of the JDK differ in the class.
        return FileSystemException.class.getName();
      }
      return e.getClass().getName()
          + " "
          + root.relativize(root.getFileSystem().getPath(e.getFile()));
    } catch (Exception e) {
      // Some classes of the JDK have subclasses that are not for others.
      return e.getClass().getName();
    }
  }
}
