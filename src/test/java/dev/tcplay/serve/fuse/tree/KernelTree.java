package dev.tcplay.serve.fuse.tree;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tcplay.Tcplay;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A tree as the kernel gets it, on file systems of all kinds of attributes. */
abstract class KernelTree {

  static final int UID = 1234;
  static final String HIDDEN = "/.fuse_hidden0000000500000001";

  @TempDir Path folder;
  private @Nullable FileSystem opened;
  FuseTree tree;
  Path root;

  @AfterEach
  void close() throws Exception {
    tree.close();
    if (opened != null) {
      opened.close();
    }
  }

  void mount(String kind) throws Exception {
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
    mount(root);
  }

  void mount(Path directory) throws IOException {
    tree = FuseTree.of(directory, new TreeOptions(false, UID, UID, 022));
  }

  FileSystem opened(FileSystem fileSystem) {
    opened = fileSystem;
    return fileSystem;
  }

  private FileSystem volume(String type) throws Exception {
    Path container = folder.resolve("volume.hc");
    Tcplay.create(container).size(4 << 20).type(type).password("x").pim(1).quick(true).create();
    return Tcplay.open(container).password("x").pim(1).hash("sha512").mount();
  }

  FileFacts facts(String path) {
    AtomicReference<FileFacts> found = new AtomicReference<>();
    assertEquals(0, tree.getattr(path, found::set), path);
    return found.get();
  }

  int missing(String path) {
    return tree.getattr(path, facts -> {});
  }

  long open(String path, StandardOpenOption... flags) {
    AtomicLong handle = new AtomicLong();
    assertEquals(0, tree.open(path, Set.of(flags), handle::set), path);
    return handle.get();
  }

  long create(String path, StandardOpenOption... flags) {
    AtomicLong handle = new AtomicLong();
    assertEquals(0, tree.create(path, 0644, Set.of(flags), handle::set), path);
    return handle.get();
  }

  void file(String path, String text) {
    long handle = create(path, WRITE, CREATE_NEW);
    assertEquals(text.length(), write(handle, text, 0));
    assertEquals(0, tree.release(handle));
  }

  int write(long handle, String text, long position) {
    return tree.write(handle, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), position);
  }

  String read(long handle) {
    ByteBuffer into = ByteBuffer.allocate(100);
    int length = tree.read(handle, into, 0);
    assertTrue(length >= 0, () -> "error " + length);
    return new String(into.array(), 0, length, StandardCharsets.UTF_8);
  }

  String text(String path) {
    long handle = open(path, READ);
    try {
      return read(handle);
    } finally {
      tree.release(handle);
    }
  }

  List<String> list(String path) {
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

  static int error(ErrorNumber error) {
    return -error.number();
  }
}
