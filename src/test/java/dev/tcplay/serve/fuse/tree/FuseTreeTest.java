package dev.tcplay.serve.fuse.tree;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.Tcplay;
import dev.tcplay.serve.Space;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel gets for an answer, on file systems of all kinds of attributes. */
class FuseTreeTest {

  private static final int UID = 1234;
  private static final String HIDDEN = "/.fuse_hidden0000000500000001";

  @TempDir private Path folder;
  private @Nullable FileSystem opened;
  private FuseTree tree;
  private Path root;

  @AfterEach
  void close() throws Exception {
    tree.close();
    if (opened != null) {
      opened.close();
    }
  }

  private void mount(String kind) throws Exception {
    root =
        switch (kind) {
          case "unix" -> Files.createDirectory(folder.resolve("tree"));
          case "posix" ->
              opened(
                      Jimfs.newFileSystem(
                          Configuration.unix().toBuilder()
                              .setAttributeViews("basic", "owner", "posix")
                              .build()))
                  .getPath("/work");
          case "basic" -> opened(Jimfs.newFileSystem(Configuration.unix())).getPath("/work");
          default -> opened(volume(kind)).getPath("/");
        };
    tree = FuseTree.of(root, new TreeOptions(false, UID, UID, 022));
  }

  private FileSystem opened(FileSystem fileSystem) {
    opened = fileSystem;
    return fileSystem;
  }

  private FileSystem volume(String type) throws Exception {
    Path container = folder.resolve("volume.hc");
    Tcplay.create(container).size(4 << 20).type(type).password("x").pim(1).quick(true).create();
    return Tcplay.open(container).password("x").pim(1).hash("sha512").mount();
  }

  private FileFacts facts(String path) {
    AtomicReference<FileFacts> found = new AtomicReference<>();
    assertEquals(0, tree.getattr(path, found::set), path);
    return found.get();
  }

  private int missing(String path) {
    return tree.getattr(path, facts -> {});
  }

  private long open(String path, StandardOpenOption... flags) {
    AtomicLong handle = new AtomicLong();
    assertEquals(0, tree.open(path, Set.of(flags), handle::set), path);
    return handle.get();
  }

  private long create(String path, StandardOpenOption... flags) {
    AtomicLong handle = new AtomicLong();
    assertEquals(0, tree.create(path, 0644, Set.of(flags), handle::set), path);
    return handle.get();
  }

  private void file(String path, String text) {
    long handle = create(path, WRITE, CREATE_NEW);
    assertEquals(text.length(), write(handle, text, 0));
    assertEquals(0, tree.release(handle));
  }

