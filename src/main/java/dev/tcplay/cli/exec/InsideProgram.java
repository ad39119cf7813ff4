package dev.tcplay.cli.exec;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.FileSystem;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A program whose classes lie in a volume, run as {@code java} would run it. */
public final class InsideProgram {

  /** What {@code java} exits with when a program ends in an exception. */
  private static final int THROWN = 1;

  private static final Class<?>[] MAIN = {String[].class};

  private final Method main;
  private final String[] arguments;
  private volatile boolean thrown;

  private InsideProgram(Method main, List<String> arguments) {
    this.main = main;
    this.arguments = arguments.toArray(String[]::new);
  }

  /**
   * Runs a program until its last thread that is no daemon has ended.
   *
   * @param classPath folders and jars in the volume, divided by colons
   * @param mainClass the class with {@code public static void main(String[])}
   * @param starting told before the program begins
   * @return 0, or 1 if its {@code main} has thrown
   * @throws IOException if the class path or the class is not there, or no program
   */
  public static int run(
      FileSystem volume,
      String classPath,
      String mainClass,
      List<String> arguments,
      Runnable starting)
      throws IOException {
    try (InsideLoader loader = InsideLoader.open(volume, classPath)) {
      Method main = find(mainClass, loader);
      starting.run();
      return new InsideProgram(main, arguments).run(loader);
    }
  }

  private static Method find(String name, ClassLoader loader) throws IOException {
    Method[] methods;
    try {
      methods = Class.forName(name, false, loader).getMethods();
    } catch (ClassNotFoundException e) {
      throw new IOException("the class " + name + " is not on the class path", e);
    } catch (LinkageError e) {
      throw new IOException("the class " + name + " cannot be loaded: " + e.getMessage(), e);
    }
    Optional<Method> main =
        Arrays.stream(methods)
            .filter(method -> method.getName().equals("main"))
            .filter(method -> Arrays.equals(method.getParameterTypes(), MAIN))
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .filter(method -> method.getReturnType() == void.class)
            .findFirst();
    Method method =
        main.orElseThrow(
            () ->
                new IOException("the class " + name + " has no public static void main(String[])"));
    // The class itself need not be public.
    method.setAccessible(true);
    return method;
  }

  private int run(ClassLoader loader) throws IOException {
    ThreadGroup group = new ThreadGroup("tcplay-exec");
    Thread first = new Thread(group, this::runMain, "main");
    first.setContextClassLoader(loader);
    first.start();
    try {
      first.join();
      awaitOthers(group);
    } catch (InterruptedException e) {
      InterruptedIOException stop = new InterruptedIOException("stopped");
      stop.initCause(e);
      throw stop;
    }
    return thrown ? THROWN : 0;
  }

  private static void awaitOthers(ThreadGroup group) throws InterruptedException {
    Optional<Thread> next = alive(group);
    while (next.isPresent()) {
      next.get().join();
      next = alive(group);
    }
  }

  private static Optional<Thread> alive(ThreadGroup group) {
    Thread[] threads = new Thread[group.activeCount() * 2 + 8];
    int count = group.enumerate(threads);
    return Arrays.stream(threads, 0, count).filter(thread -> !thread.isDaemon()).findFirst();
  }

  /** What main throws goes the way of every thread's end, to the handlers that there are. */
  private void runMain() {
    try {
      main.invoke(null, (Object) arguments);
    } catch (InvocationTargetException e) {
      thrown = true;
      InsideProgram.<RuntimeException>rethrow(Objects.requireNonNull(e.getCause()));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void rethrow(Throwable failure) throws T {
    throw (T) failure;
  }
}
