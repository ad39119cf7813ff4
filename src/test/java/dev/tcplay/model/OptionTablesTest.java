package dev.tcplay.model;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** docs/reference.md and the Javadoc of the options show the one table of options, row by row. */
class OptionTablesTest {

  private static final Path JAVADOC =
      Path.of("src/main/java/dev/tcplay/model/ContainerOptions.java");

  @Test
  void theReferenceHasTheTable() throws IOException {
    assertTable(
        Path.of("docs/reference.md"),
        "| key | type | meaning | if absent |\n|---|---|---|---|\n",
        "\n\n",
        OptionTablesTest::markdown);
  }

  @Test
  void theJavadocHasTheTable() throws IOException {
    assertTable(
        JAVADOC,
        " *   <tr><th>key</th><th>type</th><th>meaning</th><th>if absent</th></tr>\n",
        " * </table>",
        OptionTablesTest::javadoc);
  }

  @Test
  void everyOptionHasAConstantOfItsName() throws Exception {
    for (ContainerOption option : ContainerOption.values()) {
      assertEquals(option.key(), ContainerOptions.class.getField(option.name()).get(null));
    }
    assertEquals(ContainerOption.values().length, ContainerOptions.class.getFields().length);
  }

  private static void assertTable(
      Path file, String head, String end, Function<ContainerOption, String> row)
      throws IOException {
    String text = Files.readString(file);
    int start = text.indexOf(head);
    assertTrue(start >= 0, file + " has no table of options");
    int rows = start + head.length();
    String shown = text.substring(rows, text.indexOf(end, rows)).stripTrailing();
    String wanted = Arrays.stream(ContainerOption.values()).map(row).collect(joining("\n"));
    assertEquals(wanted, shown, file + " must show the options as ContainerOption has them");
  }

  private static String markdown(ContainerOption option) {
    String absent = option.absent().isEmpty() ? "" : option.absent() + " ";
    return "| `%s` | %s | %s | %s|"
        .formatted(option.key(), option.type(), option.meaning(), absent);
  }

  private static String javadoc(ContainerOption option) {
    return " *   <tr><td>{@link #%s}</td><td>%s</td><td>%s</td><td>%s</td></tr>"
        .formatted(
            option.name(), html(option.type()), html(option.meaning()), html(option.absent()));
  }

  private static String html(String markdown) {
    return markdown.replaceAll("`([^`]*)`", "{@code $1}");
  }
}
