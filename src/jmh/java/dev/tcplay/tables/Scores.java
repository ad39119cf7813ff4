package dev.tcplay.tables;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What one run of JMH gave, to be asked by a benchmark's method and the values of its parameters.
 */
final class Scores {

  private final Collection<RunResult> results;

  private Scores(Collection<RunResult> results) {
    this.results = results;
  }

  /** Returns options for the methods of a benchmark whose names match. */
  static ChainedOptionsBuilder options(Class<?> benchmark, String methods) {
    String pattern = "^" + benchmark.getName().replace(".", "\\.") + "\\.(" + methods + ")$";
    return new OptionsBuilder()
        .include(pattern)
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true);
  }

  /** Runs benchmarks, or only tries whether they run, if {@link Tables#QUICK}. */
  static Scores of(ChainedOptionsBuilder options) throws RunnerException {
    if (Tables.QUICK) {
      options.warmupIterations(0).measurementIterations(1).forks(1);
    }
    return new Scores(new Runner(options.build()).run());
  }

  /** Returns the median of what was measured. */
  double median(String method, String... values) {
    return result(method, values).getPrimaryResult().getStatistics().getPercentile(50);
  }

  /** Returns the result of a method, all of whose given values are among its parameters. */
  RunResult result(String method, String... values) {
    return results.stream()
        .filter(result -> result.getParams().getBenchmark().endsWith("." + method))
        .filter(result -> values(result.getParams()).containsAll(List.of(values)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + method + List.of(values)));
  }

  private static List<String> values(BenchmarkParams params) {
    return params.getParamsKeys().stream().map(params::getParam).toList();
  }
}
