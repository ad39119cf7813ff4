package dev.tcplay.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;

/** Says at the end of a run which tests were skipped, and for want of what. */
public final class SkipReport implements TestWatcher {

  /** For the service loader. */
  public SkipReport() {}

  @Override
  public void testAborted(ExtensionContext test, Throwable cause) {
    test.getRoot()
        .getStore(Namespace.GLOBAL)
        .getOrComputeIfAbsent(Reasons.class, type -> new Reasons(), Reasons.class)
        .add(String.valueOf(cause.getMessage()));
  }

  /** How many tests were skipped for each reason; JUnit closes it when all tests are over. */
  private static final class Reasons implements AutoCloseable {

    private final Map<String, AtomicInteger> counts = new ConcurrentSkipListMap<>();

    void add(String reason) {
      counts.computeIfAbsent(reason, first -> new AtomicInteger()).incrementAndGet();
    }

    @Override
    public void close() {
      counts.forEach((reason, count) -> System.out.println("skipped " + count + ": " + reason));
    }
  }
}
