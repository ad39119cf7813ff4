package dev.tcplay.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of the documentation and the samples fit together. */
class PagesTest {

  private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)(?:#([^)]*))?\\)");
  private static final Pattern VERSION =
      Pattern.compile(
          "tcplay-nio(?:</artifactId>\\s*<version>|[:-])(\\d[0-9A-Za-z.-]*?)(?=<|'|\\.jar)");

  /** Returns the anchors of a page's headings, as GitHub makes them. */
  private static Set<String> anchors(Page page) {
    return page.prose().stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken =
        Page.all().stream()
            .flatMap(
                page ->
                    LINK.matcher(String.join("\n", page.prose()))
                        .results()
                        .filter(link -> !link.group(1).contains("://"))
                        .filter(link -> !leads(page, link))
                        .map(link -> page + ": " + link.group()))
            .toList();
    assertEquals(List.of(), broken);
  }

  private static boolean leads(Page page, MatchResult link) {
    Path file = page.file();
    if (!link.group(1).isEmpty()) {
      file = file.resolveSibling(link.group(1)).normalize();
    }
    if (!Files.exists(file)) {
      return false;
    }
    try {
      return link.group(2) == null || anchors(Page.read(file.toString())).contains(link.group(2));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void everySampleIsInBothListsOfThem() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String own = Files.readString(Path.of("samples/README.md"));
    try (Stream<Path> folders = Files.list(Path.of("samples"))) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        String name = folder.getFileName().toString();
        assertTrue(own.contains("](" + name), () -> "samples/README.md lacks " + name);
        assertTrue(
            readme.contains("](samples/" + name + ")") || name.equals("tree"),
            () -> "README.md lacks " + name);
      }
    }
  }

  /** Who copies a line from a page gets the version that the page is about. */
  @Test
  void everyPlaceThatNamesTheLibraryHasTheVersionOfTheBuild() throws IOException {
    Matcher built =
        Pattern.compile("<artifactId>tcplay-nio</artifactId>\\s*<version>([^<]*)<")
            .matcher(Files.readString(Path.of("pom.xml")));
    assertTrue(built.find());
    Set<String> named = new TreeSet<>();
    int places = 0;
    try (Stream<Path> files = Files.walk(Path.of("samples"))) {
      List<Path> all =
          Stream.concat(files.filter(PagesTest::isText), Stream.of(Path.of("README.md"))).toList();
      for (Path file : all) {
        for (Matcher found = VERSION.matcher(Files.readString(file)); found.find(); places++) {
          named.add(found.group(1));
        }
      }
    }
    assertTrue(places >= 5, "found only " + places);
    assertEquals(Set.of(built.group(1)), named);
  }

  private static boolean isText(Path file) {
    return !file.startsWith("samples/tree")
        && Files.isRegularFile(file)
        && file.toString().matches(".*\\.(md|xml|gradle|config|java)");
  }
}
