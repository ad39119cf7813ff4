package dev.tcplay.serve.fuse.tree;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.Tcplay;
import dev.tcplay.serve.Space;
import dev.tcplay.testing.FailingFiles;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel is told of files: times, permissions, names, room. */
class FuseFactsTest extends KernelTree {

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

  @Test
  void pipesAndDevicesOfAnArchiveAreNoRegularFiles() throws Exception {
    Path archive = folder.resolve("a.tar");
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
      for (byte type : new byte[] {TarConstants.LF_FIFO, TarConstants.LF_CHR}) {
        tar.putArchiveEntry(new TarArchiveEntry("special" + (char) type, type));
        tar.closeArchiveEntry();
      }
      tar.putArchiveEntry(new TarArchiveEntry("empty"));
      tar.closeArchiveEntry();
    }
    mount(opened(Tcplay.open(archive).format("plain").mount()).getPath("/"));
    assertEquals(0010000, facts("/special6").mode() & 0170000);
    assertEquals(0010000, facts("/special3").mode() & 0170000);
    assertEquals(0100000, facts("/empty").mode() & 0170000);
  }

  /** As on disks: who asks for the entry itself learns what is wrong with it. */
  @Test
  void aDirectoryIsListedWithEntriesThatCannotBeRead() throws Exception {
    FileSystem memory = opened(Jimfs.newFileSystem(Configuration.unix()));
    Path top = memory.getPath("/work");
    for (String name : List.of("a", FailingFiles.BROKEN, FailingFiles.VANISHING, "z")) {
      Files.writeString(top.resolve(name), "text");
    }
    mount(new FailingFiles(memory).wrapPath(top));
    assertEquals(error(ErrorNumber.EIO), missing("/" + FailingFiles.BROKEN));
    assertEquals(0, missing("/" + FailingFiles.VANISHING));
    Map<String, FileFacts> listed = new LinkedHashMap<>();
    AtomicLong handle = new AtomicLong();
    assertEquals(0, tree.opendir("/", handle::set));
    int answer =
        tree.readdir("/", handle.get(), 0, (name, facts, next) -> listed.put(name, facts) == null);
    assertEquals(0, answer);
    assertEquals(Set.of(".", "..", "a", FailingFiles.BROKEN, "z"), listed.keySet());
    assertEquals(FileFacts.UNKNOWN, listed.get(FailingFiles.BROKEN));
    assertEquals(facts("/z"), listed.get("z"));
    assertTrue(facts("/z").isKnown());
  }
}
