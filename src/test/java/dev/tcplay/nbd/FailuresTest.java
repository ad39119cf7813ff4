package dev.tcplay.nbd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tcplay.block.BlockDevice;
import dev.tcplay.block.MemoryDevice;
import dev.tcplay.testing.Allocations;
import dev.tcplay.testing.DelegatingDevice;
import dev.tcplay.testing.InstrumentedClasses;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Failures that no answer tells, and what the client sees of them. */
@Timeout(120) // Whoever waits for an answer that does not come shows as a time-out.
@ResourceLock(Allocations.LOCK)
@ResourceLock("the default handler of uncaught exceptions")
class FailuresTest {

  private static final int SIZE = 1 << 20;

  @TempDir private Path folder;

  /** Cannot be read from its middle on. */
  private static BlockDevice half(IOException failure) {
    return new DelegatingDevice(new MemoryDevice(SIZE)) {
      @Override
      public void read(long position, byte[] target, int offset, int length) throws IOException {
        if (position >= SIZE / 2) {
          throw failure;
        }
        super.read(position, target, offset, length);
      }
    };
  }

  @Test
  void aFailureWithinASimpleReplyIsToldToTheServerToo() throws Exception {
    IOException failure = new IOException("bad sector");
    try (Served served = new Served(folder, half(failure), false);
        RawClient client = served.client()) {
      client.begin(false);
      client.request(0, 0, 1, 0, SIZE);
      assertEquals(16 + SIZE / 2, client.in.readAllBytes().length);
      assertEquals(List.of(failure), served.failures);
    }
  }

  @Test
  void aClientWhoseAnswerFindsNoMemorySeesTheEnd() throws Exception {
    BlockDevice device = half(new IOException("bad sector"));
    Consumer<Throwable> scarce =
        failure -> {
          throw new OutOfMemoryError("short");
        };
    try (Served served = new Served(folder, device, false, scarce)) {
      for (int i = 0; i < 8; i++) { // Each time another thread may take the request.
        try (RawClient client = served.client()) {
          client.begin(true);
          assertThrows(EOFException.class, () -> client.error(0, 0, SIZE / 2, 1));
        }
      }
    }
  }

  /** By classes in which allocations fail; the count is that of those that did. */
  @Test
  @SuppressWarnings("unchecked") // the class is one of these; its twin here is another one
  void anAllocationThatFailsLeavesNoClientWaitingAndTakesNoPlace() throws Exception {
    Constructor<?> constructor =
        new InstrumentedClasses().loadClass(ScarceServer.class.getName()).getDeclaredConstructor();
    constructor.setAccessible(true);
    int struck = ((ToIntFunction<Path>) constructor.newInstance()).applyAsInt(folder);
    System.out.println("FailuresTest: " + struck + " allocations failed");
  }
}
