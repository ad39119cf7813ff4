package dev.tcplay.nio;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Copies and moves in one volume end as on the default file system. */
class CopyMoveOracleTest {

  @TempDir static Path folder;

  private final Oracle oracle = new Oracle();

  @TestFactory
  Stream<DynamicTest> copiesAndMovesEndAsOnTheDefaultFileSystem() throws IOException {
    options()
        .forEach(
            (name, options) -> {
              for (String source : List.of("text", "dir", "void", "missing", "dir/sub dir")) {
                for (String target :
                    List.of(
                        "text",
                        "./dir/../text",
                        "empty",
                        "new",
                        "dir",
                        "void",
                        "void/new",
                        "dir/sub dir/new",
                        "missing/new",
                        "dir/data.bin")) {
                  pair(source, target, name, options);
                }
              }
            });
    return oracle.writing(folder);
  }

  private void pair(String source, String target, String name, CopyOption... options) {
    String what = source + " to " + target + ", " + name;
    oracle.add(
        "copy " + what,
        root -> {
          Path copy = Files.copy(root.resolve(source), root.resolve(target), options);
          return root.relativize(copy);
        });
    boolean itself = source.equals("dir") && target.equals("dir/data.bin");
    if (name.equals("replace") && itself) {
      // The JDK deletes the target, then finds out that the source cannot go there.
      return;
    }
    if (name.startsWith("atomic") && source.equals("missing")) {
      // The JDK names both files, though one is missing.
      return;
    }
    oracle.add(
        "move " + what,
        root -> {
          Path moved = Files.move(root.resolve(source), root.resolve(target), options);
          return root.relativize(moved);
        });
  }

  private static Map<String, CopyOption[]> options() {
    Map<String, CopyOption[]> options = new LinkedHashMap<>();
    options.put("no options", new CopyOption[0]);
    options.put("replace", new CopyOption[] {REPLACE_EXISTING});
    options.put("attributes", new CopyOption[] {COPY_ATTRIBUTES});
    options.put("atomic", new CopyOption[] {ATOMIC_MOVE});
    options.put("atomic, replace", new CopyOption[] {ATOMIC_MOVE, REPLACE_EXISTING});
    options.put("no links", new CopyOption[] {LinkOption.NOFOLLOW_LINKS});
    options.put("null", new CopyOption[] {null});
    options.put("unknown", new CopyOption[] {new CopyOption() {}});
    return options;
  }
}
