package dev.tcplay.tables;

import dev.tcplay.block.BlockBenchmark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Requests through each layer, by one thread and by two: medians, or ratios of them to the
 * channel's.
 */
final class BlockTable implements Tables.Measurement {

  private static final Map<String, String> REQUESTS = new LinkedHashMap<>();

  static {
    REQUESTS.put("randomReadHit", "read 4 KiB, in the cache");
    REQUESTS.put("randomReadMiss", "read 4 KiB, seldom in the cache");
    REQUESTS.put("randomWriteHit", "write 4 KiB, dirty already");
    REQUESTS.put("sequentialRead", "read 1 MiB, in sequence");
    REQUESTS.put("sequentialWrite", "write 1 MiB, in sequence");
  }

  @Override
  public Markdown measure() throws RunnerException {
    List<Scores> scores = List.of(scores(1), scores(2));
    Markdown table =
        new Markdown(
            "1 thread / 2", "channel, µs", "file", "plain", "AES", "cipher, µs", "bytes made");
    REQUESTS.forEach((method, request) -> table.row(row(scores, method, request)));
    return table;
  }

  private static Scores scores(int threads) throws RunnerException {
    return Scores.of(
        Scores.options(BlockBenchmark.class, ".*")
            .mode(Mode.SampleTime)
            .addProfiler(GCProfiler.class)
            .threads(threads)
            .warmupIterations(2)
            .warmupTime(TimeValue.milliseconds(500))
            .measurementIterations(3)
            .measurementTime(TimeValue.milliseconds(500)));
  }

  private static String[] row(List<Scores> scores, String method, String request) {
    List<String> cells = new ArrayList<>(List.of(request));
    cells.add(both(scores, threads -> Markdown.number(threads.median(method, "CHANNEL"))));
    for (String layers : List.of("FILE", "PLAIN", "AES")) {
      cells.add(
          both(
              scores,
              threads ->
                  Markdown.ratio(
                      threads.median(method, layers) / threads.median(method, "CHANNEL"))));
    }
    cells.add(both(scores, threads -> Markdown.number(threads.median(method, "CIPHER"))));
    cells.add("%.0f".formatted(allocated(scores.get(0).result(method, "AES"))));
    return cells.toArray(new String[0]);
  }

  private static String both(List<Scores> scores, Function<Scores, String> cell) {
    return scores.stream().map(cell).collect(Collectors.joining(" / "));
  }

  private static double allocated(RunResult result) {
    return result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
  }
}
