package dev.tcplay.nio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

/** The threads of asynchronous channels follow the JDK's system properties. */
class DefaultPoolTest {

  /** What a program names in the property. */
  public static final class Named implements ThreadFactory {

    /** Made by its name. */
    public Named() {}

    @Override
    public Thread newThread(Runnable task) {
      return new Thread(task, "named");
    }
  }

  private static String nameOfThread(ExecutorService pool) throws Exception {
    try {
      return pool.submit(() -> Thread.currentThread().getName()).get();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void thePropertyNamesTheFactory() throws Exception {
    assertEquals("named", nameOfThread(DefaultPool.make(Named.class.getName(), "3")));
    assertEquals("tcplay-io", nameOfThread(DefaultPool.make(null, null)));
  }

  @Test
  void valuesThatDoNotFitAreErrorsAsInTheJdk() {
    Error error = assertThrows(Error.class, () -> DefaultPool.make(null, "many"));
    assertTrue(error.getMessage().contains("many"), error.getMessage());
    assertThrows(Error.class, () -> DefaultPool.make("no.such.Factory", null));
    assertThrows(ClassCastException.class, () -> DefaultPool.make("java.lang.Object", null));
  }
}
