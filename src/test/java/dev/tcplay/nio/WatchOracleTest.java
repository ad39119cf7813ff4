package dev.tcplay.nio;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.tcplay.fs.exfat.ExFatDriver;
import dev.tcplay.fs.fat.FatDriver;
import example.toyfs.ToyDriver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Those who watch a directory are told what Linux tells through the default file system. */
@EnabledOnOs(OS.LINUX)
class WatchOracleTest {

  /** Something done in a tree, of which {@code dir} is watched. */
  private interface Operation {
    void in(Path tree) throws Exception;
  }

  @TempDir static Path folder;

  private final Map<String, Operation> operations = new LinkedHashMap<>();
  private final Map<String, List<String>> theirs = new ConcurrentHashMap<>();

  @TestFactory
  Stream<DynamicTest> everyChangeIsToldOfAsByTheDefaultFileSystem() throws IOException {
    addEntries();
    addMoves();
    addContents();
    List<DynamicTest> tests = new ArrayList<>();
    tests.addAll(tests(DrivenVolumes.mount(new FatDriver(), Optional.of("FAT32"), 64 << 20)));
    tests.addAll(tests(DrivenVolumes.mount(new ExFatDriver(), Optional.empty(), 8 << 20)));
    // The toy does not know where a file has gone that was opened before.
    operations.keySet().removeIf(name -> name.startsWith("what is written "));
    addLinks();
    tests.addAll(tests(DrivenVolumes.mount(new ToyDriver(), Optional.empty(), 1 << 12)));
    return tests.stream();
  }

  private List<DynamicTest> tests(TcplayFileSystem ours) {
    List<DynamicTest> tests = new ArrayList<>();
    operations.forEach(
        (name, operation) ->
            tests.add(
                DynamicTest.dynamicTest(
                    ours.type() + ": " + name,
                    () -> {
                      if (!theirs.containsKey(name)) {
                        theirs.put(name, events(folder.resolve(name), operation));
                      }
                      assertEquals(
                          theirs.get(name), events(ours.getPath("/").resolve(name), operation));
                    })));
    return tests;
  }

  private void add(String name, Operation operation) {
    operations.put(name, operation);
  }

  private void addEntries() {
    add("a new file", tree -> Files.createFile(tree.resolve("dir/new")));
    add("a new file with contents", tree -> Files.writeString(tree.resolve("dir/new"), "text"));
    add("a new directory", tree -> Files.createDirectory(tree.resolve("dir/new")));
    add("a file that is deleted", tree -> Files.delete(tree.resolve("dir/file")));
    add("a directory that is deleted", tree -> Files.delete(tree.resolve("dir/sub")));
    add("a copy", tree -> Files.copy(tree.resolve("other/file"), tree.resolve("dir/copy")));
    add("a copy's source", tree -> Files.copy(tree.resolve("dir/file"), tree.resolve("other/new")));
    add(
        "a copy in place of another",
        tree -> Files.copy(tree.resolve("other/file"), tree.resolve("dir/file"), REPLACE_EXISTING));
    add(
        "nothing but failures",
        tree -> {
          Files.deleteIfExists(tree.resolve("dir/missing"));
          Files.exists(tree.resolve("dir/file"));
          Files.readString(tree.resolve("dir/file"));
        });
    add(
        "what happens one level deeper",
        tree -> {
          Files.createFile(tree.resolve("dir/sub/new"));
          Files.delete(tree.resolve("dir/sub/new"));
        });
    add(
        "a file that is deleted when it is closed",
        tree -> Files.newByteChannel(tree.resolve("dir/file"), READ, DELETE_ON_CLOSE).close());
    add(
        "the watched directory, which goes away",
        tree -> {
          Files.delete(tree.resolve("dir/file"));
          Files.delete(tree.resolve("dir/sub"));
          Files.delete(tree.resolve("dir"));
        });
  }

  private void addMoves() {
    add("another name", tree -> move(tree, "dir/file", "dir/renamed"));
    add("a move in", tree -> move(tree, "other/file", "dir/moved"));
    add("a move out", tree -> move(tree, "dir/file", "other/moved"));
    add("a directory's move in", tree -> move(tree, "other/sub", "dir/moved"));
    add("a directory's other name", tree -> move(tree, "dir/sub", "dir/moved"));
    add("a move to itself", tree -> move(tree, "dir/file", "dir/file"));
    add("an atomic move over a file", tree -> move(tree, "other/file", "dir/file", ATOMIC_MOVE));
    add("an atomic move over a directory", tree -> move(tree, "other/sub", "dir/sub", ATOMIC_MOVE));
    add("a name in another case", tree -> move(tree, "dir/file", "dir/FILE"));
    add(
        "the watched directory under another name",
        tree -> {
          move(tree, "dir", "elsewhere");
          Files.createFile(tree.resolve("elsewhere/new"));
        });
    add(
        "another directory by the watched one's old name",
        tree -> {
          move(tree, "dir", "elsewhere");
          Files.createDirectory(tree.resolve("dir"));
          Files.createFile(tree.resolve("dir/new"));
        });
  }

