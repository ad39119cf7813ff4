package dev.tcplay.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A page of the documentation, in Markdown.
 *
 * @param file where it is, relative to the project
 * @param lines its lines
 */
public record Page(Path file, List<String> lines) {

  private static final String FENCE = "```";

  /**
   * A fenced block.
   *
   * @param language what stands behind the fence
   * @param line the number of its first line
   * @param text its text
   * @param output the text of a block in the language {@code text} right after it, or nothing
   */
  public record Block(String language, int line, String text, String output) {}

  /** Reads a page. */
  public static Page read(String file) throws IOException {
    return read(Path.of(file));
  }

  private static Page read(Path file) throws IOException {
    return new Page(file, Files.readAllLines(file));
  }

  /** Returns README.md, the pages in docs, and those of the samples. */
  public static List<Page> all() throws IOException {
    List<Path> files = new ArrayList<>(List.of(Path.of("README.md")));
    for (String folder : List.of("docs", "samples")) {
      try (Stream<Path> found = Files.walk(Path.of(folder), 2)) {
        found.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
      }
    }
    List<Page> pages = new ArrayList<>();
    for (Path file : files) {
      if (!file.startsWith("samples/tree")) {
        pages.add(read(file));
      }
    }
    return pages;
  }

  /** Returns the fenced blocks but for those that are the output of another. */
  public List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(FENCE)) {
        int end = end(i);
        boolean followed = end + 2 < lines.size() && lines.get(end + 2).equals(FENCE + "text");
        String language = lines.get(i).substring(FENCE.length());
        boolean runs = !language.equals("text");
        String output = runs && followed ? text(end + 2) : "";
        blocks.add(new Block(language, i + 1, text(i), output));
        i = output.isEmpty() ? end : end(end + 2);
      }
    }
    return blocks;
  }

  /**
   * Returns the cells of the rows of each table that has a head, without the blanks around them.
   */
  public List<List<String>> rows(String head) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = lines.indexOf(head) + 2; i > 1 && i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.startsWith("|")) {
        break;
      }
      rows.add(Stream.of(line.substring(1).split("\\|")).map(String::strip).toList());
    }
    return rows;
  }

  /** Returns the lines outside of fenced blocks. */
  public List<String> prose() {
    List<String> prose = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(FENCE)) {
        i = end(i);
      } else {
        prose.add(lines.get(i));
      }
    }
    return prose;
  }

  private int end(int fence) {
    int end = fence + 1;
    while (!lines.get(end).equals(FENCE)) {
      end++;
    }
    return end;
  }

  private String text(int fence) {
    StringBuilder text = new StringBuilder();
    lines.subList(fence + 1, end(fence)).forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
