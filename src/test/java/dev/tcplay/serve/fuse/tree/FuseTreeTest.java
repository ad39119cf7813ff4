package dev.tcplay.serve.fuse.tree;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel gets for an answer about files and their contents. */
class FuseTreeTest extends KernelTree {

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
  void aNameLikeLibfusesIsAnyName(String kind) throws Exception {
    mount(kind);
    file("/a", "abc");
    assertEquals(0, tree.rename("/a", HIDDEN, 0));
    assertEquals(List.of(".", "..", HIDDEN.substring(1)), list("/"));
    assertEquals("abc", text(HIDDEN));
    assertEquals(0, tree.unlink(HIDDEN));
  }
}
