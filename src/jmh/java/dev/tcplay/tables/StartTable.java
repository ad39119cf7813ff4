package dev.tcplay.tables;

import dev.tcplay.fs.FirstUse;
import dev.tcplay.fs.PeerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The first thing that a process does, in fresh processes that take turns: medians. */
final class StartTable implements Tables.Measurement {

  private static final int PROCESSES = Tables.QUICK ? 1 : 5;
  private static final List<PeerKind> KINDS =
      List.of(PeerKind.HOST, PeerKind.JIMFS, PeerKind.FILES, PeerKind.AES);
  private static final List<String> WORDS =
      List.of("create 5,000 files", "read 5,000 pages at random", "list 5,000 with attributes");

  /** What a process printed: how long it opened a file system and how long it used it. */
  private record Times(double opening, double use) {}

  @Override
  public Markdown measure() throws IOException {
    Markdown table = new Markdown("ms in a fresh JVM", "host", "jimfs", "plain image", "AES");
    List<List<List<Times>>> times = new ArrayList<>();
    for (FirstUse.Use use : FirstUse.Use.values()) {
      times.add(times(use));
    }
    List<List<Times>> first = times.get(0);
    table.row("open", "", "", opening(first.get(2)), opening(first.get(3)));
    for (FirstUse.Use use : FirstUse.Use.values()) {
      table.row(row(WORDS.get(use.ordinal()), times.get(use.ordinal())));
    }
    String host = millis(program(PeerKind.HOST, FirstUse.Use.LIST, "samples/tree"));
    table.row("`info`, the whole process", "", "", "", sample("info"));
    table.row("`ls -R`, the whole process", host, "", "", sample("ls", "-R"));
    return table;
  }

  private static String opening(List<Times> times) {
    return Markdown.number(median(times.stream().map(Times::opening)));
  }

  private static String[] row(String words, List<List<Times>> kinds) {
    double host = median(kinds.get(0).stream().map(Times::use));
    List<String> cells = new ArrayList<>(List.of(words, Markdown.number(host)));
    for (List<Times> kind : kinds.subList(1, kinds.size())) {
      cells.add(Markdown.beside(median(kind.stream().map(Times::use)), host));
    }
    return cells.toArray(new String[0]);
  }

  /** Returns the times of each kind, whose processes take turns, each with a volume of its own. */
  private static List<List<Times>> times(FirstUse.Use use) throws IOException {
    List<List<Times>> times = new ArrayList<>();
    KINDS.forEach(kind -> times.add(new ArrayList<>()));
    for (int i = 0; i < PROCESSES; i++) {
      for (PeerKind kind : KINDS) {
        times.get(KINDS.indexOf(kind)).add(times(kind, use));
      }
    }
    return times;
  }

  private static Times times(PeerKind kind, FirstUse.Use use) throws IOException {
    if (kind == PeerKind.JIMFS) {
      return parse(Programs.output(program(kind, use)));
    }
    Path folder = FirstUse.make(kind);
    try {
      return parse(Programs.output(program(kind, use, folder.toString())));
    } finally {
      FirstUse.delete(folder);
    }
  }

  private static Times parse(String output) {
    String[] numbers = output.strip().split(" ");
    return new Times(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
  }

  private static List<String> program(PeerKind kind, FirstUse.Use use, String... folder) {
    List<String> command =
        new ArrayList<>(List.of(Programs.JAVA, "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(FirstUse.class.getName(), kind.name(), use.name()));
    command.addAll(List.of(folder));
    return command;
  }

  /**
   * Returns how long a command takes with the sample container, without the launcher and with it.
   */
  private static String sample(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addAll(List.of("--password-file", "samples/demo.password", "--pim", "1"));
    command.add("samples/demo.hc");
    List<String> plain = new ArrayList<>(List.of(Programs.JAVA, "-jar", "target/tcplay.jar"));
    plain.addAll(command);
    command.add(0, "bin/tcplay");
    return millis(plain) + " / " + millis(command);
  }

  private static String millis(List<String> command) throws IOException {
    Programs.output(command); // the launcher makes its archive, and files get into memory
    double[] times = new double[PROCESSES];
    for (int i = 0; i < PROCESSES; i++) {
      times[i] = Programs.millis(command);
    }
    return Markdown.number(Programs.median(times));
  }

  private static double median(Stream<Double> values) {
    return Programs.median(values.mapToDouble(Double::doubleValue).toArray());
  }
}
