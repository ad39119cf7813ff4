package dev.tcplay.foreign;

import java.nio.file.Path;
import java.util.List;
import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunListener;

/**
 * Runs the suites on one provider and prints a line for each test: the suite, the test and what
 * came of it, with tabs between. Lucene's framework changes the process around it, its locale for
 * one, so the process is for that alone.
 */
final class ForeignSuites {

  /** What begins a line about a test. */
  static final String MARK = "foreign\t";

  private static final List<Class<?>> SUITES =
      List.of(
          NioSuite.class,
          LuceneDirectorySuite.class,
          LuceneNativeLockSuite.class,
          LuceneSimpleLockSuite.class);

  private ForeignSuites() {}

  public static void main(String[] arguments) throws Exception {
    Subject provider = Subject.valueOf(arguments[0]);
    Path home = Path.of(arguments[1]);
    NioSuite.describe(provider, home, Boolean.parseBoolean(arguments[2]));
    LuceneHome.set(provider.folder(home, "lucene"));
    JUnitCore core = new JUnitCore();
    core.addListener(new Printer());
    for (Class<?> suite : SUITES) {
      core.run(suite);
    }
    System.exit(0);
  }

  /** Prints how each test ended. */
  private static final class Printer extends RunListener {

    private String outcome = "";

    @Override
    public void testStarted(Description test) {
      outcome = "passed";
    }

    @Override
    public void testAssumptionFailure(Failure failure) {
      outcome = "skipped";
    }

    @Override
    public void testFailure(Failure failure) {
      outcome = "failed";
      if (failure.getDescription().isTest()) {
        System.out.println(failure.getTrace());
      } else {
        print(failure.getDescription(), "failed");
      }
    }

    @Override
    public void testIgnored(Description test) {
      print(test, "skipped");
    }

    @Override
    public void testFinished(Description test) {
      print(test, outcome);
    }

    private static void print(Description test, String outcome) {
      System.out.println(
          MARK
              + String.join(
                  "\t",
                  test.getTestClass().getSimpleName(),
                  String.valueOf(test.getMethodName()),
                  outcome));
    }
  }
}
