package dev.tcplay.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.tcplay.testing.ChildJvm;
import dev.tcplay.volume.HeapSteps.Step;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A virtual machine that takes {@link HeapSteps}, one after the other. */
final class HeapChild implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Path output;
  private final Process process;
  private final DataOutputStream in;

  HeapChild(Path output) throws IOException {
    this.output = output;
    process = ChildJvm.start(List.of("-Xmx256m"), output, HeapSteps.class);
    in = new DataOutputStream(process.getOutputStream());
  }

  /** Has it take a step in a folder; afterwards its heap is written there. */
  void take(Step step, Path folder, List<byte[]> passwords) throws Exception {
    in.writeUTF(step.name());
    in.writeUTF(folder.toString());
    for (byte[] password : passwords) {
      in.writeByte(password.length);
      in.write(password);
    }
    in.flush();
    long start = System.nanoTime();
    while (!Files.exists(folder.resolve("ended"))) {
      boolean ended = process.waitFor(20, TimeUnit.MILLISECONDS);
      boolean late = System.nanoTime() - start > LIMIT.toNanos();
      if (ended || late) {
        fail(step + ": " + Files.readString(output));
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      in.writeUTF("");
      in.close();
      assertTrue(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS), "no end of it");
      assertEquals(0, process.exitValue(), Files.readString(output));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      process.destroyForcibly();
    }
  }
}
