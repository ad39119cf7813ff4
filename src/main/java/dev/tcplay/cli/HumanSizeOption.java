package dev.tcplay.cli;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/** The option {@code -h} of ls and df, which is no short form of help there. */
final class HumanSizeOption implements IGetter, ISetter {

  private static final String UNITS = "KMGTP";
  private static final int STEP = 1024;

  private boolean wanted;

  /** Adds the option to a command, and takes its name from the help. */
  void addTo(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    OptionSpec help = spec.findOption("--help");
    spec.remove(help);
    spec.addOption(OptionSpec.builder(help).names("--help").build());
    spec.addOption(
        OptionSpec.builder("-h", "--human-readable")
            .type(boolean.class)
            .arity("0")
            .getter(this)
            .setter(this)
            .description("Print sizes as 1.5K, 20M, 3.0G: powers of 1024, rounded up.")
            .build());
  }

  /** Returns a size as it is to be printed, in bytes unless the option is there. */
  String text(long bytes) {
    return wanted ? human(bytes) : Long.toString(bytes);
  }

  /** Returns the size in the largest unit that leaves a whole number, with a digit below ten. */
  static String human(long bytes) {
    if (bytes < STEP) {
      return Long.toString(bytes);
    }
    long unit = STEP;
    int index = 0;
    // Rounded up to 1024, a size is one of the next unit.
    while (index + 1 < UNITS.length() && roundedUp(bytes, unit) >= STEP) {
      unit *= STEP;
      index++;
    }
    long tenths = bytes / unit * 10 + roundedUp(bytes % unit * 10, unit);
    String number =
        tenths < 100
            ? String.format(Locale.ROOT, "%d.%d", tenths / 10, tenths % 10)
            : Long.toString(roundedUp(bytes, unit));
    return number + UNITS.charAt(index);
  }

  private static long roundedUp(long bytes, long unit) {
    return bytes / unit + (bytes % unit == 0 ? 0 : 1);
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the parser's signature
  public <T> T get() {
    return (T) Boolean.valueOf(wanted);
  }

  @Override
  @SuppressWarnings("unchecked") // the parser's signature
  public <T> T set(T value) {
    Boolean before = wanted;
    wanted = Boolean.TRUE.equals(value);
    return (T) before;
  }
}
