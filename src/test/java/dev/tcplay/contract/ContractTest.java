package dev.tcplay.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What docs/nio-contract.md answers to each point of the contract is what comes of its case. */
class ContractTest {

  private static final Path TABLE = Path.of("docs/nio-contract.md");
  private static final int POINTS = 105;

  /** What begins the note of a point that cannot be tried on a file system. */
  private static final String NO_CASE = "No case: ";

  @TempDir Path folder;

  /** A row of the table. */
  private record Row(Map<Kind, Answer> answers, String note) {}

  private static List<Case> cases() {
    return Stream.of(
            OpeningCases.all(),
            ClosingCases.all(),
            OpenOptionCases.all(),
            TreeCases.all(),
            TransferCases.all(),
            AccessCases.all(),
            ChannelCases.all(),
            SharedChannelCases.all(),
            PathCases.all(),
            AttributeCases.all(),
            StoreCases.all(),
            ConsumerCases.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Reads {@code | number | point | judge | FAT | exFAT | toy | note |}. */
  private static Map<String, Row> table() throws Exception {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(TABLE)) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 9 && cells[1].strip().matches("\\d+[a-c]?")) {
        Map<Kind, Answer> answers = new EnumMap<>(Kind.class);
        int cell = 3;
        for (Kind kind : Kind.values()) {
          answers.put(kind, Answer.of(cells[cell++].strip()));
        }
        Row row = new Row(answers, cells[7].strip());
        assertEquals(null, rows.put(cells[1].strip(), row), "twice: " + line);
      }
    }
    return rows;
  }

  @Test
  void everyPointHasARow() throws Exception {
    Set<String> points = new TreeSet<>(Set.of("55a", "55b", "55c"));
    IntStream.rangeClosed(1, POINTS).mapToObj(String::valueOf).forEach(points::add);
    assertEquals(points, new TreeSet<>(table().keySet()));
  }

  @Test
  void everyRowHasACaseOrSaysWhyNot() throws Exception {
    Map<String, Row> rows = table();
    for (Case each : cases()) {
      Row row = rows.remove(each.number());
      assertTrue(row != null && !row.note.startsWith(NO_CASE), each.number());
    }
    rows.forEach(
        (number, row) -> {
          assertTrue(row.note.startsWith(NO_CASE), "no case and no reason: " + number);
          assertEquals(Set.of(Answer.NONE), Set.copyOf(row.answers.values()), number);
        });
  }

  @TestFactory
  Stream<DynamicTest> everyAnswerIsTrue() throws Exception {
    Map<String, Row> rows = table();
    return cases().stream()
        .flatMap(
            each ->
                Stream.of(Kind.values())
                    .map(
                        kind ->
                            DynamicTest.dynamicTest(
                                each.number() + " " + kind,
                                () -> check(each, kind, rows.get(each.number())))));
  }

  private void check(Case each, Kind kind, Row row) throws Exception {
    Answer answer = Answer.NONE;
    Throwable reason = null;
    if (each.kinds().contains(kind)) {
      Path host = Files.createDirectory(folder.resolve(each.number() + kind));
      try (Place place = new Place(host, kind, each.caseless())) {
        each.check().on(place);
        answer = Answer.YES;
      } catch (Case.NotOffered e) {
        answer = Answer.NOT_OFFERED;
      } catch (AssertionError | Exception e) {
        answer = Answer.NO;
        reason = e;
      }
    }
    if (row.answers.get(kind) != answer) {
      throw new AssertionError(
          "%s on %s: the table says %s, it is %s"
              .formatted(each.number(), kind, row.answers.get(kind), answer),
          reason);
    }
  }
}
