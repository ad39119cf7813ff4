package dev.tcplay.foreign;

import java.lang.reflect.Field;
import java.nio.file.Path;
import org.apache.lucene.tests.util.LuceneTestCase;

/**
 * Moves the temporary directories of Lucene's tests into the subject of this process. The framework
 * takes them from the default provider, and has no other way in.
 */
final class LuceneHome {

  private static volatile Path home = Path.of("");

  private LuceneHome() {}

  static void set(Path folder) {
    home = folder;
  }

  /** Has the suite that is about to run make its directories there. */
  static void moveIn() throws ReflectiveOperationException {
    Field rule = LuceneTestCase.class.getDeclaredField("tempFilesCleanupRule");
    rule.setAccessible(true);
    Field folder = rule.getType().getDeclaredField("javaTempDir");
    folder.setAccessible(true);
    folder.set(rule.get(null), home);
  }
}