  private static void move(Path tree, String source, String target, CopyOption... options)
      throws IOException {
    Files.move(tree.resolve(source), tree.resolve(target), options);
  }

  private void addContents() {
    add("contents that are replaced", tree -> Files.writeString(tree.resolve("dir/file"), "new"));
    add(
        "contents that are added to",
        tree -> Files.writeString(tree.resolve("dir/file"), "more", APPEND));
    add(
        "an opening that empties",
        tree -> FileChannel.open(tree.resolve("dir/file"), WRITE, TRUNCATE_EXISTING).close());
    add("an opening alone", tree -> FileChannel.open(tree.resolve("dir/file"), WRITE).close());
    add(
        "what a byte channel writes in two steps",
        tree -> {
          try (SeekableByteChannel channel =
              Files.newByteChannel(tree.resolve("dir/file"), WRITE)) {
            channel.write(ByteBuffer.allocate(3));
            Files.createFile(tree.resolve("dir/between"));
            channel.write(ByteBuffer.allocate(3));
          }
        });
    add(
        "what a file channel cuts off",
        tree -> {
          try (FileChannel channel = FileChannel.open(tree.resolve("dir/file"), WRITE)) {
            channel.truncate(100);
            channel.truncate(1);
          }
        });
    add(
        "what a file channel writes from memory of its own",
        tree -> {
          try (FileChannel channel = FileChannel.open(tree.resolve("dir/file"), WRITE)) {
            channel.write(ByteBuffer.allocateDirect(300_000), 7);
          }
        });
    add(
        "what an asynchronous channel writes",
        tree -> {
          try (AsynchronousFileChannel channel =
              AsynchronousFileChannel.open(tree.resolve("dir/file"), WRITE)) {
            channel.write(ByteBuffer.allocate(3), 0).get();
          }
        });
    add(
        "what is written under a new name",
        tree -> {
          try (FileChannel channel = FileChannel.open(tree.resolve("dir/file"), WRITE)) {
            move(tree, "dir/file", "dir/renamed");
            channel.write(ByteBuffer.allocate(3));
          }
        });
    add(
        "what is written once it is elsewhere",
        tree -> {
          try (FileChannel channel = FileChannel.open(tree.resolve("dir/file"), WRITE)) {
            move(tree, "dir/file", "other/renamed");
            channel.write(ByteBuffer.allocate(3));
          }
        });
    add(
        "a time",
        tree -> Files.setLastModifiedTime(tree.resolve("dir/file"), FileTime.fromMillis(1L << 40)));
    add(
        "a directory's time",
        tree -> Files.setLastModifiedTime(tree.resolve("dir/sub"), FileTime.fromMillis(1L << 40)));
    add(
        "a copy with its times",
        tree -> Files.copy(tree.resolve("other/file"), tree.resolve("dir/copy"), COPY_ATTRIBUTES));
  }

  private void addLinks() {
    add(
        "a symbolic link",
        tree -> Files.createSymbolicLink(tree.resolve("dir/link"), tree.resolve("dir/file")));
    add(
        "a further name",
        tree -> Files.createLink(tree.resolve("dir/link"), tree.resolve("other/file")));
    add(
        "what one of two names is given",
        tree -> {
          Files.createLink(tree.resolve("other/link"), tree.resolve("dir/file"));
          Files.writeString(tree.resolve("other/link"), "elsewhere");
        });
    add(
        "a further name that goes",
        tree -> {
          Files.createLink(tree.resolve("dir/link"), tree.resolve("dir/file"));
          Files.delete(tree.resolve("dir/link"));
        });
  }

  /** Returns what is told when something is done in a new tree, and whether the key stays good. */
  private static List<String> events(Path tree, Operation operation) throws Exception {
    for (String directory : List.of("dir/sub", "other/sub")) {
      Files.createDirectories(tree.resolve(directory));
    }
    Files.writeString(tree.resolve("dir/file"), "contents");
    Files.writeString(tree.resolve("other/file"), "other contents");
    List<String> told = new ArrayList<>();
    try (WatchService service = tree.getFileSystem().newWatchService()) {
      Path end = Files.createDirectory(tree.resolve("end"));
      WatchKey watched =
          tree.resolve("dir").register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
      WatchKey last = end.register(service, ENTRY_CREATE);
      operation.in(tree);
      Files.createFile(end.resolve("end"));
      while (true) {
        WatchKey key = service.poll(30, TimeUnit.SECONDS);
        assertNotNull(key, "nothing is told of what comes last");
        if (key == last) {
          break;
        }
        assertEquals(watched, key);
        assertEquals(tree.resolve("dir"), key.watchable());
      }
      for (WatchEvent<?> event : watched.pollEvents()) {
        String text = event.kind() + " " + event.context();
        if (told.isEmpty() || !told.get(told.size() - 1).equals(text)) {
          told.add(text);
        }
      }
      told.add("stays good: " + watched.reset());
    }
    return told;
  }
}
