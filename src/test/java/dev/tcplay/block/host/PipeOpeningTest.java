package dev.tcplay.block.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tcplay.testing.Judge;
import dev.tcplay.testing.OwnThread;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files that come through pipes, as keyfiles and passwords may. */
@DisabledOnOs(OS.WINDOWS)
class PipeOpeningTest {

  @TempDir Path folder;
  private Path pipe;

  @BeforeEach
  void makePipe() throws Exception {
    pipe = folder.resolve("pipe");
    assertEquals(0, Judge.run("mkfifo", pipe.toString()).status());
  }

  private void read() throws IOException {
    try (InputStream in = FileDevice.newInputStream(pipe)) {
      in.readAllBytes();
    }
  }

  @Test
  void anInterruptEndsTheWaitForAWriter() {
    Thread waiter = Thread.currentThread();
    CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(waiter::interrupt);
    assertThrows(InterruptedIOException.class, this::read);
    assertTrue(Thread.interrupted());
  }

  @Test
  void anInterruptEndsTheWaitForWhatIsWritten() throws Exception {
    CompletableFuture<OutputStream> writer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.newOutputStream(pipe);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            },
            OwnThread::run);
    Thread reader = Thread.currentThread();
    try (InputStream in = PipeOpening.open(pipe);
        OutputStream open = writer.get()) {
      CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(reader::interrupt);
      assertThrows(ClosedByInterruptException.class, in::read);
      assertTrue(Thread.interrupted());
      open.flush();
    }
  }

  @Test
  void whatIsWrittenComesThrough() {
    assertTimeoutPreemptively(
        Duration.ofMinutes(1),
        () -> {
          byte[] bytes = {1, 2, 3};
          CompletableFuture<Void> writer =
              CompletableFuture.runAsync(() -> assertWritten(bytes), OwnThread::run);
          try (InputStream in = PipeOpening.open(pipe)) {
            assertArrayEquals(bytes, in.readAllBytes());
          }
          writer.get();
        });
  }

  private void assertWritten(byte[] bytes) {
    try {
      Files.write(pipe, bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsMissingIsNamed() {
    Path missing = folder.resolve("missing");
    assertEquals(
        missing.toString(),
        assertThrows(NoSuchFileException.class, () -> PipeOpening.open(missing)).getFile());
  }

  @Test
  void anErrorEndsTheWait() {
    Error error = new OutOfMemoryError("thrown by the test");
    Path heavy =
        (Path)
            Proxy.newProxyInstance(
                PipeOpeningTest.class.getClassLoader(),
                new Class<?>[] {Path.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("toString")) {
                    return "heavy";
                  }
                  throw error;
                });
    IOException failure =
        assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () -> assertThrows(IOException.class, () -> PipeOpening.open(heavy)));
    assertSame(error, failure.getCause());
  }
}
