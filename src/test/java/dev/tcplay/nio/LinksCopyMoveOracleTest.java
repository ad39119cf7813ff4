package dev.tcplay.nio;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Links are copied and moved, and lead copies and moves, as on the default file system. */
class LinksCopyMoveOracleTest {

  @TempDir static Path folder;

  private final LinkOracle links = new LinkOracle();

  @TestFactory
  Stream<DynamicTest> linksWorkAsOnTheDefaultFileSystem() throws IOException {
    options().forEach(this::copyAndMove);
    return links.writing(folder);
  }

  private void copyAndMove(String how, CopyOption... options) {
    for (String source :
        List.of("to-text", "to-dir", "dangling", "hard", "to-dir/data.bin", "loop")) {
      for (String target :
          List.of(
              "new", "text", "to-text", "to-void", "to-void/new", "dangling", "dir/up", "void")) {
        String what = source + " to " + target + ", " + how;
        boolean itself = source.equals(target) && how.equals("replace");
        // The JDK deletes the link and then misses it, before it has copied what it led to.
        if (!List.of(options).contains(ATOMIC_MOVE) && !itself) {
          links.add(
              "copy " + what,
              root ->
                  root.relativize(Files.copy(root.resolve(source), root.resolve(target), options)));
        }
        if (!List.of(options).contains(COPY_ATTRIBUTES)) {
          links.add(
              "move " + what,
              root ->
                  root.relativize(Files.move(root.resolve(source), root.resolve(target), options)));
        }
      }
    }
  }

  private static Map<String, CopyOption[]> options() {
    Map<String, CopyOption[]> options = new LinkedHashMap<>();
    options.put("no options", new CopyOption[0]);
    options.put("replace", new CopyOption[] {REPLACE_EXISTING});
    options.put("no links", new CopyOption[] {NOFOLLOW_LINKS});
    options.put("no links, replace", new CopyOption[] {NOFOLLOW_LINKS, REPLACE_EXISTING});
    options.put("attributes", new CopyOption[] {COPY_ATTRIBUTES});
    options.put("no links, attributes", new CopyOption[] {COPY_ATTRIBUTES, NOFOLLOW_LINKS});
    options.put("atomic", new CopyOption[] {ATOMIC_MOVE});
    return options;
  }
}
