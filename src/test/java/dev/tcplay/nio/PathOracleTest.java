package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tcplay.fs.NameRules;
import dev.tcplay.testing.Seeds;
import java.io.File;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Paths behave as those of the default file system, which is the judge where it is Unix's. */
class PathOracleTest {

  private static final String[] PIECES = {"a", "b", "ab", ".", "..", "...", "/", "/", "//", ""};

  private final FileSystem ours =
      new MemoryVolume(NameRules.EXACT, MemoryItem.directory("")).mount();
  private final FileSystem judge = FileSystems.getDefault();

  @Test
  void pathsBehaveAsThoseOfUnix() {
    assumeTrue(File.separatorChar == '/', "the default file system is not Unix's");
    Random random = new Random(Seeds.of("PathOracleTest"));
    for (int i = 0; i < 8_000; i++) {
      compare(text(random), text(random), random);
    }
  }

  @Test
  void specialPathsBehaveAsThoseOfUnix() {
    assumeTrue(File.separatorChar == '/', "the default file system is not Unix's");
    List<String> special =
        List.of("", "/", ".", "..", "/.", "/..", "a", "/a", "a/", "../a", "a/..", "./a", "a/.");
    for (String one : special) {
      for (String other : special) {
        compare(one, other, new Random(1));
      }
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(7);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
      if (random.nextBoolean()) {
        text.append('/');
      }
    }
    return text.toString();
  }

  private void compare(String one, String other, Random random) {
    int from = random.nextInt(4) - 1;
    int to = random.nextInt(5) - 1;
    List<Function<Path, Object>> unary =
        List.of(
            Path::toString,
            Path::isAbsolute,
            Path::getRoot,
            Path::getFileName,
            Path::getParent,
            Path::getNameCount,
            Path::normalize,
            path -> path.getName(from),
            path -> path.subpath(from, to),
            path -> path.isAbsolute() ? path.toAbsolutePath() : path,
            PathOracleTest::names,
            path -> path.resolve(other),
            path -> path.resolveSibling(other),
            path -> path.startsWith(other),
            path -> path.endsWith(other),
            path -> path.equals(path.getFileSystem().getPath(other)),
            path -> path.getFileSystem().getPath(one, other, one));
    for (Function<Path, Object> operation : unary) {
      assertEquals(
          outcome(() -> operation.apply(judge.getPath(one))),
          outcome(() -> operation.apply(ours.getPath(one))),
          () -> "operation " + unary.indexOf(operation) + " on \"" + one + "\", \"" + other + '"');
    }
    List<BiFunction<Path, Path, Object>> binary =
        List.of(
            Path::relativize,
            Path::resolve,
            Path::startsWith,
            Path::endsWith,
            Path::equals,
            (a, b) -> Integer.signum(a.compareTo(b)),
            (a, b) -> a.equals(b) == (a.hashCode() == b.hashCode()));
    for (BiFunction<Path, Path, Object> operation : binary) {
      assertEquals(
          outcome(() -> operation.apply(judge.getPath(one), judge.getPath(other))),
          outcome(() -> operation.apply(ours.getPath(one), ours.getPath(other))),
          () -> "operation " + binary.indexOf(operation) + " on \"" + one + "\", \"" + other + '"');
    }
  }

  private static List<String> names(Path path) {
    List<String> names = new ArrayList<>();
    path.forEach(name -> names.add(name.toString()));
    return names;
  }

  private interface Operation {
    Object run();
  }

  /** Returns what came of an operation in a form that does not depend on the provider. */
  private static String outcome(Operation operation) {
    try {
      Object result = operation.run();
      return result instanceof Path path ? "path " + path : String.valueOf(result);
    } catch (RuntimeException e) {
      return e.getClass().getName();
    }
  }
}
