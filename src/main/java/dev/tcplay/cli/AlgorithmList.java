package dev.tcplay.cli;

import dev.tcplay.Tcplay;
import dev.tcplay.model.Algorithm;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;

/**
 * What {@code --cipher help} and {@code --hash help} print in place of what the command does. The
 * parser meets the word before it misses anything, such as FILE.
 */
enum AlgorithmList {
  CIPHERS("cipher"),
  HASHES("hash");

  /** Says that the list is asked for, in the middle of the parsing. */
  static final class Wanted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final AlgorithmList list;

    private Wanted(AlgorithmList list) {
      this.list = list;
    }

    AlgorithmList list() {
      return list;
    }
  }

  /** Reads the value of {@code --cipher}. */
  static final class CipherName implements ITypeConverter<String> {

    @Override
    public String convert(String value) {
      return CIPHERS.nameOrHelp(value);
    }
  }

  /** Reads the value of {@code --hash}. */
  static final class HashName implements ITypeConverter<String> {

    @Override
    public String convert(String value) {
      return HASHES.nameOrHelp(value);
    }
  }

  private static final String HELP = "help";

  private final String title;

  AlgorithmList(String title) {
    this.title = title;
  }

  private List<Algorithm> algorithms() {
    return this == CIPHERS ? Tcplay.ciphers() : Tcplay.hashes();
  }

  private String nameOrHelp(String value) {
    if (value.equalsIgnoreCase(HELP)) {
      throw new Wanted(this);
    }
    return value;
  }

  /** Prints a line for each algorithm: its name, where it comes from, what it opens. */
  void print(Output out) throws IOException {
    List<Algorithm> algorithms = algorithms();
    String row =
        "%%-%ds  %%-%ds  %%s"
            .formatted(
                longest(algorithms, Algorithm::name), longest(algorithms, AlgorithmList::from));
    out.line(row.formatted(title, "from", "opens"));
    for (Algorithm algorithm : algorithms) {
      out.line(
          row.formatted(algorithm.name(), from(algorithm), String.join("; ", algorithm.uses())));
    }
    out.flush();
  }

  private static String from(Algorithm algorithm) {
    return String.join("; ", algorithm.sources());
  }

  private static int longest(List<Algorithm> algorithms, Function<Algorithm, String> column) {
    return algorithms.stream().map(column).mapToInt(String::length).max().orElseThrow();
  }
}
