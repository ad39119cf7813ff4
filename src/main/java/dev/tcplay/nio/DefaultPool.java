package dev.tcplay.nio;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The threads of asynchronous channels that were opened without an executor, made when first needed
 * and as {@link java.nio.channels.AsynchronousChannelGroup} says of the default group: by the
 * thread factory that a system property names, else as daemons. The number of threads to begin with
 * is checked and means nothing more, as for the JDK's own channels on files.
 */
final class DefaultPool {

  static final String FACTORY = "java.nio.channels.DefaultThreadPool.threadFactory";
  static final String INITIAL_SIZE = "java.nio.channels.DefaultThreadPool.initialSize";

  private static @Nullable ExecutorService threads;

  private DefaultPool() {}

  /**
   * Returns the pool.
   *
   * @throws Error if a property does not fit, as the JDK does
   */
  static synchronized ExecutorService threads() {
    if (threads == null) {
      threads = make(System.getProperty(FACTORY), System.getProperty(INITIAL_SIZE));
    }
    return threads;
  }

  /**
   * Makes a pool.
   *
   * @param factory the class of a thread factory, which the system class loader finds
   * @param initialSize a number
   */
  static ExecutorService make(@Nullable String factory, @Nullable String initialSize) {
    if (initialSize != null) {
      check(initialSize);
    }
    return Executors.newCachedThreadPool(
        factory == null ? DefaultPool::daemon : threadFactory(factory));
  }

  private static void check(String initialSize) {
    try {
      Integer.parseInt(initialSize);
    } catch (NumberFormatException e) {
      throw new Error("the system property " + INITIAL_SIZE + " is no number: " + initialSize, e);
    }
  }

  private static ThreadFactory threadFactory(String name) {
    try {
      Class<?> type = Class.forName(name, true, ClassLoader.getSystemClassLoader());
      return (ThreadFactory) type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new Error("the system property " + FACTORY + " cannot be used: " + name, e);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "tcplay-io");
    thread.setDaemon(true);
    return thread;
  }
}
