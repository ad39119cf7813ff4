package dev.tcplay.cli;

/** What the figures of the benchmarks depend on, in one line. */
public final class BenchmarkMachine {

  private BenchmarkMachine() {}

  /** Returns the processor, the JDK, and the commit that {@code tcplay.commit} names. */
  public static String facts() {
    String commit = System.getProperty("tcplay.commit", "unknown");
    return Machine.cpu() + ", JDK " + Runtime.version() + ", commit " + commit;
  }
}
