package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.Tcplay;
import dev.tcplay.block.host.HostInUseException;
import dev.tcplay.model.WrongPasswordException;
import dev.tcplay.testing.KernelLocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs lose their locks on a container without a sign: on POSIX, whenever something in them
 * closes the file. Another program, a real one, then tries to put files into it.
 */
@DisabledOnOs(OS.WINDOWS)
class LostLockTest {

  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(60);

  private static OtherProgram other;

  @TempDir private Path folder;

  private Path container;

  @BeforeAll
  static void start() throws IOException {
    other = new OtherProgram();
  }

  @AfterAll
  static void end() {
    other.close();
  }

  @BeforeEach
  void makeContainer() throws IOException {
    container = folder.resolve("container");
    Tcplay.create(container).size(1_000_448).password("sesame").pim(1).create();
  }

  private FileSystem mount() throws IOException {
    return FileSystems.newFileSystem(container, OtherProgram.ENV);
  }

  private FileSystem mountReadOnly() throws IOException {
    Map<String, Object> env = new HashMap<>(OtherProgram.ENV);
    env.put("readOnly", true);
    return FileSystems.newFileSystem(container, env);
  }

  /** Something that makes this program lose its locks, or would without care. */
  private interface Drop {
    void run() throws IOException;
  }

  private void readContainer() throws IOException {
    assertEquals(Files.size(container), Files.readAllBytes(container).length);
  }

  private List<Drop> drops() throws IOException {
    Path copy = Files.copy(container, folder.resolve("copy"));
    Path keys = Files.createDirectory(folder.resolve("keys"));
    Files.createLink(keys.resolve("container"), container);
    return List.of(
        // The JDK's provider of zip files looks at it first.
        () -> assertThrows(HostInUseException.class, this::mount),
        this::readContainer,
        () -> Files.copy(container, copy, StandardCopyOption.REPLACE_EXISTING),
        () ->
            assertThrows(
                WrongPasswordException.class,
                Tcplay.open(copy).password("a").pim(1).hash("sha512").cipher("AES").keyfile(keys)
                    ::mount));
  }

