package dev.tcplay.tables;

import dev.tcplay.cli.BenchmarkMachine;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints the tables of docs/performance.md in Markdown. Arguments name areas; without any, all are
 * measured. {@code src/jmh/tables} builds and starts it.
 */
public final class Tables {

  /** One area of the page. */
  private enum Area {
    BLOCK(new BlockTable()),
    DATA(new FatDataTable()),
    TREE(new FatTreeTable()),
    EXFAT(new ExFatTable()),
    ENCRYPTION(new EncryptionTable()),
    CIPHERS(new CipherTable()),
    DERIVATION(new DerivationTable()),
    START(new StartTable()),
    FIRST(new FirstReadTable());

    private final Measurement measurement;

    Area(Measurement measurement) {
      this.measurement = measurement;
    }
  }

  /** What measures an area. */
  interface Measurement {
    Markdown measure() throws Exception;
  }

  /** Whether to try only that everything runs; the figures then mean nothing. */
  static final boolean QUICK = Boolean.getBoolean("tcplay.quick");

  private Tables() {}

  public static void main(String[] arguments) throws Exception {
    List<Area> areas =
        arguments.length == 0
            ? List.of(Area.values())
            : Arrays.stream(arguments)
                .map(name -> Area.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList();
    for (Area area : areas) {
      String name = area.name().toLowerCase(Locale.ROOT);
      System.err.println("measuring: " + name);
      Markdown table = area.measurement.measure();
      System.out.printf("`%s` on %s:%n%n%s%n", name, BenchmarkMachine.facts(), table);
    }
  }
}
