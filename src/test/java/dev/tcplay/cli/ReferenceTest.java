package dev.tcplay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.ContainerCreator;
import dev.tcplay.testing.Page;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What docs/reference.md lists is what there is, no more and no less. */
class ReferenceTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/tcplay");
  private static final Pattern OPTION = Pattern.compile("--?[A-Za-z][a-z0-9-]*");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private final Page reference;

  ReferenceTest() throws IOException {
    reference = Page.read("docs/reference.md");
  }

  /** Returns what a pattern finds in texts, of its first group if it has one. */
  private static Set<String> found(Pattern pattern, Stream<String> texts) {
    Set<String> found = new TreeSet<>();
    texts.forEach(
        text -> {
          for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
            found.add(matcher.group(matcher.groupCount()));
          }
        });
    return found;
  }

  private Stream<String> cells(String head, int column) {
    List<List<String>> rows = reference.rows(head);
    assertTrue(rows.size() > 1, () -> "no table " + head);
    return rows.stream().map(row -> row.get(column));
  }

  /** Returns the lines that show how each subcommand is called. */
  private List<String> synopses() {
    return reference.blocks().stream()
        .flatMap(block -> block.text().lines())
        .filter(line -> line.startsWith("tcplay "))
        .toList();
  }

  private static Stream<CommandLine> leaves(CommandLine command) {
    return command.getSubcommands().isEmpty()
        ? Stream.of(command)
        : command.getSubcommands().values().stream().distinct().flatMap(ReferenceTest::leaves);
  }

  private static List<CommandLine> leaves() {
    return leaves(TcplayCommand.create(Terminal.system())).toList();
  }

  @SuppressWarnings("StringSplitter") // no part is empty
  @Test
  void everySubcommandIsListedAndNoOther() {
    Set<String> listed = new TreeSet<>();
    for (String line : synopses()) {
      for (String alternative : line.split(" +")[1].split("\\|")) {
        String name = alternative;
        String next = line.split(" +")[2];
        if (next.matches("[a-z|]+")) {
          Arrays.stream(next.split("\\|")).forEach(each -> listed.add(name + " " + each));
        } else {
          listed.add(name);
        }
      }
    }
    Set<String> known =
        leaves().stream()
            .map(command -> command.getCommandSpec().qualifiedName().substring("tcplay ".length()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(known, listed);
  }

  @Test
  void everyOptionIsListedAndNoOther() {
    Set<String> known = new TreeSet<>();
    for (CommandLine command : leaves()) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        if (!option.hidden()) {
          known.addAll(List.of(option.names()));
          if (option.negatable()) {
            known.add(option.longestName().replaceFirst("--", "--no-"));
          }
        }
      }
    }
    Stream<String> rows = cells("| option | meaning |", 0);
    Set<String> listed = found(OPTION, Stream.concat(rows, synopses().stream()));
    // What the grammar of the synopses writes, and what a word may contain.
    listed.removeIf(name -> name.endsWith("-"));
    assertEquals(known, listed);
  }

  @Test
  void everyExitStatusIsListed() throws Exception {
    Set<String> known = new TreeSet<>(Set.of("129", "130", "143"));
    for (Field status : ExitStatus.class.getDeclaredFields()) {
      known.add(String.valueOf(status.getInt(null)));
    }
    assertEquals(known, found(Pattern.compile("\\d+"), cells("| exit status | means |", 0)));
  }

  @Test
  void everyExceptionThatTheModuleExportsIsListedAndNoOther() throws IOException {
    String module = Files.readString(SOURCES.resolve("../../module-info.java"));
    Set<String> known = new TreeSet<>();
    for (String exported : found(Pattern.compile("exports ([a-z.]+);"), Stream.of(module))) {
      Path folder = Path.of("src/main/java", exported.split("\\."));
      try (Stream<Path> files = Files.list(folder)) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith("Exception.java"))
            .forEach(name -> known.add(name.replace(".java", "")));
      }
    }
    assertEquals(known, found(CODE, cells("| exception | means |", 0)));
  }

  @Test
  void everyMethodThatMakesAContainerIsListedAndNoOther() {
    Set<String> known =
        Arrays.stream(ContainerCreator.class.getMethods())
            .filter(method -> method.getDeclaringClass() != Object.class)
            .map(Method::getName)
            .filter(name -> !name.equals("create"))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> listed =
        found(CODE, cells("| method | meaning | if not called |", 0)).stream()
            .map(name -> name.replaceFirst("\\(.*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(known, listed);
  }

  @Test
  void everySystemPropertyAndVariableIsListed() throws IOException {
    Set<String> known = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String text = Files.readString(file);
        known.addAll(found(Pattern.compile("\"(tcplay\\.[A-Za-z.]*[a-z])\""), Stream.of(text)));
        known.addAll(
            found(Pattern.compile("\"((?:TCPLAY|XDG)_[A-Z_]+|NO_COLOR)\""), Stream.of(text)));
      }
    }
    Pattern variable = Pattern.compile("\\$\\{?((?:TCPLAY|XDG)_[A-Z_]+|HOME|JAVA_HOME)");
    known.addAll(found(variable, Stream.of(Files.readString(Path.of("bin/tcplay")))));
    assertEquals(known, found(CODE, cells("| name | kind | meaning |", 0)));
  }
}