  /** Has the other program mount the container, as soon as it is quicker than we are. */
  private void letIn() throws IOException {
    do {
      readContainer();
    } while (!other.mount(container).equals(OtherProgram.DONE));
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException {
    long start = System.nanoTime();
    while (!condition.holds()) {
      assertTrue(System.nanoTime() - start < LONGEST_WAIT, "nothing was noticed");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static String put(FileSystem volume, String name) throws IOException {
    Files.writeString(volume.getPath(name), name);
    return name;
  }

  private static void assertHolds(FileSystem volume, String... names) throws IOException {
    for (String name : names) {
      assertEquals(name, Files.readString(volume.getPath(name)));
    }
  }

  private void assertHolds(String... names) throws IOException {
    try (FileSystem volume = mountReadOnly()) {
      assertHolds(volume, names);
    }
  }

  @Test
  void aWriterKeepsOthersOutAgainAfterAMoment() throws IOException {
    KernelLocks.require();
    List<Drop> drops = drops();
    try (FileSystem mine = mount()) {
      for (Drop drop : drops) {
        drop.run();
        KernelLocks.await(container);
        assertEquals(OtherProgram.IN_USE, other.put(container, "theirs"));
      }
      put(mine, "mine");
    }
    assertHolds("mine");
  }

  @Test
  void noAcknowledgedFileIsLostWhoeverIsQuicker() throws IOException {
    int number = 0;
    for (Drop drop : drops()) {
      String early = "early" + number;
      String late = "late" + number;
      String theirs = "theirs" + number++;
      FileSystem mine = mount();
      try (FileChannel forced =
          FileChannel.open(
              mine.getPath(early), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        forced.write(ByteBuffer.wrap(early.getBytes(StandardCharsets.UTF_8)));
        forced.force(true);
      }
      drop.run();
      boolean theyCould = other.put(container, theirs).equals(OtherProgram.DONE);
      boolean weCould = true;
      try (mine) {
        put(mine, late);
      } catch (FileSystemException e) {
        weCould = false;
      }
      assertFalse(theyCould && weCould, "both were told that all is well");
      assertHolds(early);
      if (theyCould || weCould) {
        assertHolds(theyCould ? theirs : late);
      }
    }
  }

  @Test
  void aWriterThatHasLostTheContainerChangesNothingMore() throws IOException {
    FileSystem mine = mount();
    Path file = mine.getPath(put(mine, "mine"));
    Path directory = Files.createDirectory(mine.getPath("directory"));
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    channel.force(true);
    assertFalse(Files.getFileStore(file).isReadOnly());
    letIn();
    await(mine::isReadOnly);
    assertTrue(Files.getFileStore(file).isReadOnly());
    List<Executable> changes =
        List.of(
            () -> channel.write(ByteBuffer.allocate(1)),
            () -> channel.truncate(1),
            () -> Files.writeString(file, "other"),
            () -> put(mine, "late"),
            () -> Files.newByteChannel(file, StandardOpenOption.WRITE).close(),
            () -> Files.delete(file),
            () -> Files.deleteIfExists(directory),
            () -> Files.move(file, directory.resolve("moved")),
            () -> Files.copy(file, directory.resolve("copied")),
            () -> Files.createDirectory(mine.getPath("late")),
            () -> Files.setLastModifiedTime(file, FileTime.fromMillis(0)),
            () -> channel.force(true));
    for (Executable change : changes) {
      FileSystemException refused = assertThrows(FileSystemException.class, change);
      assertEquals(
          "the lock on the container was lost, and another process has it;"
              + " nothing is written any more",
          refused.getReason());
    }
    // What may be nowhere else can still be saved.
    assertHolds(mine, "mine");
    assertEquals(OtherProgram.DONE, other.write("theirs"));
    channel.close();
    assertThrows(FileSystemException.class, mine::close);
    assertEquals(OtherProgram.DONE, other.unmount());
    assertHolds("mine", "theirs");
  }

  @Test
  void aWriterThatHasNothingToWriteSaysSoWhenItIsClosed() throws IOException {
    FileSystem mine = mount();
    letIn();
    assertThrows(FileSystemException.class, mine::close);
    assertEquals(OtherProgram.DONE, other.write("theirs"));
    assertEquals(OtherProgram.DONE, other.unmount());
    assertHolds("theirs");
  }

  @Test
  void twoReadersKeepAWriterOutAgainAfterAMoment() throws IOException {
    KernelLocks.require();
    try (FileSystem first = mountReadOnly();
        FileSystem second = mountReadOnly()) {
      readContainer();
      KernelLocks.await(container);
      assertEquals(OtherProgram.IN_USE, other.put(container, "theirs"));
      assertHolds(first);
      assertHolds(second);
    }
    assertEquals(OtherProgram.DONE, other.put(container, "theirs"));
  }

  @Test
  void readersOfAContainerThatSomebodyWritesReadNoMore() throws IOException {
    try (FileSystem mine = mount()) {
      put(mine, "mine");
    }
    FileSystem first = mountReadOnly();
    FileSystem second = mountReadOnly();
    assertHolds(first, "mine");
    assertHolds(second, "mine");
    letIn();
    Path file = second.getPath("mine");
    await(() -> !Files.exists(file));
    // Not even what is in memory.
    for (FileSystem reader : List.of(first, second)) {
      FileSystemException refused =
          assertThrows(FileSystemException.class, () -> assertHolds(reader, "mine"));
      assertEquals(
          "another program has opened the container for writing,"
              + " so that what is read may be old and new mixed",
          refused.getReason());
      assertThrows(
          FileSystemException.class,
          () -> Files.walkFileTree(reader.getPath("/"), new SimpleFileVisitor<>() {}));
      assertThrows(FileSystemException.class, reader::close);
    }
    assertEquals(OtherProgram.DONE, other.write("theirs"));
    assertEquals(OtherProgram.DONE, other.unmount());
    assertHolds("mine", "theirs");
  }
}
