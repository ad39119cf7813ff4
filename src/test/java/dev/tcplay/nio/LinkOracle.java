package dev.tcplay.nio;

import example.toyfs.ToyDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A tree with symbolic and hard links, and what is done with them. */
final class LinkOracle {

  static final List<String> PATHS =
      List.of(
          "to-text",
          "absolute",
          "chain",
          "to-dir",
          "to-dir/data.bin",
          "to-dir/../text",
          "to-sub/..",
          "to-sub/../data.bin",
          "to-sub/../../text",
          "dir/up",
          "dir/up/x",
          "to-void",
          "to-void/new",
          "dangling",
          "dangling/x",
          "over",
          "loop",
          "self",
          "loop/x",
          "hard",
          "text",
          "dir",
          "missing");

  private final Oracle oracle = new Oracle();

  /** Adds an operation, before which the links are made. */
  void add(String name, Oracle.Operation operation) {
    oracle.add(
        name,
        root -> {
          makeLinks(root);
          return operation.on(root);
        });
  }

  private static void makeLinks(Path root) throws IOException {
    link(root, "to-text", "text");
    link(root, "chain", "to-text");
    link(root, "to-dir", "./dir");
    link(root, "to-sub", "dir/sub dir");
    link(root, "to-void", "void");
    link(root, "dir/up", "../text");
    link(root, "dangling", "nothing");
    link(root, "over", "missing/new");
    link(root, "loop", "loop2");
    link(root, "loop2", "loop");
    link(root, "self", "self/x");
    link(root, "dir/circle", "../dir");
    Files.createSymbolicLink(root.resolve("absolute"), root.resolve("dir/data.bin"));
    Files.createSymbolicLink(root.resolve("slash"), root.getFileSystem().getPath("text", "."));
    Files.createLink(root.resolve("hard"), root.resolve("text"));
  }

  static void link(Path root, String name, String target) throws IOException {
    Files.createSymbolicLink(root.resolve(name), root.getFileSystem().getPath(target));
  }

  /** Returns a test of each operation, in a folder of the default file system and in a volume. */
  Stream<DynamicTest> writing(Path folder) throws IOException {
    return oracle.writing(
        folder, DrivenVolumes.mount(new ToyDriver(), Optional.empty(), 4096).getPath("/"));
  }
}
