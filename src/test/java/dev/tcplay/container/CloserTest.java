package dev.tcplay.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CloserTest {

  private final List<String> closed = new ArrayList<>();

  private Closeable thing(String name, Runnable then) {
    return () -> {
      closed.add(name);
      then.run();
    };
  }

  @Test
  void anErrorKeepsNothingFromBeingClosed() throws IOException {
    OutOfMemoryError failure = new OutOfMemoryError();
    IllegalStateException other = new IllegalStateException();
    Closer closer = new Closer();
    closer.add(
        thing(
            "first",
            () -> {
              throw other;
            }));
    closer.add(
        thing(
            "second",
            () -> {
              throw failure;
            }));
    closer.add(thing("third", () -> {}));
    assertSame(failure, assertThrows(OutOfMemoryError.class, closer::close));
    assertEquals(List.of("third", "second", "first"), closed);
    assertArrayEquals(new Throwable[] {other}, failure.getSuppressed());
  }

  @Test
  void oneFailureOfTwoThingsIsThrownOnce() throws IOException {
    IOException failure = new IOException("the host is gone");
    Closer closer = new Closer();
    for (int i = 0; i < 2; i++) {
      closer.add(
          () -> {
            throw failure;
          });
    }
    assertSame(failure, assertThrows(IOException.class, closer::close));
  }
}
