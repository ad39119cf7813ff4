package dev.tcplay.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The suites of others fail on our file systems where docs/nio-contract.md says so, and nowhere
 * else. The system property {@code tcplay.foreign} has their slow tests run too, and has all run on
 * jimfs and the default file system, for the counts.
 */
@Execution(ExecutionMode.CONCURRENT)
class ForeignSuitesIT {

  private static final boolean ALL = Boolean.getBoolean("tcplay.foreign");
  private static final Path TABLE = Path.of("docs/nio-contract.md");
  private static final int MINUTES = 20;
  private static final int MOST_FAILURES = 6;

  @TempDir Path folder;

  /**
   * What came of a test.
   *
   * @param outcome passed, failed or skipped
   */
  private record Result(String suite, String test, String outcome) {}

  @ParameterizedTest
  @EnumSource
  void nothingFailsButWhatIsKnown(Subject provider) throws Exception {
    if (provider.isOurs() || ALL) {
      List<Result> results = run(provider, "first");
      if (provider.isOurs() && !unknown(provider, results).isEmpty()) {
        results = run(provider, "second"); // a machine that is busy makes tests of watches late
      }
      count(provider, results);
      if (provider.isOurs()) {
        judge(provider, results);
      }
    }
  }

  private List<Result> run(Subject provider, String turn) throws Exception {
    Path output = folder.resolve(turn + ".txt");
    Path home = Files.createDirectory(folder.resolve(turn));
    Process suites =
        ChildJvm.start(List.of("-ea", "-Xmx1g"), output, ForeignSuites.class, provider, home, ALL);
    try {
      assertTrue(suites.waitFor(MINUTES, TimeUnit.MINUTES), "no end of it");
    } finally {
      suites.destroyForcibly();
    }
    String text = Files.readString(output);
    assertEquals(0, suites.exitValue(), text);
    List<Result> results =
        text.lines()
            .filter(line -> line.startsWith(ForeignSuites.MARK))
            .map(line -> line.split("\t", -1))
            .map(cells -> new Result(cells[1], cells[2], cells[3]))
            .toList();
    assertTrue(results.size() > 500, text);
    return results;
  }

  /** Prints the lines of the table of counts. */
  private static void count(Subject provider, List<Result> results) {
    Map<String, Map<String, Long>> counts =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    Result::suite,
                    TreeMap::new,
                    Collectors.groupingBy(Result::outcome, TreeMap::new, Collectors.counting())));
    counts.forEach(
        (suite, outcomes) -> System.out.println(provider + " " + suite + " " + outcomes));
    results.stream()
        .filter(result -> result.outcome.equals("failed"))
        .forEach(result -> System.out.println(provider + " fails " + result.test));
  }

  private static void judge(Subject provider, List<Result> results) throws Exception {
    Set<String> known = known(provider);
    assertTrue(known.size() <= MOST_FAILURES, known::toString);
    Set<String> passed = tests(results, "passed");
    passed.retainAll(known);
    assertEquals(Set.of(), unknown(provider, results), "not known to fail");
    assertEquals(Set.of(), passed, "known to fail, and passed");
  }

  private static Set<String> unknown(Subject provider, List<Result> results) throws Exception {
    Set<String> failed = tests(results, "failed");
    failed.removeAll(known(provider));
    return failed;
  }

  private static Set<String> tests(List<Result> results, String outcome) {
    return results.stream()
        .filter(result -> result.outcome.equals(outcome))
        .map(Result::test)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Reads {@code | test | provider, provider from Java 21 | reason |}. */
  private static Set<String> known(Subject provider) throws Exception {
    Set<String> names = new TreeSet<>(Set.of(provider.toString()));
    if (Runtime.version().feature() >= 21) {
      names.add(provider + " from Java 21");
    }
    Set<String> known = new TreeSet<>();
    for (String line : Files.readAllLines(TABLE)) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 5
          && cells[1].strip().startsWith("`test")
          && !Collections.disjoint(List.of(cells[2].strip().split(", ")), names)) {
        known.add(cells[1].strip().replace("`", ""));
      }
    }
    return known;
  }
}
