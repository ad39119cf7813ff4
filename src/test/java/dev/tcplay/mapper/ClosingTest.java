package dev.tcplay.mapper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.block.MemoryDevice;
import dev.tcplay.testing.DelegatingDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What devices below throw when they are closed, and what comes of the others. */
@Timeout(120) // Whoever is stuck shows as a time-out.
class ClosingTest {

  /** What closing throws next, by the name of the device. */
  private final Map<String, Throwable> failures = new HashMap<>();

  private final Set<String> open = new TreeSet<>();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch freed = new CountDownLatch(1);
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final DeviceMapper mapper = new DeviceMapper((name, readOnly) -> new Host(name));

  /** Locked while it is open; stays open where closing meets an error. */
  private final class Host extends DelegatingDevice {

    private final String name;

    Host(String name) throws IOException {
      super(new MemoryDevice(1 << 16));
      this.name = name;
      if (!open.add(name)) {
        throw new IOException("locked: " + name);
      }
    }

    @Override
    public void flush() throws IOException {
      if (name.equals("slow")) {
        arrived.countDown();
        try {
          freed.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    }

    @Override
    public void close() throws IOException {
      Throwable failure = failures.remove(name);
      if (failure instanceof Error error) {
        throw error;
      }
      open.remove(name);
      if (failure instanceof RuntimeException unchecked) {
        throw unchecked;
      } else if (failure != null) {
        throw (IOException) failure;
      }
    }
  }

  @AfterEach
  void free() throws IOException {
    freed.countDown();
    mapper.close();
    pool.shutdownNow();
  }

  private void create(String name, String... lines) throws IOException {
    try (Table table = Table.parse(String.join("\n", lines).getBytes(StandardCharsets.UTF_8))) {
      mapper.create(name, table);
    }
  }

  private static List<Throwable> failures() {
    return List.of(
        new IOException("full"), new IllegalStateException("wrong"), new OutOfMemoryError("short"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aDeviceThatCannotBeClosedKeepsNoOtherOpen(Throwable failure) throws IOException {
    create("x", "0 8 linear a 0", "8 8 linear b 0", "16 8 linear c 0", "24 8 linear d 0");
    create("y", "0 8 linear e 0");
    create("z", "0 8 linear f 0");
    IOException other = new IOException("other");
    for (String name : List.of("a", "b", "e")) {
      failures.put(name, name.equals("b") ? failure : other);
    }
    Throwable thrown = assertThrows(Throwable.class, mapper::removeAll);
    List<Throwable> all = new ArrayList<>(List.of(thrown.getSuppressed()));
    all.add(thrown);
    assertTrue(all.contains(failure) && all.contains(other), () -> "thrown: " + all);
    assertEquals(List.of(), mapper.list());
    assertEquals(failure instanceof Error ? Set.of("b") : Set.of(), open);
  }

  @Test
  void whatAnErrorLeavesOpenIsClosedBeforeItIsOpenedAnew() throws IOException {
    OutOfMemoryError failure = new OutOfMemoryError("short");
    create("x", "0 8 linear a 0");
    failures.put("a", failure);
    assertSame(failure, assertThrows(OutOfMemoryError.class, () -> mapper.remove("x")));
    assertEquals(Set.of("a"), open);
    failures.put("a", new IOException("full"));
    assertThrows(IOException.class, () -> create("x", "0 8 linear a 0"));
    create("x", "0 8 linear a 0");
    mapper.remove("x");
    assertEquals(Set.of(), open);
  }

  private Future<?> suspendSlow() throws Exception {
    create("x", "0 8 linear slow 0");
    Future<?> suspending =
        pool.submit(
            () -> {
              mapper.suspend("x");
              return null;
            });
    arrived.await();
    return suspending;
  }

  private static Throwable failure(Future<?> failing) {
    return assertThrows(ExecutionException.class, () -> failing.get(60, TimeUnit.SECONDS))
        .getCause();
  }

  @Test
  void whoSuspendsADeviceIsToldThatItWasRemovedMeanwhile() throws Exception {
    Future<?> suspending = suspendSlow();
    mapper.remove("x");
    freed.countDown();
    assertEquals("x: was removed meanwhile", failure(suspending).getMessage());
    assertEquals(Set.of(), open);
  }

  @Test
  void whoClosesATableForAnotherIsToldThatItFailed() throws Exception {
    Future<?> suspending = suspendSlow();
    mapper.remove("x");
    IOException failure = new IOException("not forced");
    failures.put("slow", failure);
    freed.countDown();
    assertSame(failure, failure(suspending));
    assertEquals(Set.of(), open);
  }
}