  private int write(long handle, String text, long position) {
    return tree.write(handle, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), position);
  }

  private String read(long handle) {
    ByteBuffer into = ByteBuffer.allocate(100);
    int length = tree.read(handle, into, 0);
    assertTrue(length >= 0, () -> "error " + length);
    return new String(into.array(), 0, length, StandardCharsets.UTF_8);
  }

  private String text(String path) {
    long handle = open(path, READ);
    try {
      return read(handle);
    } finally {
      tree.release(handle);
    }
  }

  private List<String> list(String path) {
    AtomicLong handle = new AtomicLong();
    assertEquals(0, tree.opendir(path, handle::set));
    List<String> found = new ArrayList<>();
    // One at a time, as if the kernel's buffer were small.
    long[] next = {0};
    for (int before = -1; before < found.size(); ) {
      before = found.size();
      boolean[] full = {false};
      assertEquals(
          0,
          tree.readdir(
              path,
              handle.get(),
              next[0],
              (name, facts, behind) -> {
                if (full[0]) {
                  return false;
                }
                full[0] = true;
                found.add(name);
                next[0] = behind;
                return true;
              }));
    }
    tree.releasedir(handle.get());
    return found.stream().sorted().toList();
  }

  private static int error(ErrorNumber error) {
    return -error.number();
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "posix", "basic", "fat", "exfat"})
  void filesAreMadeWrittenReadListedRenamedAndDeleted(String kind) throws Exception {
    mount(kind);
    assertEquals(0, tree.mkdir("/d", 0755));
    assertEquals(error(ErrorNumber.EEXIST), tree.mkdir("/d", 0755));
    file("/d/a", "abc");
    assertEquals("abc", text("/d/a"));
    assertEquals(List.of(".", "..", "a"), list("/d"));
    assertEquals(3, facts("/d/a").size());
    assertEquals(0100000, facts("/d/a").mode() & 0170000);
    assertEquals(040000, facts("/d").mode() & 0170000);
    assertNotEquals(facts("/d").inode(), facts("/d/a").inode());
    assertEquals(error(ErrorNumber.ENOTEMPTY), tree.rmdir("/d"));
    assertEquals(error(ErrorNumber.ENOTDIR), tree.rmdir("/d/a"));
    assertEquals(error(ErrorNumber.EISDIR), tree.unlink("/d"));
    assertEquals(0, tree.rename("/d/a", "/b", 0));
    assertEquals(error(ErrorNumber.ENOENT), missing("/d/a"));
    assertEquals(0, tree.rmdir("/d"));
    assertEquals(0, tree.unlink("/b"));
    assertEquals(error(ErrorNumber.ENOENT), tree.unlink("/b"));
    assertEquals(List.of(".", ".."), list("/"));
    assertEquals(0, tree.openFiles());
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "posix", "basic", "fat", "exfat"})
  void flagsOfOpenCount(String kind) throws Exception {
    mount(kind);
    file("/a", "abcdef");
    assertEquals(
        error(ErrorNumber.EEXIST),
        tree.create("/a", 0644, Set.of(WRITE, CREATE_NEW), handle -> {}));
    long appender = open("/a", WRITE, APPEND);
    assertEquals(2, write(appender, "gh", 0));
    assertEquals("abcdefgh", text("/a"));
    assertEquals(0, tree.release(appender));
    long truncated = open("/a", READ, WRITE, TRUNCATE_EXISTING);
    assertEquals("", read(truncated));
    assertEquals(3, write(truncated, "xyz", 2));
    assertEquals("\0\0xyz", read(truncated));
    assertEquals(0, tree.truncate("/a", truncated, 3));
    assertEquals(0, tree.truncate("/a", 0, 4));
    assertEquals("\0\0x\0", read(truncated));
    assertEquals(0, tree.flush(truncated));
    assertEquals(0, tree.fsync(truncated, true));
    assertEquals(0, tree.fsync(truncated, false));
    assertEquals(0, tree.fsyncdir("/"));
    tree.release(truncated);
    long made = create("/b", READ, CREATE);
    assertEquals("", read(made));
    tree.release(made);
    assertEquals(error(ErrorNumber.EBADF), tree.flush(made));
    assertEquals(error(ErrorNumber.EBADF), tree.read(made, ByteBuffer.allocate(1), 0));
    long reader = open("/a", READ);
    assertEquals(error(ErrorNumber.EBADF), write(reader, "x", 0));
    tree.release(reader);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "posix", "basic", "fat", "exfat"})
  void aDeletedFileIsUsedOnAndLeavesNoOtherName(String kind) throws Exception {
    mount(kind);
    file("/a", "abc");
    long handle = open("/a", READ, WRITE);
    assertEquals(0, tree.rename("/a", HIDDEN, 0));
    assertEquals(List.of(".", ".."), list("/"));
    assertEquals(5, write(handle, "12345", 0));
    assertEquals("12345", read(handle));
    assertEquals(5, facts(HIDDEN).size());
    assertEquals(0, facts(HIDDEN).links());
    assertEquals(0, tree.utimens(HIDDEN, null, Instant.ofEpochSecond(1_000_000_000)));
    assertEquals(Instant.ofEpochSecond(1_000_000_000), facts(HIDDEN).modified());
    assertEquals(0, tree.truncate(HIDDEN, 0, 2));
    long second = open(HIDDEN, READ);
    assertEquals("12", read(second));
    assertEquals(0, tree.release(second));
    assertEquals("12", read(handle));
    assertEquals(0, tree.chmod(HIDDEN, 0600));
    file("/a", "new");
    assertEquals("12", read(handle));
    assertEquals(0, tree.release(handle));
    assertEquals(0, tree.unlink(HIDDEN));
    assertEquals(error(ErrorNumber.ENOENT), missing(HIDDEN));
    assertEquals("new", text("/a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "posix", "basic", "fat", "exfat"})
  void aDirectoryStaysWhileAFileIsOpenThatWasInIt(String kind) throws Exception {
    mount(kind);
    assertEquals(0, tree.mkdir("/d", 0755));
    assertEquals(0, tree.mkdir("/empty", 0755));
    file("/d/a", "abc");
    long handle = open("/d/a", READ);
    assertEquals(0, tree.rename("/d/a", "/d" + HIDDEN, 0));
    assertEquals(List.of(".", ".."), list("/d"));
    assertEquals(error(ErrorNumber.EBUSY), tree.rmdir("/d"));
    assertEquals(error(ErrorNumber.EBUSY), tree.rename("/empty", "/d", 0));
    assertEquals(0, tree.rename("/d", "/e", 0));
    assertEquals(3, facts("/e" + HIDDEN).size());
    assertEquals("abc", read(handle));
    assertEquals(error(ErrorNumber.EBUSY), tree.rmdir("/e"));
    assertEquals(0, tree.mkdir("/d", 0755));
    assertEquals(0, tree.rmdir("/d"));
    assertEquals(0, tree.release(handle));
    assertEquals(0, tree.unlink("/e" + HIDDEN));
    assertEquals(0, tree.rmdir("/e"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "posix", "basic", "fat", "exfat"})
  void aRenameReplacesWhatIsOfItsKind(String kind) throws Exception {
    mount(kind);
    file("/a", "a");
    file("/b", "b");
    assertEquals(error(ErrorNumber.EEXIST), tree.rename("/a", "/b", 1));
    assertEquals(error(ErrorNumber.EINVAL), tree.rename("/a", "/b", 2));
    assertEquals(0, tree.rename("/a", "/b", 0));
    assertEquals("a", text("/b"));
    tree.mkdir("/d", 0755);
    tree.mkdir("/e", 0755);
    assertEquals(error(ErrorNumber.EISDIR), tree.rename("/b", "/d", 0));
    assertEquals(error(ErrorNumber.ENOTDIR), tree.rename("/d", "/b", 0));
    assertEquals(0, tree.rename("/b", "/e/b", 0));
    assertEquals(error(ErrorNumber.ENOTEMPTY), tree.rename("/d", "/e", 0));
    assertEquals(0, tree.rename("/e", "/f", 0));
    assertEquals("a", text("/f/b"));
    assertEquals(0, tree.rename("/f", "/d", 0));
    assertEquals("a", text("/d/b"));
    assertEquals(error(ErrorNumber.ENOENT), tree.rename("/f", "/g", 0));
    assertEquals(error(ErrorNumber.EINVAL), tree.rename("/d", "/d/x", 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "posix", "basic", "fat", "exfat"})
  void timesAreSetOneByOneAndOutliveTheHandle(String kind) throws Exception {
    mount(kind);
    long handle = create("/a", WRITE, CREATE_NEW);
    assertEquals(1, write(handle, "a", 0));
    Instant then = Instant.ofEpochSecond(1_000_000_000);
    assertEquals(0, tree.utimens("/a", null, then));
    assertEquals(0, tree.flush(handle));
    assertEquals(0, tree.release(handle));
    assertEquals(then, facts("/a").modified());
    assertEquals(0, tree.utimens("/a", then, null));
    assertEquals(then, facts("/a").modified());
    // FAT keeps the day of an access alone.
    assertTrue(facts("/a").accessed().isBefore(then.plusSeconds(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "posix", "basic", "fat", "exfat"})
  void aNameLikeLibfusesIsAnyName(String kind) throws Exception {
    mount(kind);
    file("/a", "abc");
    assertEquals(0, tree.rename("/a", HIDDEN, 0));
    assertEquals(List.of(".", "..", HIDDEN.substring(1)), list("/"));
    assertEquals("abc", text(HIDDEN));
    assertEquals(0, tree.unlink(HIDDEN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "posix", "basic", "fat", "exfat"})
  void wildTimesAndSizesAreTakenOrInvalid(String kind) throws Exception {
    mount(kind);
    file("/a", "abc");
    for (Instant wild : List.of(Instant.MAX, Instant.MIN, Instant.ofEpochSecond(1L << 40))) {
      int result = tree.utimens("/a", wild, wild);
      assertTrue(result == 0 || result == error(ErrorNumber.EINVAL), () -> wild + ": " + result);
      assertEquals(3, facts("/a").size());
    }
    assertTrue(tree.truncate("/a", 0, -1) < 0);
    long handle = open("/a", READ, WRITE);
    assertTrue(tree.read(handle, ByteBuffer.allocate(1), -1) < 0);
    assertTrue(tree.read(handle, ByteBuffer.allocate(1), Long.MAX_VALUE) <= 0);
    tree.release(handle);
    assertEquals("abc", text("/a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fat", "exfat"})
  void permissionsAreThoseOfVfat(String kind) throws Exception {
    mount(kind);
    file("/a", "a");
    assertEquals(0100755, facts("/a").mode());
    assertEquals(UID, facts("/a").uid());
    assertEquals(0, tree.chmod("/a", 0644));
    assertEquals(0100755, facts("/a").mode());
    assertEquals(0, tree.chmod("/a", 0555));
    assertEquals(0100555, facts("/a").mode());
    assertTrue((Boolean) Files.getAttribute(root.resolve("a"), "dos:readonly"));
    assertEquals(0, tree.chmod("/a", 0500));
    assertEquals(0100555, facts("/a").mode());
    assertEquals(error(ErrorNumber.EPERM), tree.chmod("/a", 04755));
    assertEquals(0, tree.chown("/a", UID, -1));
    assertEquals(error(ErrorNumber.EPERM), tree.chown("/a", 0, -1));
    assertEquals(error(ErrorNumber.EPERM), tree.symlink("a", "/l"));
    file("/b", "b");
    assertEquals(0, tree.rename("/b", "/a", 0), "a file that is replaced need not be writable");
    assertEquals("b", text("/a"));
    assertEquals(0, tree.chmod("/a", 0555));
    assertEquals(0, tree.unlink("/a"), "nor one that is deleted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "posix"})
  void permissionsAndLinksAreKeptWhereTheyAre(String kind) throws Exception {
    mount(kind);
    file("/a", "a");
    assertEquals(0, tree.chmod("/a", 0100640));
    assertEquals(0100640, facts("/a").mode());
    assertEquals(0, tree.symlink("some/where", "/l"));
    Map<String, String> read = new LinkedHashMap<>();
    assertEquals(0, tree.readlink("/l", target -> read.put("l", target)));
    assertEquals(Map.of("l", "some/where"), read);
    assertEquals(0120000, facts("/l").mode() & 0170000);
    assertEquals(error(ErrorNumber.EINVAL), tree.readlink("/a", target -> {}));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "fat", "exfat"})
  void namesThatCannotBeAreRefused(String kind) throws Exception {
    mount(kind);
    assertEquals(error(ErrorNumber.EINVAL), tree.mkdir("/caf\uFFFD", 0755));
    assertEquals(error(ErrorNumber.ENAMETOOLONG), tree.mkdir("/" + "a".repeat(300), 0755));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fat", "exfat"})
  void namesThatTheVolumeRefusesAreNoArguments(String kind) throws Exception {
    mount(kind);
    assertEquals(error(ErrorNumber.EINVAL), tree.mkdir("/a:b", 0755));
    assertEquals(
        error(ErrorNumber.EINVAL), tree.create("/a?", 0644, Set.of(WRITE, CREATE), handle -> {}));
    assertEquals(error(ErrorNumber.ENOENT), missing("/a:b"));
    assertEquals(0, tree.mkdir("/\u4F60\u597D \uD83D\uDE00", 0755));
    assertEquals(List.of(".", "..", "\u4F60\u597D \uD83D\uDE00"), list("/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fat", "exfat"})
  void aFullVolumeSaysSoAndIsCountedExactly(String kind) throws Exception {
    mount(kind);
    AtomicReference<Space> space = new AtomicReference<>();
    assertEquals(0, tree.statfs(space::set));
    assertEquals(
        Files.getFileStore(root).getTotalSpace(), space.get().blocks() * space.get().blockSize());
    long handle = create("/a", WRITE, CREATE_NEW);
    ByteBuffer block = ByteBuffer.allocate(1 << 16);
    int result = 0;
    for (long position = 0; result >= 0; position += block.capacity()) {
      result = tree.write(handle, block.clear(), position);
    }
    assertEquals(error(ErrorNumber.ENOSPC), result);
    assertTrue(
        List.of(error(ErrorNumber.ENOSPC), error(ErrorNumber.EFBIG))
            .contains(tree.truncate("/a", handle, facts("/a").size() + (1 << 18))));
    assertEquals(0, tree.release(handle));
    assertEquals(0, tree.unlink("/a"));
    AtomicReference<Space> after = new AtomicReference<>();
    assertEquals(0, tree.statfs(after::set));
    assertEquals(space.get(), after.get());
  }
}
